//! Rows of usage: dated points, or a summary that the source made itself.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{MAX_POINTS, UsageRows, UsageSays, UsageSummary},
    facts::{Measure, UsagePoint},
};

use super::{
    Firsts,
    numbers::{Named, Numbers},
};
use crate::sources::{
    cell,
    problem::{Lost, Problem, Reject, Why, quoted},
    sheet::{Row, Sheet},
};

/// What is measured where the rows do not say.
const METRIC: &str = "usage";

/// So many rows that are there twice may be many.
const MANY_TWICE: usize = 2;

#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Of which customer and metric each series is.
    series: Numbers<(u32, u32)>,
    metrics: Named<Line>,
    /// By series.
    measures: Vec<Option<Measure>>,
    points: Vec<Point>,
    summaries: Vec<Summary>,
    firsts: Firsts<u32>,
    /// The tables that rows came from.
    sheets: Vec<Sheet>,
    pub(super) points_left_out: u64,
}

/// A point, small: there may be millions.
#[derive(Debug, Clone, Copy)]
struct Point {
    series: u32,
    date: NaiveDate,
    place: Place,
    value: f64,
}

#[derive(Debug, Clone, Copy)]
struct Summary {
    series: u32,
    place: Place,
    says: UsageSummary,
}

/// Where a row is: which of the tables, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    table: u32,
    row: u32,
}

impl Usage {
    pub(super) fn take(&mut self, row: &mut Row<'_>, customers: &mut Named<CustomerId>) -> Result<(), Problem> {
        if !row.has("trend") || !row.text("date").is_empty() {
            let (date, value) = (row.required("date", cell::date)?, row.required("value", cell::value)?);
            if !row.text("trend").is_empty() {
                let what = "is there beside a date; a row is a dated point or a summary";
                return Err(row.problem("trend", Why::always(what)));
            }
            let series = self.series(row, customers)?;
            let place = self.place(row);
            self.points.push(Point { series, date, place, value });
        } else {
            let trend = row.required("trend", cell::trend)?;
            let recent = row.required("recent", cell::value)?;
            let before = row.required("before", cell::value)?;
            let series = self.series(row, customers)?;
            if let Some(first) = self.firsts.first(series, row.number()) {
                let first = row.numbered(first);
                let kind = "has a summary already; one row a customer and metric";
                let says = format!("has a summary on {first} already; one row a customer and metric");
                return Err(row.problem("customer_id", Why::Other { kind, says }));
            }
            let place = self.place(row);
            self.summaries.push(Summary { series, place, says: UsageSummary { trend, recent, before } });
        }
        Ok(())
    }

    /// The series of a row. How it adds up is kept from the first row that says so.
    fn series(&mut self, row: &mut Row<'_>, customers: &mut Named<CustomerId>) -> Result<u32, Problem> {
        let metric = match row.text("metric") {
            "" => self.metrics.read(METRIC, || Ok::<_, Problem>(Line::new(METRIC)))?,
            text => self.metrics.read(text, || row.required("metric", cell::line))?,
        };
        let measure = row.optional("measure", cell::measure);
        let customer = customers.read(row.text("customer_id"), || row.required("customer_id", cell::customer_id))?;
        let series = self.series.of((customer, metric));
        let at = series as usize;
        if at == self.measures.len() {
            self.measures.push(None);
        }
        if let (Some(was), Some(is)) = (self.measures[at], measure)
            && was != is
        {
            let (is, was) = (quoted(row.text("measure")), was.as_str());
            let says = format!("{is} is not {was}, which this customer's rows before say");
            row.leave_out("measure", Why::Other { kind: "is not what the customer's rows before say", says });
        }
        self.measures[at] = self.measures[at].or(measure);
        Ok(series)
    }

