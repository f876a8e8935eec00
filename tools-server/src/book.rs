//! The book: every customer scored, sorted, filtered and paged. Pure.

use chrono::NaiveDate;
use contracts::book::{BookPage, BookQuery};

use crate::store::CustomerFacts;

/// Makes the page that `query` asks for.
#[allow(clippy::unimplemented, unused_variables)]
pub fn page(customers: Vec<CustomerFacts>, query: &BookQuery, today: NaiveDate) -> BookPage {
    unimplemented!()
}
