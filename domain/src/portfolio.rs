//! What a book comes to on one page, for whoever answers for all of it. Pure: made of the rows of the book and of what
//! changed in it.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{Datelike, Months, NaiveDate};
use contracts::{
    CustomerId, Line,
    book::{BookSort, CustomerRow, Standing},
    changes::CustomerChanges,
    facts::{Money, Trend},
    health::Risk,
    reading::{Knowledge, Reading, Value},
};
use serde::Serialize;

use crate::{attention::order::sums, facts, words};

/// How many months of renewals are told, with the present one.
const MONTHS: u32 = 12;
/// How many are named in a list; all of them are counted.
const NAMED: usize = 10;
/// How many rose and how many fell that are named.
const MOVERS: usize = 5;
/// A renewal that is so many days away at the most is soon.
const SOON_DAYS: i64 = 90;
/// The facts whose being known is told.
const COVERED: [&str; 7] = [
    "usage.now",
    "tickets.open",
    "contract.renewal_date",
    "contract.arr",
    "contact.primary",
    "satisfaction.latest",
    "activity.last_touch",
];
/// The bands, worst first.
const BANDS: [Risk; 4] = [Risk::High, Risk::Unknown, Risk::Medium, Risk::Low];

/// What customers are put into groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Their segment.
    Segment,
    /// Whoever looks after them.
    Owner,
    /// Their industry.
    Industry,
    /// The month in which they renew.
    Month,
}

/// What a book comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Portfolio {
    /// The day (UTC) it counts from.
    pub as_of: NaiveDate,
    /// Those who count.
    pub all: Total,
    /// The same by risk, worst first.
    pub bands: Vec<Band>,
    /// Those at high risk: their whole yearly revenue, nothing weighed.
    pub at_risk: Total,
    /// Those whose renewal date has passed.
    pub overdue: Total,
    /// Those who renew in each month, by risk.
    pub renewals: Vec<Month>,
    /// The same customers in groups; empty where none was asked for.
    pub groups: Vec<Group>,
    /// Whose score fell most since the earlier day, and whose rose most.
    pub movers: Movers,
    /// Who does not use the product any more, most revenue first.
    pub silent: Named,
    /// Of whom something is too old to speak of as present.
    pub stale: Named,
    /// Who is gone from every source.
    pub gone: Named,
    /// How many are no customers any more.
    pub churned: usize,
    /// How much is known.
    pub coverage: Vec<Coverage>,
}

/// Customers and what they pay a year, one amount a currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// How many.
    pub customers: usize,
    /// What they pay.
    pub arr: Vec<Money>,
    /// Of how many that is not known, or too old.
    pub without_arr: usize,
}

/// Those of one risk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// The risk.
    pub risk: Risk,
    /// What they come to.
    #[serde(flatten)]
    pub total: Total,
}

/// Those who renew in one month.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Month {
    /// Its first day.
    pub month: NaiveDate,
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// By risk, worst first.
    pub bands: Vec<Band>,
}

/// Those who have something in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What it is; `not known` where that is missing.
    pub name: Line,
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// Those at high risk.
    pub at_risk: Total,
    /// How many do not use the product any more.
    pub silent: usize,
    /// Those who renew within 90 days.
    pub renewing_soon: Total,
}

/// Whose score moved.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Movers {
    /// The earlier day (UTC).
    pub since: NaiveDate,
    /// Whose fell most.
    pub fell: Vec<Mover>,
    /// Whose rose most.
    pub rose: Vec<Mover>,
}

/// A customer whose score moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Mover {
    pub id: CustomerId,
    pub name: Line,
    pub arr: Vec<Money>,
    /// The score on the earlier day, in basis points of a point.
    pub from_bp: u32,
    /// The score now, in the same.
    pub to_bp: u32,
}

/// Customers, the first of them by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// All of them.
    #[serde(flatten)]
    pub total: Total,
    /// Those with the most revenue.
    pub first: Vec<Line>,
}

/// How much is known of one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// What, such as `Usage now`.
    pub what: &'static str,
    /// Of how many it is known.
    pub known: usize,
    /// Of how many it is too old.
    pub stale: usize,
    /// Of how many it is missing.
    pub missing: usize,
}

impl By {
    fn fact(self) -> &'static str {
        match self {
            Self::Segment => "customer.segment",
            Self::Owner => "customer.owner",
            Self::Industry => "customer.industry",
            Self::Month => "contract.renewal_date",
        }
    }

    fn group(self, row: &CustomerRow) -> Option<String> {
        match (self, known(row, self.fact())?) {
            (Self::Month, Value::Date(day)) => Some(month_name(*day)),
            (_, value) => Some(words::cell_of(value)),
        }
    }
}

/// `March 2027`, sorted as `2027-03`: the month first tells itself by its number.
fn month_name(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The facts that rows must have.
pub fn facts(by: Option<By>) -> Vec<&'static str> {
    let of_groups = by.map(By::fact).filter(|fact| !COVERED.contains(fact));
    COVERED.into_iter().chain(of_groups).collect()
}