    fn place(&mut self, row: &Row<'_>) -> Place {
        if self.sheets.last().is_none_or(|last| last.origin() != row.sheet().origin()) {
            self.sheets.push(row.sheet().clone());
        }
        let small = |number: u64| u32::try_from(number).expect("there are fewer tables and rows");
        Place { table: small(self.sheets.len() as u64 - 1), row: small(row.number()) }
    }

    /// Puts the points in order and counts those that are too old to be kept. What is there twice, as a point or as a
    /// summary too, is left out; where that is much, it is a problem: rows are of something that no column was taken for, such
    /// as people, and the first of each would be too little.
    pub(super) fn settle(&mut self, customers: &Named<CustomerId>) -> (Vec<Reject>, Option<Problem>) {
        let (series, sheets) = (&self.series, &self.sheets);
        let reject = |of: u32, place: Place, column: &str, text: String, why: Why| Reject {
            lost: Lost::Row,
            origin: sheets[place.table as usize].origin().clone(),
            row: place.row.into(),
            column: sheets[place.table as usize].title(column),
            customer: customers.at(series.at(of).0).to_string(),
            text,
            why,
        };
        let at = |place: Place, seen_from: Place| match sheets[place.table as usize].origin() {
            origin if place.table == seen_from.table => origin.numbered(place.row.into()),
            origin => format!("{} of {origin}", origin.numbered(place.row.into())),
        };
        let mut rejects = Vec::new();
        self.points.sort_unstable_by_key(|point| (point.series, point.date, point.place));
        self.points.dedup_by(|again, first| {
            let is_again = (again.series, again.date) == (first.series, first.date);
            if is_again {
                let kind = "is there already for this customer and metric";
                let first = at(first.place, again.place);
                let says = format!("{} is on {first} already for this customer and metric", again.date);
                let why = Why::Other { kind, says };
                rejects.push(reject(again.series, again.place, "date", again.date.to_string(), why));
            }
            is_again
        });
        let (again, points) = (rejects.len(), self.points.len() + rejects.len());
        let much = rejects.first().filter(|_| again >= MANY_TWICE && again * 4 >= points).map(|first| {
            let what = format_args!(
                "{again} of {points} rows are of a customer, a metric and a day that another row has already, such as {} ({} on \
                 {}); add them up to one row of each customer and day, or, where a column says what is counted, say so with \
                 --map \"FILE:COLUMN=usage.metric\"",
                first.origin.numbered(first.row),
                first.customer,
                first.text,
            );
            Problem::of(&first.origin, what)
        });
        self.summaries.retain(|summary| {
            let begins = self.points.partition_point(|point| point.series < summary.series);
            let point = self.points.get(begins).filter(|point| point.series == summary.series);
            if let Some(point) = point {
                let kind = "is a summary of a customer and metric that has dated points, too";
                let says = format!(
                    "is a summary, but {} is a dated point of the same customer and metric; use one of them",
                    at(point.place, summary.place)
                );
                let trend = summary.says.trend.as_str().to_owned();
                rejects.push(reject(summary.series, summary.place, "trend", trend, Why::Other { kind, says }));
            }
            point.is_none()
        });
        let kept = self.points.chunk_by(|a, b| a.series == b.series).map(|series| newest(series).len());
        self.points_left_out = (self.points.len() - kept.sum::<usize>()) as u64;
        self.firsts = Firsts::default();
        self.points.shrink_to_fit();
        (rejects, much)
    }

    pub(super) fn items<'a>(&'a self, customers: &'a Named<CustomerId>) -> impl Iterator<Item = UsageRows> {
        let points = self.points.chunk_by(|a, b| a.series == b.series).map(newest).map(|points| {
            let says = points.iter().map(|&Point { date, value, .. }| UsagePoint { date, value }).collect();
            (points[0].series, UsageSays::Points(says))
        });
        let summaries = self.summaries.iter().map(|summary| (summary.series, UsageSays::Summary(summary.says)));
        points.chain(summaries).map(|(series, says)| {
            let (customer, metric) = self.series.at(series);
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
