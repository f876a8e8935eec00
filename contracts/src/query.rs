//! A question to the book as data: which customers, in which order, how many of them, and what is made of them. The
//! text form, its evaluation and its words are the `domain` crate's.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Line, reading::FactId};

/// A question to the book.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Query {
    /// What holds for the customers.
    #[serde(default)]
    pub filter: Filter,
    /// What they are put together by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// What is made of them, or of each group; without it they are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Their order; that of the book where none is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// No more than these; of each currency where the order is by money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What holds for a customer. It holds, does not hold, or cannot be told because a fact is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Filter {
    /// All of these hold; of none, everybody fits.
    All(Vec<Filter>),
    /// One of these holds at least.
    Any(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// The fact compares so.
    Compare {
        /// Which fact.
        fact: FactId,
        /// How.
        op: Op,
        /// With what; of the kind of the fact.
        value: Operand,
    },
    /// Nothing is known of the fact.
    Missing(FactId),
    /// What is known of the fact is older than its shelf life.
    Stale(FactId),
}

impl Default for Filter {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// How a fact compares. Words and yes or no compare by [`Op::Is`] alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Op {
    /// It is the value, one of the words, or a day of the time.
    Is,
    /// It is less, or before the time.
    Under,
    /// It is not more, or up to the end of the time.
    AtMost,
    /// It is more, or after the time.
    Over,
    /// It is not less, or from the beginning of the time on.
    AtLeast,
}

/// What a fact is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Operand {
    /// A count or a measurement.
    Number(f64),
    /// An amount in hundredths; without a currency it compares in each customer's own.
    Money {
        /// Hundredths of the currency.
        minor: i64,
        /// ISO 4217 code, such as `USD`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        currency: Option<Line>,
    },
    /// Whole days.
    Days(i64),
    /// Basis points: 10,000 is all.
    Share(i64),
    /// Days of the calendar.
    Time(Time),
    /// One of these words, whatever the case.
    Words(Vec<Line>),
    /// Yes or no.
    Flag(bool),
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Time {
    /// One day.
    Day(NaiveDate),
    /// A month, 1 to 12, of a year.
    Month(i32, u32),
    /// A quarter, 1 to 4, of a year.
    Quarter(i32, u32),
    /// A half, 1 or 2, of a year.
    Half(i32, u32),
    /// A year.
    Year(i32),
    /// The one that today is in.
    This(Unit),
    /// The one after it.
    Next(Unit),
    /// The one before it.
    Previous(Unit),
    /// From today, so many units long.
    Within(u32, Unit),
    /// So many units long, up to today.
    Past(u32, Unit),
}

/// A unit of the calendar. Weeks begin on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// What customers are put together by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Those who have the same of this fact.
    pub fact: FactId,
    /// Of a day: those who have the same unit of the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
}

/// What is made of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Measure {
    /// How many they are.
    Count,
    /// Which share of the book they are; of its total of a fact, where one is named.
    Share(Option<FactId>),
    /// The total of a fact, by currency or unit.
    Sum(FactId),
    /// Its mean, by currency or unit.
    Mean(FactId),
    /// Its median, by currency or unit.
    Median(FactId),
}

impl Measure {
    /// The fact that it is made of.
    pub fn fact(&self) -> Option<&FactId> {
        match self {
            Self::Count | Self::Share(None) => None,
            Self::Share(Some(fact)) | Self::Sum(fact) | Self::Mean(fact) | Self::Median(fact) => Some(fact),
        }
    }
}

/// An order by a fact. Those without it come last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Order {
    /// Which fact.
    pub fact: FactId,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// Who is left out of an answer because nobody can tell whether a condition holds for them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// How many customers.
    pub customers: u32,
    /// How many of them have an amount in another currency than the one that is asked about, and nothing missing.
    pub incomparable: u32,
    /// What is missing of the others, most often missing first.
    pub missing: Vec<Gap>,
}

/// A fact that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Which fact.
    pub fact: FactId,
    /// Of how many customers.
    pub customers: u32,
}

impl Unit {
    /// Every unit, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The word for people and for the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}
