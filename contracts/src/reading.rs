//! Facts as they travel: what is known of one thing, how well, from where, and the words for it.
//!
//! The rows of the catalogue themselves (headings, getters, statements) are the `domain` crate's; here are their ids
//! and values, so that a client can read facts of which it has never heard.

use std::{
    borrow::Cow,
    hash::{Hash, Hasher},
    mem,
};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Line,
    facts::{Money, Source},
};

/// The id of a fact, such as `contract.arr`. Open: a newer server may know more of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FactId(Cow<'static, str>);

impl FactId {
    /// The id of a row of the catalogue.
    pub const fn of(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is known of something, and how well.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", tag = "state")]
pub enum Knowledge<T> {
    /// Known, and fresh enough to speak of as present.
    Known {
        /// What is known.
        value: T,
        /// Where it comes from, and the day it speaks of.
        source: Source,
    },
    /// Known once, but older than its shelf life: shown with its age, never stated as present.
    Stale {
        /// What was known.
        value: T,
        /// Where it comes from, and the day it speaks of.
        source: Source,
    },
    /// Not known.
    Missing,
}

impl<T> Knowledge<T> {
    /// The value, where it is fresh.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Stale { .. } | Self::Missing => None,
        }
    }

    /// The value with its source, where it is fresh.
    pub fn fresh(&self) -> Option<(&T, &Source)> {
        match self {
            Self::Known { value, source } => Some((value, source)),
            Self::Stale { .. } | Self::Missing => None,
        }
    }

    /// The value, fresh or stale.
    pub fn any(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } | Self::Stale { value, .. } => Some(value),
            Self::Missing => None,
        }
    }

    /// Where the value comes from.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Known { source, .. } | Self::Stale { source, .. } => Some(source),
            Self::Missing => None,
        }
    }

    /// Whether there is a value that has gone stale.
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Stale { .. })
    }

    /// The same value, known but stale.
    pub fn into_stale(self) -> Self {
        match self {
            Self::Known { value, source } => Self::Stale { value, source },
            stale_or_missing => stale_or_missing,
        }
    }

    /// Both values together: missing where one is, stale where one is, and from the source that speaks of the earlier
    /// day.
    pub fn zip<'a, U>(&'a self, other: &'a Knowledge<U>) -> Knowledge<(&'a T, &'a U)> {
        let both = self.any().zip(other.any()).zip(self.source().zip(other.source()));
        let Some((value, (one, another))) = both else { return Knowledge::Missing };
        let source = if one.as_of <= another.as_of { one } else { another }.clone();
        let known = Knowledge::Known { value, source };
        if self.is_stale() || other.is_stale() { known.into_stale() } else { known }
    }

    /// The same knowledge of a part of the value; missing where the value does not have that part.
    pub fn and_then<'a, U>(&'a self, part: impl FnOnce(&'a T) -> Option<U>) -> Knowledge<U> {
        let read = |value, source: &Source, wrap: fn(U, Source) -> Knowledge<U>| {
            part(value).map_or(Knowledge::Missing, |value| wrap(value, source.clone()))
        };
        match self {
            Self::Known { value, source } => read(value, source, |value, source| Knowledge::Known { value, source }),
            Self::Stale { value, source } => read(value, source, |value, source| Knowledge::Stale { value, source }),
            Self::Missing => Knowledge::Missing,
        }
    }
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "type", content = "is")]
pub enum Value {
    /// A whole number of something, such as tickets.
    Count(u64),
    /// A measurement in a unit of its own, such as `logins a day`.
    Measurement {
        /// How much.
        value: f64,
        /// The unit, as its source names it.
        unit: Line,
    },
    /// Amounts of money, one a currency, never converted.
    Money(Vec<Money>),
    /// A day.
    Date(NaiveDate),
    /// Whole days; negative in the past.
    Days(i64),
    /// A share in basis points (10,000 is all); negative where it says a fall.
    Share(i64),
    /// One of a few words.
    Choice(Line),
    /// Yes or no.
    Flag(bool),
    /// Foreign text, such as a name.
    Text(Line),
}

// No measurement is NaN: JSON, from which all of them come, has none.
impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        mem::discriminant(self).hash(state);
        match self {
            Self::Count(count) => count.hash(state),
            // The two zeros are equal.
            Self::Measurement { value, unit } => ((value + 0.0).to_bits(), unit).hash(state),
            Self::Money(amounts) => amounts.hash(state),
            Self::Date(date) => date.hash(state),
            Self::Days(number) | Self::Share(number) => number.hash(state),
            Self::Choice(line) | Self::Text(line) => line.hash(state),
            Self::Flag(flag) => flag.hash(state),
        }
    }
}

/// A clause that the program writes from facts, in two persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Of the customer: `active users a week fell from 897 to 610, by 32%`.
    pub about: Line,
    /// To the customer; absent where the fact is internal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Line>,
}

/// What was read of a fact for one customer on one day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// Which fact.
    pub fact: FactId,
    /// What is known of it.
    #[serde(flatten)]
    pub knowledge: Knowledge<Value>,
    /// What can be said of it; absent where nothing is known. Of what is stale it says the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Statement>,
}
