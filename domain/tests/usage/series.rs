//! Series as tests want them.

use chrono::{Days, Months, NaiveDate};
use contracts::facts::{Trend, UsagePoint};
use domain::{
    rows::Series,
    usage::{UsageFigures, figures},
};

/// A Friday.
pub(crate) fn today() -> NaiveDate {
    day(2024, 12, 20)
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A series of the source's own reach: its newest point.
pub(crate) fn series(points: Vec<UsagePoint>) -> Series {
    Series {
        source: "files".parse().unwrap(),
        metric: "logins".into(),
        measure: None,
        reach: points.last().map(|point| point.date),
        points,
        told: Vec::new(),
        gone_on: None,
    }
}

/// A series whose newest value is for `end` and whose others are `step` days apart.
pub(crate) fn every(step: u64, end: NaiveDate, values: &[f64]) -> Series {
    let back = |at: usize| end - Days::new(step * (values.len() - 1 - at) as u64);
    series(values.iter().enumerate().map(|(at, value)| UsagePoint { date: back(at), value: *value }).collect())
}

/// The same by months.
pub(crate) fn monthly(end: NaiveDate, values: &[f64]) -> Series {
    let back = |at: usize| end - Months::new((values.len() - 1 - at) as u32);
    series(values.iter().enumerate().map(|(at, value)| UsagePoint { date: back(at), value: *value }).collect())
}

/// A list of active days: the values of `daily` that are none are not listed, and the source reaches to `end`.
pub(crate) fn listed(end: NaiveDate, daily: &[f64]) -> Series {
    let mut series = every(1, end, daily);
    series.points.retain(|point| point.value > 0.0);
    series
}

pub(crate) fn read(series: &Series) -> UsageFigures {
    figures(series, series.reach.unwrap()).unwrap()
}

pub(crate) fn trend(series: &Series) -> Option<Trend> {
    read(series).trend
}

/// `n` values that go up and down by a tenth around `mean`.
pub(crate) fn steady(n: usize, mean: f64) -> Vec<f64> {
    (0..n).map(|at| mean * [1.0, 1.1, 0.95, 1.05, 0.9][at % 5]).collect()
}

/// Values one after another.
pub(crate) fn then(mut first: Vec<f64>, n: usize, value: f64) -> Vec<f64> {
    first.extend(vec![value; n]);
    first
}
