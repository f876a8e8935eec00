//! How far a delivery's usage reaches: the days of which enough of its customers have a row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line,
    delivery::{UsageRows, UsageSays},
    facts::UsagePoint,
};
use domain::usage::{is_periodic, reach::need};

/// The rows of a delivery, counted by metric and day.
#[derive(Debug, Default)]
pub struct Reach(BTreeMap<Line, Counted>);

#[derive(Debug, Default)]
struct Counted {
    series: u32,
    periodic: u32,
    by_day: BTreeMap<NaiveDate, u32>,
}

impl Reach {
    /// Counts a series, or the rest of one that has begun in an earlier piece; `kept` are the points that were known of it
    /// before.
    pub fn count(&mut self, usage: &UsageRows, kept: &[UsagePoint], has_begun: bool) {
        let UsageSays::Points(points) = &usage.says else { return };
        let counted = self.0.entry(usage.metric.clone()).or_default();
        if !has_begun {
            counted.series += 1;
            counted.periodic += u32::from(is_periodic(points) || is_periodic(kept));
        }
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
        let need = need(self.series, 2 * self.periodic > self.series);
        self.by_day.iter().filter(move |(_, customers)| **customers >= need).map(|(day, _)| *day)
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;

    fn series(customer: &str, days: &[u64]) -> UsageRows {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let point = |day: &u64| UsagePoint { date: first + Days::new(*day), value: 1.0 };
        UsageRows {
            customer_id: customer.parse().expect("an id"),
            metric: "logins".into(),
            measure: None,
            says: UsageSays::Points(days.iter().map(point).collect()),
        }
    }

    /// The newest day that series with rows on these days reach.
    fn newest(of: &[&[u64]]) -> Option<u64> {
        let mut reach = Reach::default();
        of.iter().for_each(|days| reach.count(&series("c", days), &[], false));
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        reach.days().last().map(|(_, day)| day.signed_duration_since(first).num_days() as u64)
    }

    #[test]
    fn three_customers_show_that_a_source_reaches_a_day_and_fewer_where_there_are_no_more() {
        assert_eq!(newest(&[&[0, 1, 2], &[0, 1], &[0, 1], &[0]]), Some(1));
        assert_eq!(newest(&[&[0, 1, 2], &[0, 1]]), Some(1));
        assert_eq!(newest(&[&[0, 1, 2]]), Some(2));
        assert_eq!(newest(&[]), None);
    }

    #[test]
    fn of_periods_half_of_the_customers_must_have_spoken() {
        let weekly: &[u64] = &[0, 7, 14, 21];
        let early: &[u64] = &[0, 7, 14, 21, 28];
        assert_eq!(newest(&[early, early, early, weekly, weekly, weekly, weekly]), Some(21));
        assert_eq!(newest(&[early, early, early, early, weekly, weekly, weekly]), Some(28));
    }
}
