//! How far a delivery's usage reaches: the days of which enough of its customers have a row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line,
    delivery::{UsageRows, UsageSays},
};

/// How many customers are enough where days follow one another.
const ENOUGH: u32 = 3;

/// The rows of a delivery, counted by metric and day.
#[derive(Debug, Default)]
pub struct Reach(BTreeMap<Line, Counted>);

#[derive(Debug, Default)]
struct Counted {
    customers: u32,
    by_day: BTreeMap<NaiveDate, u32>,
}

impl Reach {
    /// Counts a series.
    pub fn count(&mut self, usage: &UsageRows) {
        let UsageSays::Points(points) = &usage.says else { return };
        let counted = self.0.entry(usage.metric.clone()).or_default();
        counted.customers += 1;
        for point in points {
            *counted.by_day.entry(point.date).or_default() += 1;
        }
    }

    /// The days that the delivery reaches, by metric.
    pub fn days(&self) -> impl Iterator<Item = (&Line, NaiveDate)> {
        self.0.iter().flat_map(|(metric, counted)| counted.days().map(move |day| (metric, day)))
    }
}

impl Counted {
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let enough = if self.is_apart() { self.customers.div_ceil(2) } else { self.customers.min(ENOUGH) };
        self.by_day.iter().filter(move |(_, customers)| **customers >= enough).map(|(day, _)| *day)
    }

    /// Whether the days stand apart, as those of weeks and months do.
    fn is_apart(&self) -> bool {
        let ends = self.by_day.keys().next().zip(self.by_day.keys().next_back());
        ends.is_some_and(|(first, last)| 2 * self.by_day.len() as i64 <= last.signed_duration_since(*first).num_days())
    }
}
