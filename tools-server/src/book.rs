//! The book: every customer scored, sorted, filtered and paged. Pure.

use std::{
    cmp::{Ordering, Reverse},
    mem,
};

use chrono::NaiveDate;
use contracts::{
    Line,
    book::{BookPage, BookQuery, BookSort, CustomerRow, MAX_PAGE},
    facts::Part,
    health::Risk,
};
use domain::{
    case::Case,
    facts::{self, Fact},
    health::{inputs_of, judge},
    rows::Sources,
};

use crate::{
    demo,
    store::{Kept, Known},
    summaries::spark,
};

/// A customer as of a day, with the newest values of its usage.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The customer.
    pub case: Case,
    /// The newest values of its usage, oldest first, at most [`SPARK_POINTS`](crate::summaries::SPARK_POINTS).
    pub spark: Vec<f64>,
}

impl Entry {
    /// Of what is kept of a customer: of its sums where they were read, else of its rows.
    pub fn of(mut kept: Kept, sources: &Sources, as_of: NaiveDate) -> Self {
        let summed = kept.usage.is_some() || kept.tickets.is_some();
        let newest = kept.usage.as_mut().map(|usage| mem::take(&mut usage.spark)).unwrap_or_default();
        let case = kept.into_case(sources, as_of);
        Self { spark: if summed { newest } else { spark(&case.points) }, case }
    }
}

/// The customers of all that is known of a book. Those of the demo book have sources of their own.
pub fn entries(known: Known, as_of: NaiveDate) -> Vec<Entry> {
    let Known { sources, customers, .. } = known;
    let demo_sources = demo::sources(as_of);
    let entry = |kept: Kept| {
        let sources = if kept.demo { &demo_sources } else { &sources };
        Entry::of(kept, sources, as_of)
    };
    customers.into_iter().map(entry).collect()
}

/// The customers of the demo book among them, made of all their rows.
pub fn demo_entries(known: &Known, as_of: NaiveDate) -> Vec<Entry> {
    let sources = demo::sources(as_of);
    let entry = |kept: &Kept| {
        let case = Case::of(&kept.rows, &sources, as_of, None);
        Entry { spark: spark(&case.points), case }
    };
    known.customers.iter().filter(|kept| kept.demo).map(entry).collect()
}

/// A fact that the catalogue does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fact {0}")]
pub struct UnknownFact(String);

/// The facts that a query asks for.
///
/// # Errors
/// The first one that there is not.
pub fn asked(query: &BookQuery) -> Result<Vec<&'static Fact>, UnknownFact> {
    match query.facts.as_deref() {
        None => Ok(Vec::new()),
        Some("all") => Ok(facts::catalogue().collect()),
        Some(ids) => ids.split(',').map(|id| facts::find(id).ok_or_else(|| UnknownFact(id.to_owned()))).collect(),
    }
}

/// Makes the page that `query` asks for, with these facts of each customer. `revision` is the book's.
pub fn page(
    customers: Vec<Entry>,
    query: &BookQuery,
    facts: &[&'static Fact],
    as_of: NaiveDate,
    revision: u64,
) -> BookPage {
    // Names are clean lines; the filter becomes one too, so that both spell an accent the same way.
    let needle = Line::new(query.filter.as_deref().unwrap_or_default()).as_str().to_lowercase();
    let mut rows: Vec<Sortable> = customers
        .into_iter()
        .map(Sortable::new)
        .filter(|row| row.name.contains(&needle) || row.row.id.as_str().to_lowercase().contains(&needle))
        .collect();
    rows.sort_unstable_by(|a, b| a.compare(b, query.sort));
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let offset = query.offset.unwrap_or(0) as usize;
    let limit = query.limit.unwrap_or(MAX_PAGE).min(MAX_PAGE) as usize;
    let shown = rows.into_iter().skip(offset).take(limit);
    let customers = shown.map(|Sortable { row, case, .. }| CustomerRow {
        facts: facts.iter().map(|fact| fact.read(&case)).collect(),
        ..row
    });
    BookPage { customers: customers.collect(), total, as_of, revision }
}

/// A row with its name folded once, not at every comparison.
struct Sortable {
    row: CustomerRow,
    case: Case,
    name: String,
}

impl Sortable {
    fn new(Entry { case, spark }: Entry) -> Self {
        let verdict = judge(&inputs_of(&case));
        let row = CustomerRow {
            id: case.id.clone(),
            name: case.name.clone(),
            risk: verdict.risk,
            score: verdict.score,
            coverage: verdict.coverage,
            standing: case.standing(),
            stale: stale(&case),
            trend: case.usage.known().and_then(|usage| usage.trend),
            spark,
            arr: case.contract.known().and_then(|contract| contract.main_arr().cloned()),
            days_to_renewal: case.renewal().known().map(|date| -case.days_since(*date)),
            open_tickets: case.tickets.known().map(|tickets| tickets.by_priority.total()),
            facts: Vec::new(),
        };
        Self { name: row.name.as_str().to_lowercase(), row, case }
    }

    fn compare(&self, other: &Self, sort: BookSort) -> Ordering {
        let by_sort = match sort {
            BookSort::Risk => self.by_risk().cmp(&other.by_risk()),
            BookSort::Renewal => self.by_renewal().cmp(&other.by_renewal()),
            BookSort::Arr => self.by_arr().cmp(&other.by_arr()),
            BookSort::Name => Ordering::Equal,
        };
        let counts = self.row.standing.cmp(&other.row.standing);
        counts.then(by_sort).then_with(|| self.name.cmp(&other.name)).then_with(|| self.row.id.cmp(&other.row.id))
    }

    /// Worst first; a score that is not there comes after those that are.
    fn by_risk(&self) -> (Risk, u32, i64) {
        (self.row.risk, self.row.score.unwrap_or(u32::MAX), self.by_renewal())
    }

    fn by_renewal(&self) -> i64 {
        self.row.days_to_renewal.unwrap_or(i64::MAX)
    }

    /// Amounts of one currency stand together, as they do not compare with those of another; unknown ones come last.
    fn by_arr(&self) -> (bool, Option<(&str, Reverse<i64>)>) {
        let arr = self.row.arr.as_ref().map(|arr| (arr.currency.as_str(), Reverse(arr.minor)));
        (arr.is_none(), arr)
    }
}

fn stale(case: &Case) -> Vec<Part> {
    let parts = [
        (Part::Usage, case.usage.is_stale()),
        (Part::Tickets, case.tickets.is_stale()),
        (Part::Contracts, case.contract.is_stale() || case.renewal().is_stale()),
    ];
    parts.into_iter().filter(|(_, is_stale)| *is_stale).map(|(part, _)| part).collect()
}
