//! A review for the customer as data: each line names its phrase and what that is filled in with, so that whoever has it in
//! another language says it from this alone. The phrases are the `domain` crate's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Line, facts::Money};

/// A review, line by line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Its heading.
    pub title: Saying,
    /// Its sections, in the order of the outline's.
    pub sections: Vec<ReviewSection>,
}

/// A section of a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewSection {
    /// Its heading.
    pub title: Saying,
    /// What is said in it.
    pub points: Vec<Saying>,
}

/// A phrase, and what it is filled in with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Saying {
    /// The phrase's name, such as `usage-moved`.
    pub phrase: Line,
    /// What it is filled in with, by the names that stand in it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, Given>,
}

/// What a phrase is filled in with. How it is written is the language's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "kind", content = "value")]
pub enum Given {
    /// Words of others, such as a metric's name.
    Text(Line),
    /// A measurement.
    Number(f64),
    /// How many.
    Count(u64),
    /// A share in basis points.
    Share(i64),
    /// Amounts, one a currency.
    Money(Vec<Money>),
    /// A day.
    Date(NaiveDate),
    /// That it is so.
    Yes,
    /// Another phrase.
    Saying(Box<Saying>),
}

impl Saying {
    /// A phrase that nothing is filled in yet.
    pub fn of(phrase: &'static str) -> Self {
        Self { phrase: phrase.into(), given: BTreeMap::new() }
    }

    /// The same with this filled in.
    pub fn with(mut self, name: &'static str, given: Given) -> Self {
        self.given.insert(name.to_owned(), given);
        self
    }

    /// The same with this filled in where it is known.
    pub fn maybe(self, name: &'static str, given: Option<Given>) -> Self {
        match given {
            Some(given) => self.with(name, given),
            None => self,
        }
    }

    /// The same, said to be so where it is.
    pub fn when(self, name: &'static str, is_so: bool) -> Self {
        self.maybe(name, is_so.then_some(Given::Yes))
    }

    /// The same with the days of a span, both included.
    pub fn between(self, from: NaiveDate, to: NaiveDate) -> Self {
        self.with("from", Given::Date(from)).with("to", Given::Date(to))
    }

    /// The texts that others wrote.
    pub(crate) fn foreign(&mut self) -> Vec<&mut Line> {
        self.given.values_mut().flat_map(Given::foreign).collect()
    }
}

impl Given {
    fn foreign(&mut self) -> Vec<&mut Line> {
        match self {
            Self::Text(text) => vec![text],
            Self::Saying(saying) => saying.foreign(),
            _ => Vec::new(),
        }
    }
}

impl Review {
    /// Every phrase of it.
    pub(crate) fn sayings(&mut self) -> impl Iterator<Item = &mut Saying> {
        let sections = self.sections.iter_mut();
        let sections = sections.flat_map(|ReviewSection { title, points }| [title].into_iter().chain(points));
        [&mut self.title].into_iter().chain(sections)
    }
}
