//! A customer on any day of the past, read once: its rows, and every day on which its sources delivered or reached further.
//!
//! A row counts from the day it speaks of, whichever delivery brought it; what a contract said first also stands for the
//! days before.

mod changes;
mod timeline;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use self::{
    changes::changes,
    timeline::{deliveries, scores},
};
use crate::{
    case::Case,
    rows::{CustomerRows, Sources},
};

/// A customer that can be read as of any day up to the one it was read for.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    rows: CustomerRows,
    /// Every day up to which each series reaches, in the order of the series.
    reach: Vec<BTreeSet<NaiveDate>>,
}

impl Past {
    /// Of rows, with the days up to which each of their series reaches.
    pub fn new(rows: CustomerRows, reach: Vec<BTreeSet<NaiveDate>>) -> Self {
        Self { rows, reach }
    }

    /// The rows.
    pub fn rows(&self) -> &CustomerRows {
        &self.rows
    }

    /// The first day on which a source told of the customer.
    pub fn known_since(&self) -> Option<NaiveDate> {
        self.rows.fields.iter().filter(|version| version.says.is_some()).map(|version| version.from).min()
    }

    /// The customer as of a day. `sources` are as they were on it.
    pub fn case(&mut self, sources: &Sources, day: NaiveDate) -> Case {
        for (series, days) in self.rows.usage.iter_mut().zip(&self.reach) {
            series.reach = days.range(..=day).next_back().copied();
        }
        Case::of(&self.rows, sources, day, None)
    }
}
