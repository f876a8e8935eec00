//! What usage came to in a period, beside the one before.

use chrono::NaiveDate;
use contracts::facts::Measure;
use serde::{Deserialize, Serialize};

use super::history::{History, days};
use crate::{period::Period, rows::Series};

/// What usage came to in a period: the total of a count, the mean of a level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsagePeriod {
    /// In the period.
    pub value: f64,
    /// In the one before; absent where one of the two is not on record whole.
    pub before: Option<f64>,
}

/// What the series came to as of a day; `None` where it has no row in the period until then.
pub fn in_period(series: &Series, as_of: NaiveDate, period: Period) -> Option<UsagePeriod> {
    let history = &History::of(series, as_of)?;
    let value = came_to(series, history, period)?;
    let before = period.before();
    let step = i64::from(history.step_days);
    let begins = series.points.first().is_some_and(|first| days(before.from, first.date) <= step);
    let ends = days(history.end, period.to) <= step;
    Some(UsagePeriod { value, before: came_to(series, history, before).filter(|_| begins && ends) })
}

/// Where rows stand for single days, a day without a row is one without use.
fn came_to(series: &Series, history: &History, period: Period) -> Option<f64> {
    let rows = series.points.iter().filter(|point| period.contains(point.date) && point.date <= history.end);
    let (mut total, mut count) = (0.0, 0);
    rows.for_each(|point| (total, count) = (total + point.value, count + 1));
    let known = days(period.from, period.to.min(history.end)) + 1;
    let of = if history.step_days == 1 { known } else { count };
    (count > 0 && of > 0).then(|| if history.measure == Measure::Count { total } else { total / of as f64 })
}
