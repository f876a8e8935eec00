//! The book: every customer made of its rows, and scored. Pure.

use std::mem;

use chrono::NaiveDate;
use contracts::{book::CustomerRow, facts::Part};
use domain::{
    case::{Case, Period},
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
    fn of(mut kept: Kept, sources: &Sources, as_of: NaiveDate, period: Option<Period>) -> Self {
        let summed = kept.usage.is_some() || kept.tickets.is_some();
        let newest = kept.usage.as_mut().map(|usage| mem::take(&mut usage.spark)).unwrap_or_default();
        let case = kept.into_case(sources, as_of, period);
        Self { spark: if summed { newest } else { spark(&case.points) }, case }
    }
}

/// The customers of all that is known of a book. Those of the demo book have sources of their own.
pub fn entries(known: Known, as_of: NaiveDate) -> Vec<Entry> {
    entries_in(known, as_of, None)
}

/// The same with another period than the last 90 days.
pub fn entries_in(known: Known, as_of: NaiveDate, period: Option<Period>) -> Vec<Entry> {
    let Known { sources, customers, .. } = known;
    let demo_sources = demo::sources(as_of);
    let entry = |kept: Kept| {
        let sources = if kept.demo { &demo_sources } else { &sources };
        Entry::of(kept, sources, as_of, period)
    };
    customers.into_iter().map(entry).collect()
}

/// A fact that the catalogue does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no fact {0}")]
pub struct UnknownFact(String);

/// The facts of which these are the ids, with commas between them; all of them where they say so.
///
/// # Errors
/// The first one that there is not.
pub fn asked(facts: Option<&str>) -> Result<Vec<&'static Fact>, UnknownFact> {
    match facts {
        None => Ok(Vec::new()),
        Some("all") => Ok(facts::catalogue().collect()),
        Some(ids) => ids.split(',').map(|id| facts::find(id).ok_or_else(|| UnknownFact(id.to_owned()))).collect(),
    }
}

/// The row of a customer, with these facts of it.
pub fn row(Entry { case, spark }: Entry, facts: &[&'static Fact]) -> CustomerRow {
    let verdict = judge(&inputs_of(&case));
    CustomerRow {
        facts: facts.iter().map(|fact| fact.read(&case)).collect(),
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
        id: case.id,
        name: case.name,
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
