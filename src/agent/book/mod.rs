//! Questions about the whole book, answered from its rows: rank, filter, count, total, compare. Pure.

mod column;
mod compare;
mod filter;
mod listing;
mod measure;
mod rank;
mod title;
mod window;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, Text,
    book::CustomerRow,
    facts::{Money, Trend},
    health::Risk,
};
use serde::Serialize;

pub use column::Column;

/// A question about the whole book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookQuestion {
    /// These customers side by side.
    Compare(Vec<CustomerId>),
    /// The customers that fit, in an order.
    List(Listing),
}

/// Which customers, in which order, and what is wanted of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// What holds for them; all of it.
    pub filters: Vec<Filter>,
    /// The order that was asked for; customers without the figure have no place in it.
    pub rank: Option<Rank>,
    /// No more than these; of each currency where the order is that of the ARR.
    pub limit: Option<usize>,
    /// What is wanted of them.
    pub wanted: Wanted,
    /// Words that were not understood, such as `germany`: the answer says so first.
    pub unread: Vec<Line>,
    /// Words for what no row of the book has, such as `nps`: the answer says so first.
    pub untold: Vec<Line>,
}

/// What is wanted of the customers that fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Who they are.
    #[default]
    Customers,
    /// How many they are.
    Count,
    /// What they pay a year.
    TotalArr,
    /// What a figure of theirs comes to: of those who have it, and of each currency where it is the ARR.
    Figure(Measure, Column),
}

/// What many figures come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Measure {
    Sum,
    Mean,
    Median,
}

/// An order by a figure. Ties go by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rank {
    /// The figure.
    pub by: Column,
    /// Whether the greatest comes first: the highest risk, the best trend, the latest renewal.
    pub descending: bool,
}

/// What holds for a customer. It holds, does not hold, or cannot be judged for lack of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Its risk is one of these.
    Risk(Vec<Risk>),
    /// Its usage moves in one of these ways.
    Trend(Vec<Trend>),
    /// It renews in this time.
    Renewal(Window),
    /// Its ARR lies on this side of an amount, in hundredths. Without a currency, of each customer's own.
    Arr(Side, i64, Option<Line>),
    /// Its score lies on this side.
    Score(Side, u32),
    /// So many of its tickets are open.
    OpenTickets(Side, u32),
    /// It pays in one of these currencies.
    Currency(Vec<Line>),
    /// It has no such figure.
    Without(Column),
}

/// Which side of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Over,
    AtLeast,
    Under,
    AtMost,
}

/// A length of time, as the calendar has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// A calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// This one.
    Of(i32),
    /// So many after the one that the day is in.
    Relative(i32),
}

/// A stretch of the calendar with a name. It becomes days when the day to count from is known. Without a year it is the
/// one that is not over yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// One day.
    Date(NaiveDate),
    /// A month (1 to 12) and a day of it.
    DayOfMonth(u32, u32, Option<Year>),
    /// A month (1 to 12).
    Month(u32, Option<Year>),
    /// A quarter (1 to 4).
    Quarter(u32, Option<Year>),
    /// A half (1 or 2).
    Half(u32, Option<Year>),
    /// A calendar year.
    Year(i32),
    /// The period so many after the one that the day is in: 0 is this one, -1 the last one.
    Relative(i32, Period),
}

/// A time for a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Its day has passed.
    Overdue,
    /// From the day on, so many periods.
    Within(u32, Period),
    /// So many periods up to the day.
    Past(u32, Period),
    /// In this time.
    In(Time),
    /// Before the first day of it.
    Before(Time),
    /// After the last day of it.
    After(Time),
    /// From the last such time that has begun.
    Since(Time),
    /// From one time to another, both of them in it; open where there is none.
    Between(Option<Time>, Option<Time>),
    /// The same of the last ones that have begun, up to the day.
    Gone(Time, Time),
}

/// The answer to a question about the book. Every customer of the book is accounted for: it fits, does not fit, or is
/// among the unknown.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BookAnswer {
    /// What was asked.
    pub question: Line,
    /// What was understood, such as `Customers renewing from 2027-01-01 to 2027-03-31 with an ARR over 50,000`.
    pub title: Line,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The answer in a few sentences.
    pub summary: Text,
    /// The figures that were asked about, most telling first; on the wire the names of the rows' fields.
    #[serde(serialize_with = "column::fields")]
    pub columns: Vec<Column>,
    /// The customers, in order; fewer than fit where so many were asked for.
    pub rows: Vec<CustomerRow>,
    /// How many customers the book has.
    pub total: usize,
    /// How many fit.
    pub fit: usize,
    /// How many cannot be judged for lack of data; `notes` say of what.
    pub unknown: usize,
    /// What those of `rows` pay a year: one sum a currency.
    pub arr: Vec<Money>,
    /// Words of the question that were not understood, or that the book does not tell; the answer passes over them.
    pub unread: Vec<Line>,
    /// What is missing and why, such as customers without a renewal date.
    pub notes: Vec<Line>,
}

/// Answers from the rows of the whole book, whose days are counted from `as_of`.
pub fn answer(question: &BookQuestion, sentence: &str, book: &[CustomerRow], as_of: NaiveDate) -> BookAnswer {
    match question {
        BookQuestion::Compare(customers) => compare::answer(customers, sentence, book, as_of),
        BookQuestion::List(listing) => listing::answer(listing, sentence, book, as_of),
    }
}
