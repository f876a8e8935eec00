//! What a book comes to on one page, for whoever answers for all of it. Pure: made of the rows of the book and of what
//! changed in it.

mod groups;
mod page;
mod rows;

use std::{cmp::Reverse, collections::BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use contracts::{
    book::{BookSort, CustomerRow, Standing},
    changes::CustomerChanges,
    health::Risk,
    reading::{Knowledge, Value},
};

use crate::facts;
pub use groups::By;
pub use page::{Band, Coverage, Group, Month, Mover, Movers, Named, Portfolio, Total};
use rows::{is_silent, known, reading, total};

/// How many months of renewals are told, with the present one.
const MONTHS: u32 = 12;
/// How many are named in a list; all of them are counted.
const NAMED: usize = 10;
/// How many rose and how many fell that are named.
const MOVERS: usize = 5;
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
        groups: by.map(|by| groups::groups(&rows, by)).unwrap_or_default(),
        movers: movers(&rows, changes, since),
        silent: named(of(&is_silent)),
        stale: named(of(&|row| !row.stale.is_empty())),
        churned: away.len() - gone.len(),
        gone: named(gone),
        coverage: COVERED.iter().filter_map(|id| coverage(&rows, id)).collect(),
    }
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

fn movers(rows: &[&CustomerRow], changes: &[CustomerChanges], since: NaiveDate) -> Movers {
    let counted: BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
    let moved = changes.iter().filter(|change| counted.contains(&change.id)).filter_map(|change| {
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
