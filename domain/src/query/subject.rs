//! Of whom a query asks.

use std::{borrow::Cow, cmp::Ordering};

use contracts::{
    book::{CustomerRow, Standing},
    reading::{FactId, Knowledge, Value},
};

use crate::{case::Case, facts::find};

/// Somebody of whom facts are known.
pub trait Subject {
    /// What is known of a fact.
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>>;

    /// Whether it counts.
    fn standing(&self) -> Standing;

    /// Which of two of a book comes first where a query says no order; equal where the book is in order already.
    fn beside(&self, _other: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// A fact that was not read is missing: whoever asks reads what [`facts`](super::facts) names.
impl Subject for CustomerRow {
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>> {
        let reading = self.facts.iter().find(|reading| reading.fact == *fact);
        reading.map_or(Cow::Owned(Knowledge::Missing), |reading| Cow::Borrowed(&reading.knowledge))
    }

    fn standing(&self) -> Standing {
        self.standing
    }
}

impl<T: Subject> Subject for &T {
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>> {
        (*self).knowledge(fact)
    }

    fn standing(&self) -> Standing {
        (*self).standing()
    }

    fn beside(&self, other: &Self) -> Ordering {
        (*self).beside(other)
    }
}

impl Subject for Case {
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>> {
        Cow::Owned(find(fact.as_str()).map_or(Knowledge::Missing, |fact| fact.get(self)))
    }

    fn standing(&self) -> Standing {
        Case::standing(self)
    }
}
