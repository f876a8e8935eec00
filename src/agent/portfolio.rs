//! Reads what the page of the portfolio is made of.

use chrono::{Days, NaiveDate};
use contracts::{
    Line,
    book::{BookQuery, Standing},
    changes::ChangesQuery,
    failure::Failure,
    query::Query,
};
use domain::{
    portfolio::{self, By, Portfolio},
    query,
};
use serde::Serialize;

use super::book;
use crate::backend::Backend;

/// Movers are those of so many days.
const DAYS_BACK: u64 = 28;

/// The portfolio of the customers of a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The query in its text form; absent where it is the whole book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Line>,
    /// Of how many nobody can tell whether they are on it, for something is missing.
    pub left_out: usize,
    /// What they come to.
    #[serde(flatten)]
    pub portfolio: Portfolio,
}

/// Reads the book with what the page needs, and what changed in the last four weeks.
///
/// # Errors
/// The book cannot be read.
pub async fn read(backend: &Backend, asked: &Query, by: Option<By>, as_of: Option<NaiveDate>) -> Result<Page, Failure> {
    let facts = [book::wanted(asked), portfolio::facts(by).join(",")].join(",");
    let whole = backend.whole_book(&BookQuery { as_of, facts: Some(unique(&facts)), ..BookQuery::default() }).await?;
    let since = whole.as_of.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(whole.as_of);
    let changes = ChangesQuery { since, as_of, customer_id: None, filter: None, after: None, all: false };
    let changed = backend.changes(&changes).await?;
    let found = query::answer(asked, &whole.customers, whole.as_of);
    let rows: Vec<_> = found.shown.iter().map(|&place| &whole.customers[place]).collect();
    let away: Vec<_> = whole.customers.iter().filter(|row| row.standing != Standing::Active).collect();
    let text = query::text(asked);
    Ok(Page {
        query: (!text.is_empty()).then(|| Line::new(&text)),
        left_out: found.outcome.left_out.customers as usize,
        portfolio: portfolio::portfolio(&rows, &away, (since, &changed.customers), by, whole.as_of),
    })
}

/// The ids, each once.
pub(super) fn unique(facts: &str) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for id in facts.split(',').filter(|id| !id.is_empty()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.join(",")
}
