//! Which way usage moves, computed once, when the points are imported.

use contracts::facts::{Trend, UsagePoint};

/// With fewer points than this nobody can tell movement from noise.
const MIN_POINTS: usize = 4;
/// The newest part that is compared with the rest: a third, but two points at least.
const NEWEST: usize = 3;
/// A change under a tenth of the level before is not worth a word.
const MIN_CHANGE: f64 = 0.1;

/// A series in three figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Movement {
    pub(crate) trend: Option<Trend>,
    /// Median of the newest third.
    pub(crate) recent: f64,
    /// Median of the rest; `None` where there is no rest.
    pub(crate) before: Option<f64>,
}

/// Compares the newest third with the rest; `None` without points. `points` are sorted, oldest first.
pub(crate) fn movement(points: &[UsagePoint]) -> Option<Movement> {
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let newest = (values.len() / NEWEST).max(2).min(values.len());
    let (rest, newest) = values.split_at(values.len() - newest);
    let (recent, before) = (median(newest)?, median(rest));
    let trend = before.filter(|_| values.len() >= MIN_POINTS).map(|before| {
        let change = recent - before;
        let matters = change != 0.0 && change.abs() >= MIN_CHANGE * before;
        match matters && change * (mean(newest) - mean(rest)) > 0.0 && beyond_noise(newest, rest) {
            true if change > 0.0 => Trend::Up,
            true => Trend::Down,
            false => Trend::Flat,
        }
    });
    Some(Movement { trend, recent, before })
}

/// Whether the means of the two groups differ by more than their own scatter explains: a two-sided t test at about
/// 5%. The medians say whether a change matters; they are no use for this question, because those of small whole
/// numbers jump by a step at a time.
fn beyond_noise(newest: &[f64], rest: &[f64]) -> bool {
    let (n, m) = (newest.len() as f64, rest.len() as f64);
    let freedom = n + m - 2.0;
    // Student's t at 97.5%: a little over it from 4 degrees of freedom on (2.78 there, 1.96 in the end).
    let t = 2.0 + 4.0 / freedom;
    let deviation = ((scatter(newest) + scatter(rest)) / freedom).sqrt();
    (mean(newest) - mean(rest)).abs() > t * deviation * (1.0 / n + 1.0 / m).sqrt()
}

/// Sum of squared deviations from the mean.
fn scatter(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().map(|value| value / values.len() as f64).sum()
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len().is_multiple_of(2) { sorted[middle - 1].midpoint(upper) } else { upper })
}

#[cfg(test)]
#[path = "trend_tests.rs"]
mod tests;
