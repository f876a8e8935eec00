//! Rows of usage: dated points, or a summary that the source made itself.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{MAX_POINTS, UsageRows, UsageSays, UsageSummary},
    facts::{Measure, UsagePoint},
};

use super::{Firsts, numbers::Numbers};
use crate::sources::{
    cell,
    problem::{Problem, quoted},
    sheet::{Origin, Row},
};

/// What is measured where the rows do not say.
const METRIC: &str = "usage";

#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Of which customer and metric each series is.
    series: Numbers<(u32, u32)>,
    metrics: Numbers<Line>,
    /// By series.
    measures: Vec<Option<Measure>>,
    points: Vec<Point>,
    summaries: Vec<(u32, UsageSummary)>,
    firsts: Firsts<u32>,
    pub(super) points_left_out: u64,
}

/// A point, small: there may be millions.
#[derive(Debug, Clone, Copy)]
struct Point {
    series: u32,
    date: NaiveDate,
    row: u32,
    value: f64,
}

impl Usage {
    pub(super) fn take(&mut self, row: Row<'_>, customers: &mut Numbers<CustomerId>) -> Result<(), Problem> {
        if !row.has("trend") || !row.text("date").is_empty() {
            let (date, value) = (row.required("date", cell::date)?, row.required("value", cell::value)?);
            if !row.text("trend").is_empty() {
                return Err(row.problem("trend", "is there beside a date; a row is a dated point or a summary"));
            }
            let series = self.series(&row, customers)?;
            let number = u32::try_from(row.number()).expect("a table has fewer rows");
            self.points.push(Point { series, date, row: number, value });
        } else {
            let trend = row.required("trend", cell::trend)?;
            let recent = row.required("recent", cell::value)?;
            let before = row.required("before", cell::value)?;
            let series = self.series(&row, customers)?;
            if let Some(first) = self.firsts.first(series, row.number()) {
                let first = row.numbered(first);
                let what = format_args!("has a summary on {first} already; one row a customer and metric");
                return Err(row.problem("customer_id", what));
            }
            self.summaries.push((series, UsageSummary { trend, recent, before }));
        }
        Ok(())
    }

    /// The series of a row. How it adds up is kept from the first row that says so.
    fn series(&mut self, row: &Row<'_>, customers: &mut Numbers<CustomerId>) -> Result<u32, Problem> {
        let metric = row.optional("metric", cell::line)?.unwrap_or_else(|| Line::new(METRIC));
        let measure = row.optional("measure", cell::measure)?;
        let customer = row.required("customer_id", cell::customer_id)?;
        let series = self.series.of((customers.of(customer), self.metrics.of(metric)));
        let at = series as usize;
        if at == self.measures.len() {
            self.measures.push(None);
        }
        if let (Some(was), Some(is)) = (self.measures[at], measure)
            && was != is
        {
            let (is, was) = (quoted(row.text("measure")), was.as_str());
            return Err(
                row.problem("measure", format_args!("{is} is not {was}, which this customer's rows before say"))
            );
        }
        self.measures[at] = self.measures[at].or(measure);
        Ok(series)
    }

    /// Puts the points in order and counts those that are too old to be kept. The error is what
    /// is there twice, as a point or as a summary too.
    pub(super) fn settle(&mut self, origin: &Origin) -> Result<(), Vec<Problem>> {
        self.points.sort_unstable_by_key(|point| (point.series, point.date, point.row));
        let kept = self.points.chunk_by(|a, b| a.series == b.series).map(|series| newest(series).len());
        self.points_left_out = (self.points.len() - kept.sum::<usize>()) as u64;
        let again = self.points.array_windows().filter(|[a, b]| (a.series, a.date) == (b.series, b.date));
        let again = again.map(|[first, again]| {
            let first = origin.numbered(first.row.into());
            let what = format_args!("{} is on {first} already for this customer and metric", again.date);
            origin.problem(again.row.into(), "date", what)
        });
        let both = self.summaries.iter().filter_map(|(series, _)| {
            let at = self.points.partition_point(|point| point.series < *series);
            let point = self.points.get(at).filter(|point| point.series == *series)?;
            let row = self.firsts.of(series)?;
            let what = format_args!(
                "is a summary, but {} is a dated point of the same customer and metric; use one of them",
                origin.numbered(point.row.into())
            );
            Some(origin.problem(row, "trend", what))
        });
        let told = again.chain(both);
        let told = told.collect::<Vec<_>>();
        self.firsts = Firsts::default();
        self.points.shrink_to_fit();
        if told.is_empty() { Ok(()) } else { Err(told) }
    }

    pub(super) fn items<'a>(&'a self, customers: &'a Numbers<CustomerId>) -> impl Iterator<Item = UsageRows> {
        let points = self.points.chunk_by(|a, b| a.series == b.series).map(newest).map(|points| {
            let says = points.iter().map(|&Point { date, value, .. }| UsagePoint { date, value }).collect();
            (points[0].series, UsageSays::Points(says))
        });
        let summaries = self.summaries.iter().map(|(series, summary)| (*series, UsageSays::Summary(*summary)));
        points.chain(summaries).map(|(series, says)| {
            let (customer, metric) = *self.series.at(series);
            UsageRows {
                customer_id: customers.at(customer).clone(),
                metric: self.metrics.at(metric).clone(),
                measure: self.measures[series as usize],
                says,
            }
        })
    }
}

/// The points of a series that count.
fn newest(points: &[Point]) -> &[Point] {
    &points[points.len().saturating_sub(MAX_POINTS)..]
}