/// The portfolio of `rows`, of which those that count are taken; `away` are the gone and churned ones of the whole book.
/// `changes` are those since the day `since`.
pub fn portfolio(
    rows: &[&CustomerRow],
    away: &[&CustomerRow],
    (since, changes): (NaiveDate, &[CustomerChanges]),
    by: Option<By>,
    as_of: NaiveDate,
) -> Portfolio {
    let rows: Vec<_> = rows.iter().copied().filter(|row| row.standing == Standing::Active).collect();
    let of = |is: &dyn Fn(&CustomerRow) -> bool| rows.iter().copied().filter(|row| is(row)).collect::<Vec<_>>();
    let gone: Vec<_> = away.iter().copied().filter(|row| row.standing == Standing::Gone).collect();
    let is_overdue = |row: &CustomerRow| {
        row.days_to_renewal.is_some_and(|days| days < 0) && known(row, "contract.renewal_date").is_some()
    };
    Portfolio {
        as_of,
        all: total(&rows),
        bands: bands(&rows),
        at_risk: total(&of(&|row| row.risk == Risk::High)),
        overdue: total(&of(&is_overdue)),
        renewals: months(&rows, as_of),
        groups: by.map(|by| groups(&rows, by)).unwrap_or_default(),
        movers: movers(&rows, changes, since),
        silent: named(of(&is_silent)),
        stale: named(of(&|row| !row.stale.is_empty())),
        churned: away.len() - gone.len(),
        gone: named(gone),
        coverage: COVERED.iter().filter_map(|id| coverage(&rows, id)).collect(),
    }
}

fn reading<'a>(row: &'a CustomerRow, id: &str) -> Option<&'a Reading> {
    row.facts.iter().find(|reading| reading.fact.as_str() == id)
}

fn known<'a>(row: &'a CustomerRow, id: &str) -> Option<&'a Value> {
    reading(row, id)?.knowledge.known()
}

fn is_silent(row: &CustomerRow) -> bool {
    row.trend == Some(Trend::Silent)
}

/// What the customer pays a year in all currencies, where that is known today.
fn arr(row: &CustomerRow) -> &[Money] {
    match known(row, "contract.arr") {
        Some(Value::Money(arr)) => arr,
        _ => &[],
    }
}

fn total(rows: &[&CustomerRow]) -> Total {
    let without_arr = rows.iter().filter(|row| arr(row).is_empty()).count();
    Total { customers: rows.len(), arr: sums(rows.iter().flat_map(|row| arr(row))), without_arr }
}

fn bands(rows: &[&CustomerRow]) -> Vec<Band> {
    let band = |risk| {
        let of: Vec<_> = rows.iter().copied().filter(|row| row.risk == risk).collect();
        Band { risk, total: total(&of) }
    };
    BANDS.map(band).to_vec()
}

fn months(rows: &[&CustomerRow], as_of: NaiveDate) -> Vec<Month> {
    let first = as_of.with_day(1).unwrap_or(as_of);
    let months = (0..MONTHS).filter_map(|months| first.checked_add_months(Months::new(months)));
    let renewing = |month: NaiveDate| {
        let is_in_it = |row: &&CustomerRow| match known(row, "contract.renewal_date") {
            Some(Value::Date(day)) => *day >= as_of && (day.year(), day.month()) == (month.year(), month.month()),
            _ => false,
        };
        let of: Vec<_> = rows.iter().copied().filter(is_in_it).collect();
        Month { month, total: total(&of), bands: bands(&of) }
    };
    months.map(renewing).collect()
}

fn groups(rows: &[&CustomerRow], by: By) -> Vec<Group> {
    let mut groups: BTreeMap<Option<String>, Vec<&CustomerRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(by.group(row)).or_default().push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    // Where nobody knows is told last.
    groups.sort_by_key(|(name, _)| name.is_none());
    let group = |(name, rows): (Option<String>, Vec<&CustomerRow>)| {
        let of = |is: fn(&CustomerRow) -> bool| rows.iter().copied().filter(|row| is(row)).collect::<Vec<_>>();
        Group {
            name: Line::new(name.as_deref().unwrap_or("not known")),
            total: total(&rows),
            at_risk: total(&of(|row| row.risk == Risk::High)),
            silent: of(is_silent).len(),
            renewing_soon: total(&of(|row| row.days_to_renewal.is_some_and(|days| (0..=SOON_DAYS).contains(&days)))),
        }
    };
    groups.into_iter().map(group).collect()
}

fn movers(rows: &[&CustomerRow], changes: &[CustomerChanges], since: NaiveDate) -> Movers {
    let moved = changes.iter().filter(|change| rows.iter().any(|row| row.id == change.id)).filter_map(|change| {
        let score = change.score.as_ref()?;
        let (id, name, arr) = (change.id.clone(), change.name.clone(), change.arr.clone());
        Some(Mover { id, name, arr, from_bp: score.from_bp, to_bp: score.to_bp })
    });
    let (mut fell, mut rose): (Vec<_>, Vec<_>) = moved.partition(|mover| mover.to_bp < mover.from_bp);
    fell.sort_by_key(|mover| Reverse(mover.from_bp - mover.to_bp));
    rose.sort_by_key(|mover| Reverse(mover.to_bp.saturating_sub(mover.from_bp)));
    fell.truncate(MOVERS);
    rose.truncate(MOVERS);
    Movers { since, fell, rose }
}

fn named(mut rows: Vec<&CustomerRow>) -> Named {
    rows.sort_by_cached_key(|row| row.place(BookSort::Arr));
    Named { total: total(&rows), first: rows.iter().take(NAMED).map(|row| row.name.clone()).collect() }
}

fn coverage(rows: &[&CustomerRow], id: &str) -> Option<Coverage> {
    let what = facts::find(id)?.heading;
    let mut coverage = Coverage { what, known: 0, stale: 0, missing: 0 };
    for row in rows {
        match reading(row, id).map(|reading| &reading.knowledge) {
            Some(Knowledge::Known { .. }) => coverage.known += 1,
            Some(Knowledge::Stale { .. }) => coverage.stale += 1,
            Some(Knowledge::Missing) | None => coverage.missing += 1,
        }
    }
    Some(coverage)
}
