//! Questions about the whole book, answered from its rows: rank, filter, compare. Pure.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, Text, book::CustomerRow};
use serde::Serialize;

/// A question about the whole book.
#[derive(Debug, Clone, PartialEq)]
pub enum BookQuestion {
    /// These customers side by side.
    Compare(Vec<CustomerId>),
}

/// A figure of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Column {
    Score,
    Risk,
    Trend,
    Arr,
    Renewal,
    OpenTickets,
}

/// The answer to a question about the book.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BookAnswer {
    /// What was asked.
    pub question: Line,
    /// What was understood, such as `Renewals from 2027-01-01 to 2027-03-31 over 50,000`.
    pub title: Line,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The answer in a few sentences.
    pub summary: Text,
    /// The figures that were asked about, most telling first.
    pub columns: Vec<Column>,
    /// The customers, in order.
    pub rows: Vec<CustomerRow>,
    /// What is missing and why, such as customers without a renewal date.
    pub notes: Vec<Line>,
}

/// Answers from the rows of the whole book.
pub fn answer(_question: &BookQuestion, sentence: &str, _book: &[CustomerRow], as_of: NaiveDate) -> BookAnswer {
    BookAnswer {
        question: Line::new(sentence),
        title: Line::default(),
        as_of,
        summary: Text::default(),
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    }
}
