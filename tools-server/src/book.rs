//! The book: every customer scored, sorted, filtered and paged. Pure.

use chrono::NaiveDate;
use contracts::book::{BookPage, BookQuery};

use crate::store::BookEntry;

/// Makes the page that `query` asks for.
#[allow(clippy::unimplemented, unused_variables)]
pub fn page(customers: Vec<BookEntry>, query: &BookQuery, today: NaiveDate) -> BookPage {
    unimplemented!()
}
