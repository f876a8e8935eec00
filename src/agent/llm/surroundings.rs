//! What the model is handed beside what the plan's calls tell: how the customer stands in the book, what changed of it
//! lately, and what happened.

use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line,
    book::BookQuery,
    changes::{Became, ChangesPage, ChangesQuery, Timeline, TimelineQuery},
    failure::Failure,
};
use domain::statements::{Statement, changed, rank, timeline};

use super::desk::may_read;
use crate::{agent::guardrails::data, backend::Backend};

/// How far back it is told what changed, in days.
const LATELY: u64 = 30;

/// How many entries of the timeline are handed over at once.
pub(in crate::agent) const ENTRIES: usize = 8;

/// What else there is to be known of a customer.
#[derive(Debug)]
pub struct Surroundings {
    /// The names of the other customers of the book.
    pub others: Vec<Line>,
    /// Since when it is told what changed.
    pub since: NaiveDate,
    /// Where the customer stands in the book, and what changed.
    pub statements: Vec<Statement>,
    /// What happened, newest first.
    pub timeline: Vec<Statement>,
    /// What of this nobody could tell, and why.
    pub untold: Vec<String>,
}

impl Surroundings {
    /// Reads them as of a day. What a model may not read is left out, and foreign text is cleaned.
    ///
    /// # Errors
    /// The book cannot be read.
    pub async fn read(
        backend: &Backend,
        customer: &CustomerId,
        as_of: NaiveDate,
        shares_activity: bool,
    ) -> Result<Self, Failure> {
        let since = as_of.checked_sub_days(Days::new(LATELY)).unwrap_or(NaiveDate::MIN);
        let whole = BookQuery { as_of: Some(as_of), ..BookQuery::default() };
        let changes = ChangesQuery {
            since,
            as_of: Some(as_of),
            customer_id: Some(customer.clone()),
            filter: None,
            after: None,
            all: true,
        };
        let past = TimelineQuery { customer_id: customer.clone(), as_of: Some(as_of) };
        let (book, changes, past) =
            futures::join!(backend.whole_book(&whole), backend.changes(&changes), backend.timeline(&past));
        let book = book?;
        let mut untold = Vec::new();
        let rank = rank(customer, &book.customers, as_of);
        let others = book.customers.into_iter().filter(|row| row.id != *customer).map(|row| row.name).collect();
        let changed = or_untold(changes, "what changed", &mut untold).map(|page| news(&page, &mut untold));
        let happened = or_untold(past, "the timeline", &mut untold).map(|Timeline { entries, .. }| timeline(&entries));
        let may_read = |statement: &Statement| may_read(statement, shares_activity);
        let read = |statements: Vec<Statement>| statements.into_iter().filter(may_read).map(data::clean_statement);
        Ok(Self {
            others,
            since,
            statements: rank.into_iter().chain(read(changed.unwrap_or_default())).collect(),
            timeline: read(happened.unwrap_or_default()).collect(),
            untold,
        })
    }

    /// The newest entries of the timeline before a day, and which place of it they end at.
    pub(super) fn before(&self, day: NaiveDate) -> (&[Statement], usize) {
        let from = self.timeline.iter().take_while(|entry| entry.day.is_some_and(|on| on >= day)).count();
        let to = (from + ENTRIES).min(self.timeline.len());
        (&self.timeline[from..to], to)
    }
}

/// What changed; that there is nothing to compare with is told.
fn news(page: &ChangesPage, untold: &mut Vec<String>) -> Vec<Statement> {
    let Some(customer) = page.customers.first() else { return Vec::new() };
    if customer.became == Became::New {
        untold.push(format!("what changed since {}: the customer was not in the book then", page.since));
    }
    changed(customer, page.since).collect()
}

fn or_untold<T>(read: Result<T, Failure>, what: &str, untold: &mut Vec<String>) -> Option<T> {
    read.inspect_err(|failure| untold.push(format!("{what}: {}", data::clean_line(&failure.message)))).ok()
}
