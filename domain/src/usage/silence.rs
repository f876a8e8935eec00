//! Whether use has ended: a customer's idle days, against its own habit and against the same weeks a year ago.

use chrono::{Days, NaiveDate};

use super::history::{Span, YEAR, days};

/// Nobody who is not seasonal is idle for so long and still a user.
const ALWAYS_SILENT: i64 = 60;
/// Under this it may be a long weekend or a week off, whatever the habit.
const NEVER_SILENT_UNDER: i64 = 14;

/// What the idle days at the end of a series say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Idle {
    /// Nothing: as a habit of this customer they are too few.
    Usual,
    /// It is idle in these weeks every year.
    Seasonal,
    /// Use has ended, or there never was any.
    Silent,
}

/// Days without use, both included.
#[derive(Debug, Clone, Copy)]
struct Run {
    from: NaiveDate,
    to: NaiveDate,
}

impl Run {
    fn length(self) -> i64 {
        days(self.from, self.to) + 1
    }

    /// How many days are in both.
    fn shared(self, other: Self) -> i64 {
        (days(self.from.max(other.from), self.to.min(other.to)) + 1).max(0)
    }
}

/// Judges the days from the last use to `end`. `used` are the spans with use, oldest first.
pub(super) fn idle(used: &[Span], end: NaiveDate) -> Idle {
    let Some(last_use) = used.last().map(|span| span.to) else { return Idle::Silent };
    let now = Run { from: last_use + Days::new(1), to: end };
    let runs = idle_runs(used);
    if !is_long(now.length(), usual(&runs, last_use)) {
        Idle::Usual
    } else if is_yearly(now, &runs, last_use) {
        Idle::Seasonal
    } else {
        Idle::Silent
    }
}

/// Over 1.5 times the usual, in whole numbers.
fn is_long(length: i64, usual: i64) -> bool {
    length >= ALWAYS_SILENT || length >= NEVER_SILENT_UNDER && 2 * length > 3 * usual
}

/// The idle runs between two uses, oldest first.
fn idle_runs(used: &[Span]) -> Vec<Run> {
    let between = |pair: &[Span]| Run { from: pair[0].to + Days::new(1), to: pair[1].from - Days::new(1) };
    used.windows(2).map(between).filter(|run| run.from <= run.to).collect()
}

/// The 90th percentile of the idle runs of the year before the last use, in days; none are no days.
fn usual(runs: &[Run], last_use: NaiveDate) -> i64 {
    let in_the_year = runs.iter().filter(|run| days(run.to, last_use) <= YEAR);
    let mut lengths: Vec<i64> = in_the_year.map(|run| run.length()).collect();
    lengths.sort_unstable();
    (lengths.len() * 9).div_ceil(10).checked_sub(1).map_or(0, |nth| lengths[nth])
}

/// Whether a run a year ago covers three quarters of the same weeks, and most of the time since was no long idleness.
fn is_yearly(now: Run, runs: &[Run], last_use: NaiveDate) -> bool {
    let then = Run { from: now.from - Days::new(YEAR as u64), to: now.to - Days::new(YEAR as u64) };
    let since = Run { from: then.to + Days::new(1), to: last_use };
    let long = runs.iter().filter(|run| run.length() >= NEVER_SILENT_UNDER);
    let idle: i64 = long.map(|run| run.shared(since)).sum();
    runs.iter().any(|run| 4 * run.shared(then) >= 3 * now.length()) && 2 * idle <= since.length()
}
