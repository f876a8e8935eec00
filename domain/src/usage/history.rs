//! What kind of series it is, and the same series in steps that can be compared.
//!
//! Some sources list the days with use and leave out the others, some have a row for every day, some a row for every week
//! or month. A row stands for a span of days that ends on its date; monthly rows that are all dated on a first are
//! dated at the beginning of their month instead.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use contracts::facts::{Measure, UsagePoint};

use crate::rows::Series;

/// Single days are compared by whole weeks, because working days differ from weekends.
pub(super) const WEEK: u32 = 7;
/// Whole weeks, so that weekdays meet weekdays.
pub(super) const YEAR: i64 = 364;

/// Rows at least so many days apart stand for periods.
const SHORTEST_PERIOD: i64 = 5;
/// February in days, and the usual month.
const SHORTEST_MONTH: u32 = 28;
const MONTH: u32 = 30;
/// Larger values are taken for this one, so that sums and their squares stay finite.
const LARGEST: f64 = 1e150;
/// A newest bucket that may be running still is left out of comparisons under this share of the one before.
const WHOLE_SHARE: f64 = 0.75;

/// The days a row stands for, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) value: f64,
}

/// A series up to a day.
#[derive(Debug, PartialEq)]
pub(super) struct History {
    pub(super) measure: Measure,
    /// The usual distance of two rows, in days.
    pub(super) step_days: u32,
    /// The rows with use, oldest first.
    pub(super) spans: Vec<Span>,
    /// What is compared, oldest first, from the first use on where there is any: weeks of single days, else buckets;
    /// whole ones alone. Of a count the totals, of a level the means.
    pub(super) steps: Vec<f64>,
    /// How long one of `steps` is, in days.
    pub(super) unit_days: u32,
    /// The value of the newest day or bucket.
    pub(super) now: f64,
    /// The day up to which no row means no use.
    pub(super) end: NaiveDate,
    /// The newest day the rows speak of.
    pub(super) newest: NaiveDate,
}

impl History {
    /// The series as of a day; none where it has no point until then.
    pub(super) fn of(series: &Series, as_of: NaiveDate) -> Option<Self> {
        let points = &series.points[..series.points.partition_point(|point| point.date <= as_of)];
        let (first, last) = (points.first()?, points.last()?);
        Some(match period(points) {
            Some(step) => Self::of_periods(points, step, series.measure.unwrap_or(Measure::Level), as_of),
            None => {
                let reach = series.reach.filter(|_| !lists_idle_days(points)).map_or(last.date, |day| day.min(as_of));
                let end = if reach < first.date { last.date } else { reach };
                Self::of_days(points, end, series.measure.unwrap_or(Measure::Count))
            }
        })
    }

    fn of_days(points: &[UsagePoint], end: NaiveDate, measure: Measure) -> Self {
        let all = points.iter().map(|point| Span { from: point.date, to: point.date, value: point.value.min(LARGEST) });
        let spans: Vec<Span> = all.filter(|span| span.value > 0.0).collect();
        let since = spans.first().map_or(points[0].date, |first| first.from);
        let known = (days(since, end) + 1).max(0);
        let unit = known.clamp(1, WEEK.into());
        let mut steps = vec![0.0; (known / unit) as usize];
        for span in spans.iter().filter(|span| span.to <= end) {
            let back = (days(span.to, end) / unit) as usize;
            if let Some(step) = steps.iter_mut().rev().nth(back) {
                *step += if measure == Measure::Count { span.value } else { span.value / unit as f64 };
            }
        }
        let last = points.last().filter(|point| point.date >= end);
        let newest = last.map_or(end, |point| point.date);
        let now = last.map_or(0.0, |point| point.value);
        Self { measure, step_days: 1, spans, steps, unit_days: unit as u32, now, end, newest }
    }

    fn of_periods(points: &[UsagePoint], step: u32, measure: Measure, as_of: NaiveDate) -> Self {
        let buckets = buckets(points, step);
        let last = buckets[buckets.len() - 1];
        let end = last.to.min(as_of);
        let whole = match &buckets[..] {
            [whole @ .., last] if may_run(last, step, as_of) && is_short(last, whole.last()) => whole,
            all => all,
        };
        let since = whole.iter().position(|bucket| bucket.value > 0.0).unwrap_or_default();
        let steps = whole[since..].iter().map(|bucket| bucket.value).collect();
        let used = buckets.iter().filter(|bucket| bucket.value > 0.0);
        let spans = used.map(|bucket| Span { to: bucket.to.min(as_of), ..*bucket }).collect();
        Self { measure, step_days: step, spans, steps, unit_days: step, now: last.value, end, newest: end }
    }
}

/// Whether rows stand for periods of several days (weeks, months, …) rather than for single ones.
pub fn is_periodic(points: &[UsagePoint]) -> bool {
    period(points).is_some()
}

/// How long the periods are, in days: the usual distance of two rows, where three quarters of them keep it to an eighth,
/// as months do. None where rows stand for single days, or where there are too few to tell.
fn period(points: &[UsagePoint]) -> Option<u32> {
    let mut gaps: Vec<i64> = points.windows(2).map(|pair| days(pair[0].date, pair[1].date)).collect();
    gaps.sort_unstable();
    let step = *gaps.get(gaps.len() / 2).filter(|step| gaps.len() > 1 && **step >= SHORTEST_PERIOD)?;
    let regular = gaps.iter().filter(|gap| (**gap - step).abs() <= (step / 8).max(1)).count();
    (4 * regular >= 3 * gaps.len()).then(|| u32::try_from(step).ok()).flatten()
}

/// Whether days without use have rows, too, so that a day without a row is not known: zeros, and rows for half of the days.
fn lists_idle_days(points: &[UsagePoint]) -> bool {
    let covered = points.first().zip(points.last()).map_or(0, |(first, last)| days(first.date, last.date));
    points.iter().any(|point| point.value == 0.0) && 2 * points.len() as i64 > covered
}

/// What periodic rows stand for. A bucket reaches to the next one, so that a row that is missing is no idle time.
fn buckets(points: &[UsagePoint], step: u32) -> Vec<Span> {
    let begins_on_date = step >= SHORTEST_MONTH && points.iter().all(|point| point.date.day() == 1);
    let span = |(at, point): (usize, &UsagePoint)| {
        let (before, after) = (points[..at].last(), points.get(at + 1));
        let (from, to) = if begins_on_date {
            let end = after.map_or_else(|| end_of_months(point.date, step), |after| after.date - Days::new(1));
            (point.date, end)
        } else {
            let first = || point.date - Days::new(u64::from(step) - 1);
            (before.map_or_else(first, |before| before.date + Days::new(1)), point.date)
        };
        Span { from, to, value: point.value.min(LARGEST) }
    };
    points.iter().enumerate().map(span).collect()
}

/// The last day of a bucket of whole months.
fn end_of_months(from: NaiveDate, step: u32) -> NaiveDate {
    let months = (step + MONTH / 2) / MONTH;
    from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX) - Days::new(1)
}

/// Whether a bucket may have been read before it ended: its end is still to come, or it is a week that is dated on a day
/// on which weeks begin as often as they end.
fn may_run(last: &Span, step: u32, as_of: NaiveDate) -> bool {
    let may_begin = step == WEEK && matches!(last.to.weekday(), Weekday::Mon | Weekday::Sun);
    last.to > as_of || may_begin && days(last.to, as_of) < i64::from(WEEK) - 1
}

fn is_short(last: &Span, before: Option<&Span>) -> bool {
    before.is_some_and(|before| last.value < WHOLE_SHARE * before.value)
}

/// From one day to another.
pub(super) fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}
