//! Which way usage moves: the last window against the one before, where they differ by more than noise.
//!
//! The noise is the scatter of the window before, taken between whole weeks or buckets, so that weekends are none. A rise
//! must stand out of its own scatter, too: one good week is none. A count scatters at least as much as events that come by
//! chance. Neighbouring weeks often resemble each other, which makes windows drift apart further than their scatter tells; a
//! share of the level allows for that.

use std::cmp::Ordering;

use contracts::facts::{Measure, Trend};

use super::{
    history::{History, WEEK, YEAR},
    silence::Idle,
};

/// How long the window is, in days; longer steps have [`WINDOW_STEPS`].
const WINDOW_DAYS: u32 = 4 * WEEK;
const WINDOW_STEPS: u32 = 3;
/// The window before is so many times as long, where there is so much.
const BEFORE: usize = 3;
/// A change under a tenth of the level before is not worth a word.
const MIN_CHANGE: f64 = 0.1;
/// How many standard errors are noise: more, the fewer steps the scatter is known from.
const NOISE: f64 = 1.55;
const NOISE_OF_FEW: f64 = 4.0;
/// The same where the scatter is that of chance alone, which needs no steps to be known from.
const NOISE_OF_CHANCE: f64 = 1.8;
/// How far, as a share of the level before, windows drift apart by themselves.
const DRIFT: f64 = 0.06;

/// A series in three figures.
#[derive(Debug, PartialEq)]
pub(super) struct Movement {
    pub(super) trend: Option<Trend>,
    /// The last window: the total of a count, the mean of a level.
    pub(super) recent: f64,
    /// What it is compared with, brought to the same length.
    pub(super) before: Option<f64>,
    /// How many steps the last window has.
    pub(super) window: u32,
    /// Whether that is the same window a year ago.
    pub(super) seasonal: bool,
}

/// Compares the newest steps with those before, or with those a year ago where the season explains the difference.
pub(super) fn movement(history: &History, idle: Idle) -> Movement {
    let unit = history.unit_days;
    let length = (WINDOW_DAYS / unit).max(WINDOW_STEPS) as usize;
    let enough = WINDOW_DAYS.div_ceil(unit).max(WINDOW_STEPS) as usize;
    let is_count = history.measure == Measure::Count;
    let now = Windows::of(&history.steps, length);
    let compared = now.as_ref().filter(|windows| windows.before.len() >= enough);
    let years_before = history.steps.len().checked_sub((YEAR as u32 + unit / 2) as usize / unit as usize);
    let a_year_ago = years_before.and_then(|until| Windows::of(&history.steps[..until], length));

    let called = compared.map(|windows| windows.against_before(is_count));
    let moved = matches!(called, Some(Trend::Up | Trend::Down));
    let season = now.as_ref().zip(a_year_ago.as_ref()).filter(|(now, then)| match idle {
        Idle::Seasonal => true,
        Idle::Usual => moved && now.moves_as(then),
        Idle::Silent => false,
    });
    let (before, trend) = match season {
        Some((now, then)) => (Some(then.recent), Some(now.against(then, is_count))),
        None => (compared.map(|windows| windows.before), called),
    };
    let recent = &history.steps[history.steps.len().saturating_sub(length)..];
    let figure = |steps: &[f64]| if is_count { mean(steps) * recent.len() as f64 } else { mean(steps) };
    Movement {
        trend: if idle == Idle::Usual || season.is_some() { trend } else { Some(Trend::Silent) },
        recent: figure(recent),
        before: before.map(figure),
        window: recent.len() as u32,
        seasonal: season.is_some(),
    }
}

/// How many steps in a row went up (positive) or down (negative), up to the newest.
pub(super) fn streak(steps: &[f64]) -> i32 {
    let mut moves = steps.windows(2).rev().map(|pair| pair[1].total_cmp(&pair[0]));
    let newest = moves.next().unwrap_or(Ordering::Equal);
    let length = 1 + moves.take_while(|step| *step == newest).count() as i32;
    length * newest as i32
}

/// The newest steps of a series, and those before them.
struct Windows<'a> {
    recent: &'a [f64],
    before: &'a [f64],
}

impl<'a> Windows<'a> {
    /// None where there are too few steps for the newest window.
    fn of(steps: &'a [f64], length: usize) -> Option<Self> {
        let (rest, recent) = steps.split_at(steps.len().checked_sub(length)?);
        Some(Self { recent, before: &rest[rest.len().saturating_sub(BEFORE * length)..] })
    }

    fn against_before(&self, is_count: bool) -> Trend {
        let rises = mean(self.recent) > mean(self.before);
        let (before, both) = (scatter(&[self.before]), scatter(&[self.before, self.recent]));
        judge(self.recent, self.before, if rises { before.max(both) } else { before }, is_count)
    }

    /// The same window a year ago has its own noise, as this one has: not that of other seasons.
    fn against(&self, then: &Self, is_count: bool) -> Trend {
        judge(self.recent, then.recent, scatter(&[self.recent, then.recent]), is_count)
    }

    /// Whether a year ago it moved the same way and at least half as far, and has come back at least half the way since.
    fn moves_as(&self, then: &Self) -> bool {
        let (was, became, came_back) = (mean(then.before), mean(then.recent), mean(self.before));
        let moves = |from: f64, to: f64| (to - from) / from.max(f64::MIN_POSITIVE);
        let (now, a_year_ago) = (moves(came_back, mean(self.recent)), moves(was, became));
        let returned = came_back - became;
        !then.before.is_empty()
            && now * a_year_ago > 0.0
            && 2.0 * a_year_ago.abs() >= now.abs()
            && returned * (was - became) > 0.0
            && 2.0 * returned.abs() >= (was - became).abs()
    }
}

/// Which way a window has moved from another by more than noise; `scatter` is that of one step.
fn judge(recent: &[f64], before: &[f64], scatter: f64, is_count: bool) -> Trend {
    let (now, then) = (mean(recent), mean(before));
    let (change, steps) = (now - then, (recent.len() + before.len()) as f64);
    let spread = (1.0 / recent.len() as f64 + 1.0 / before.len() as f64).sqrt();
    let overall = now * (recent.len() as f64 / steps) + then * (before.len() as f64 / steps);
    let chance = if is_count { NOISE_OF_CHANCE * overall.sqrt() } else { 0.0 };
    let is_called = change.abs() > scatter.max(chance) * spread + DRIFT * then && change.abs() >= MIN_CHANGE * then;
    match change {
        _ if !is_called => Trend::Flat,
        0.0.. => Trend::Up,
        _ => Trend::Down,
    }
}

/// How far steps lie around the mean of their window by themselves: so many standard deviations as are noise.
fn scatter(windows: &[&[f64]]) -> f64 {
    let freedom: f64 = windows.iter().map(|steps| steps.len() as f64 - 1.0).sum();
    let squares = |steps: &&[f64]| {
        let mean = mean(steps);
        steps.iter().map(|step| (step - mean) * (step - mean)).sum::<f64>()
    };
    (NOISE + NOISE_OF_FEW / freedom) * (windows.iter().map(squares).sum::<f64>() / freedom).sqrt()
}

/// The mean, 0 of none.
fn mean(steps: &[f64]) -> f64 {
    steps.iter().sum::<f64>() / steps.len().max(1) as f64
}
