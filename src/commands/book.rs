//! One customer of the book, by what the user typed.

use chrono::NaiveDate;
use contracts::{
    Line,
    book::{BookQuery, BookSort, CustomerRow},
};

use domain::question::who::nearest as nearest_names;

use crate::backend::Backend;

/// What is said of a book without customers.
pub(super) const EMPTY_BOOK: &str =
    "The book is empty. Bring customers in with `cs-copilot import DIR`, or see `cs-copilot demo add`.";

/// From this likeness on (0 to 1) a name is worth suggesting.
const ALIKE: f64 = 0.85;
/// No more names than this are listed in an error.
const MAX_NAMES: usize = 5;

/// What was typed names no customer, or several.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    /// The book has no such customer; what it has that reads alike.
    #[error("There is no customer “{wanted}”.{}", suggestion(.nearest))]
    Unknown {
        /// As it was typed, cleaned.
        wanted: Line,
        /// `id (name)`, nearest first.
        nearest: Vec<String>,
    },
    /// The book has several.
    #[error("“{wanted}” fits {count} customers: {}. Use the id.", candidates.join(", "))]
    Ambiguous {
        /// As it was typed, cleaned.
        wanted: Line,
        /// How many customers it fits.
        count: usize,
        /// `id (name)` of the first of them.
        candidates: Vec<String>,
    },
}

impl NotOne {
    /// Nobody in the book is called so.
    pub(super) fn unknown(book: &[CustomerRow], wanted: &str) -> Self {
        let nearest = nearest_names(book, wanted, ALIKE).into_iter().take(3).map(label).collect();
        Self::Unknown { wanted: Line::new(wanted), nearest }
    }
}

/// The one customer that `wanted` names: by id, by name, by the beginning or else any part of either, whatever the
/// case. The first of these that fits anything decides.
pub async fn find(backend: &Backend, wanted: &str, as_of: Option<NaiveDate>) -> anyhow::Result<CustomerRow> {
    let query = BookQuery { sort: BookSort::Name, filter: Some(wanted.to_owned()), as_of, ..BookQuery::default() };
    let mut fitting = fitting(backend.whole_book(&query).await?.customers, wanted);
    match fitting.len() {
        1 => Ok(fitting.remove(0)),
        0 => {
            let everybody = backend.whole_book(&BookQuery { filter: None, ..query }).await?.customers;
            Err(NotOne::unknown(&everybody, wanted).into())
        }
        count => {
            let candidates = fitting.iter().take(MAX_NAMES).map(label).collect();
            Err(NotOne::Ambiguous { wanted: Line::new(wanted), count, candidates }.into())
        }
    }
}

fn fitting(rows: Vec<CustomerRow>, wanted: &str) -> Vec<CustomerRow> {
    type Fits = fn(&str, &str) -> bool;
    const WAYS: [Fits; 3] =
        [|text, wanted| text == wanted, |text, wanted| text.starts_with(wanted), |text, wanted| text.contains(wanted)];

    if let Some(exact) = rows.iter().position(|row| row.id.as_str() == wanted) {
        return rows.into_iter().skip(exact).take(1).collect();
    }
    let wanted = Line::new(wanted).as_str().to_lowercase();
    let fits = |row: &CustomerRow, way: Fits| folded(row).iter().any(|text| way(text, &wanted));
    let way = WAYS.into_iter().find(|&way| rows.iter().any(|row| fits(row, way)));
    way.map(|way| rows.into_iter().filter(|row| fits(row, way)).collect()).unwrap_or_default()
}

fn folded(row: &CustomerRow) -> [String; 2] {
    [row.id.as_str().to_lowercase(), row.name.as_str().to_lowercase()]
}

fn label(row: &CustomerRow) -> String {
    format!("{} ({})", row.id, row.name)
}

fn suggestion(nearest: &[String]) -> String {
    match nearest {
        [] => " See `cs-copilot customers`.".to_owned(),
        [.., last] => {
            let first = &nearest[..nearest.len() - 1];
            let names = if first.is_empty() { last.clone() } else { format!("{} or {last}", first.join(", ")) };
            format!(" Did you mean {names}?")
        }
    }
}
