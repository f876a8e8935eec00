//! Usage as of a day: which way it moves, whether it has stopped, and how old it is.

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    facts::{Measure, Trend},
};
use serde::{Deserialize, Serialize};

use crate::rows::Series;

/// What a series says as of a day. Nothing in it but `reach` and the choice of points depends on that day, so that it
/// stays true until the series or its source's reach changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageFigures {
    /// Who measures.
    pub source: SourceName,
    /// What is measured.
    pub metric: Line,
    /// Whether it is a count or a level: said in the data, else a count where single days or events are listed.
    pub measure: Measure,
    /// Which way it moves; absent where there are too few points to say.
    pub trend: Option<Trend>,
    /// The newest value.
    pub now: f64,
    /// The last window (28 days, or 3 longer steps): the total of a count, the mean of a level.
    pub recent: f64,
    /// The window before, brought to the same length; absent where there is too little.
    pub before: Option<f64>,
    /// How long the last window is, in days; 0 where the source computed the figures itself.
    pub window_days: u32,
    /// The usual distance of two points, in days; 0 where the source computed the figures itself.
    pub step_days: u32,
    /// The newest day the data speak of: the newest point, in lists of active days the source's reach.
    pub newest: NaiveDate,
    /// The newest day with use; absent where there was none at all.
    pub last_use: Option<NaiveDate>,
    /// How many steps in a row it has gone up (positive) or down (negative), up to the newest.
    pub streak: i32,
    /// Whether it is compared with the same weeks a year ago, because it is idle in them every year.
    pub seasonal: bool,
}

impl UsageFigures {
    /// How long the steps of the streak are, in days: single days are taken together into weeks.
    pub fn streak_step(&self) -> u32 {
        if self.step_days == 1 { 7 } else { self.step_days }
    }
}

/// What a series says as of `as_of`; none where it has no row not after that day.
pub fn figures(series: &Series, as_of: NaiveDate) -> Option<UsageFigures> {
    let _ = (series, as_of);
    None
}

/// Whether figures are too old to speak of as present: two usual steps and a week, 21 days at least.
pub fn is_stale(figures: &UsageFigures, as_of: NaiveDate) -> bool {
    as_of.signed_duration_since(figures.newest).num_days() > i64::from(2 * figures.step_days + 7).max(21)
}

/// The series that stands for usage as of a day: that of `metric`, else the one with most points; one that is gone
/// counts only where no other is there.
pub fn primary<'a>(series: &'a [Series], metric: Option<&Line>, as_of: NaiveDate) -> Option<&'a Series> {
    series.iter().max_by_key(|series| {
        let is_there = series.gone_on.is_none_or(|day| day > as_of);
        (is_there, metric == Some(&series.metric), series.points.len())
    })
}
