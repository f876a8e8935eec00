//! Usage as of a day: which way it moves, whether it has stopped, and how old it is.
//!
//! `history` tells what kind of series it is and brings it into steps, `silence` tells whether use has ended, `trend` which
//! way the steps move, and [`reach`] up to which day a source speaks at all.

use std::cmp::Reverse;

use chrono::{Datelike, Days, NaiveDate};
use contracts::{
    Line, SourceName,
    delivery::UsageSummary,
    facts::{Measure, Trend},
};
use serde::{Deserialize, Serialize};

use crate::rows::Series;
use history::History;

mod history;
mod period;
pub mod reach;
mod silence;
mod trend;

pub use history::is_periodic;
pub use period::{UsagePeriod, in_period};

/// Usage is fresh for two of its usual steps and this many days, …
const GRACE_DAYS: u32 = 7;
/// … and at least for so many.
const FRESH_DAYS: u32 = 21;
/// How far back the beginning of a fall is looked for.
const WEEKS_BACK: u64 = 52;

/// What a series says as of a day.
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
    /// The value of the newest day or bucket.
    pub now: f64,
    /// The last window (28 days, or 3 longer steps): the total of a count, the mean of a level.
    pub recent: f64,
    /// The window before, or where `seasonal` the same one a year ago, brought to the same length; absent where there is
    /// too little.
    pub before: Option<f64>,
    /// How long the last window is, in days; 0 where the source computed the figures itself.
    pub window_days: u32,
    /// The usual distance of two points, in days; 0 where the source computed the figures itself.
    pub step_days: u32,
    /// The newest day the data speak of: the newest point, in lists of active days the source's reach.
    pub newest: NaiveDate,
    /// The newest day with use; absent where there was none at all.
    pub last_use: Option<NaiveDate>,
    /// How many steps in a row it has gone up (positive) or down (negative), up to the newest whole one; steps are
    /// [`streak_step`](Self::streak_step) long.
    pub streak: i32,
    /// The end (a Sunday) of the week in which it began to go down, where it does and has since; it is the same on every
    /// later day. Absent where it does not go down.
    #[serde(default)]
    pub down_since: Option<NaiveDate>,
    /// Whether it is compared with the same weeks a year ago, because it moved, or was idle, in them then as it does now.
    pub seasonal: bool,
    /// What it came to in the period; absent where it has no row in it, or where only the figures
    /// were read.
    #[serde(default)]
    pub period: Option<UsagePeriod>,
}

impl UsageFigures {
    /// How long the steps of the streak are, in days: single days are taken together into weeks.
    pub fn streak_step(&self) -> u32 {
        if self.step_days == 1 { history::WEEK } else { self.step_days }
    }
}

/// What a series says as of `as_of`; none where it has no row not after that day. A bucket that was still running when
/// the source was last asked is known to be whole only by that day: where that is before the as-of day, pass it instead.
pub fn figures(series: &Series, as_of: NaiveDate) -> Option<UsageFigures> {
    let told = series.told.iter().rev().find(|(day, _)| *day <= as_of);
    let measured = History::of(series, as_of).filter(|history| told.is_none_or(|(day, _)| *day <= history.newest));
    measured.map(|history| measured_figures(series, &history)).or_else(|| {
        let (day, summary) = told?;
        Some(told_figures(series, *day, summary))
    })
}

fn measured_figures(series: &Series, history: &History) -> UsageFigures {
    let idle = silence::idle(&history.spans, history.end);
    let movement = trend::movement(history, idle);
    let is_down = movement.trend == Some(Trend::Down);
    UsageFigures {
        source: series.source.clone(),
        metric: series.metric.clone(),
        measure: history.measure,
        trend: movement.trend,
        now: history.now,
        recent: movement.recent,
        before: movement.before,
        window_days: movement.window * history.unit_days,
        step_days: history.step_days,
        newest: history.newest,
        last_use: history.spans.last().map(|span| span.to),
        streak: trend::streak(&history.steps),
        down_since: is_down.then(|| down_since(series, history.end)),
        seasonal: movement.seasonal,
        period: None,
    }
}

/// Since which week it goes down, for a series that does on the day `end`: weeks end on Sundays, and a year is looked back.
fn down_since(series: &Series, end: NaiveDate) -> NaiveDate {
    let this_week = end + Days::new(u64::from(6 - end.weekday().num_days_from_monday()));
    let earlier = (1..=WEEKS_BACK).map(|weeks| this_week - Days::new(weeks * 7));
    let was_down = |day: &NaiveDate| trend_of_week(series, *day) == Some(Trend::Down);
    earlier.take_while(was_down).last().unwrap_or(this_week)
}

/// Which way it moved up to a day, with that day's week known to be whole.
fn trend_of_week(series: &Series, day: NaiveDate) -> Option<Trend> {
    let until_then = Series {
        points: series.points[..series.points.partition_point(|point| point.date <= day)].to_vec(),
        told: Vec::new(),
        reach: series.reach.map(|reach| reach.min(day)),
        source: series.source.clone(),
        metric: series.metric.clone(),
        ..*series
    };
    let history = History::of(&until_then, day + Days::new(history::WEEK.into()))?;
    let idle = silence::idle(&history.spans, history.end);
    trend::movement(&history, idle).trend
}

/// Since when a source that computes it itself says without a break that it goes down.
fn told_down_since(series: &Series, day: NaiveDate) -> Option<NaiveDate> {
    let told = series.told.iter().rev().skip_while(|(told, _)| *told > day);
    told.take_while(|(_, summary)| summary.trend == Trend::Down).last().map(|(day, _)| *day)
}

/// A summary speaks of the day on which it was told.
fn told_figures(series: &Series, day: NaiveDate, told: &UsageSummary) -> UsageFigures {
    let is_idle = told.recent == 0.0 && told.before == 0.0;
    let down_since = told_down_since(series, day).filter(|_| !is_idle);
    UsageFigures {
        source: series.source.clone(),
        metric: series.metric.clone(),
        measure: series.measure.unwrap_or(Measure::Level),
        trend: Some(if is_idle { Trend::Silent } else { told.trend }),
        now: told.recent,
        recent: told.recent,
        before: Some(told.before),
        window_days: 0,
        step_days: 0,
        newest: day,
        last_use: (told.recent > 0.0).then_some(day),
        streak: 0,
        down_since,
        seasonal: false,
        period: None,
    }
}

/// Whether figures are too old to speak of as present: older than two usual steps and a week, 21 days at least.
pub fn is_stale(figures: &UsageFigures, as_of: NaiveDate) -> bool {
    let shelf_life = figures.step_days.saturating_mul(2).saturating_add(GRACE_DAYS).max(FRESH_DAYS);
    as_of.signed_duration_since(figures.newest).num_days() > shelf_life.into()
}

/// The series that stands for usage as of a day: that of `metric`, else the one with most points (what a source computed
/// itself counts as one); of equal ones the first. Series that are gone count only where no other is there, those without
/// rows not at all.
pub fn primary<'a>(series: &'a [Series], metric: Option<&Line>, as_of: NaiveDate) -> Option<&'a Series> {
    let rank = |series: &Series| {
        let points = series.points.partition_point(|point| point.date <= as_of);
        let is_told = series.told.iter().any(|(day, _)| *day <= as_of);
        let is_there = series.gone_on.is_none_or(|day| day > as_of);
        let rows = points.max(usize::from(is_told));
        (rows > 0).then_some(Reverse((is_there, metric == Some(&series.metric), rows)))
    };
    series.iter().filter_map(|series| Some((rank(series)?, series))).min_by_key(|(rank, _)| *rank).map(|(_, it)| it)
}
