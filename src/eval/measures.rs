//! What a model's answers come to over a whole evaluation, and whether that is good enough.

use contracts::eval::{EvalResult, ModelCounts};
use serde::Serialize;

use crate::config::EvalLimits;

/// Something that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; see the limits of each")]
pub enum Measure {
    RemovedLines,
    RetoldLines,
    ForeignLines,
    RepeatedLines,
    OwnLines,
    ShownLines,
    UnknownIds,
    RefusedCalls,
    Carried,
    Causes,
    Tokens,
    FirstPoint,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 12] = [
        Self::RemovedLines,
        Self::RetoldLines,
        Self::ForeignLines,
        Self::RepeatedLines,
        Self::OwnLines,
        Self::ShownLines,
        Self::UnknownIds,
        Self::RefusedCalls,
        Self::Carried,
        Self::Causes,
        Self::Tokens,
        Self::FirstPoint,
    ];

    /// The words for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::RemovedLines => "lines taken out",
            Self::RetoldLines => "lines that retell a statement",
            Self::ForeignLines => "lines in another language",
            Self::RepeatedLines => "lines said of others, too",
            Self::OwnLines => "lines of the model's own",
            Self::ShownLines => "lines an answer",
            Self::UnknownIds => "statements that there are not",
            Self::RefusedCalls => "refused calls a run",
            Self::Carried => "needed statements said",
            Self::Causes => "actions with a cause",
            Self::Tokens => "tokens a run",
            Self::FirstPoint => "ms to the first point",
        }
    }

    /// Whether more of it is better.
    fn is_wanted(self) -> bool {
        matches!(self, Self::Carried | Self::Causes)
    }

    /// Whether it is a share.
    fn is_share(self) -> bool {
        !matches!(self, Self::ShownLines | Self::Tokens | Self::FirstPoint)
    }

    fn figure(self, value: f64) -> String {
        if self.is_share() { format!("{value:.0}%") } else { format!("{value:.0}") }
    }

    fn limit(self, limits: &EvalLimits) -> f64 {
        match self {
            Self::RemovedLines => limits.removed_lines.into(),
            Self::RetoldLines => limits.retold_lines.into(),
            Self::ForeignLines => limits.foreign_lines.into(),
            Self::RepeatedLines => limits.repeated_lines.into(),
            Self::OwnLines => limits.own_lines.into(),
            Self::ShownLines => limits.shown_lines.into(),
            Self::UnknownIds => limits.unknown_ids.into(),
            Self::RefusedCalls => limits.refused_calls.into(),
            Self::Carried => limits.carried.into(),
            Self::Causes => limits.causes.into(),
            Self::Tokens => limits.tokens as f64,
            Self::FirstPoint => limits.first_point_ms as f64,
        }
    }

    /// What it comes to over these results; `None` where there is nothing to measure.
    fn of(self, results: &[EvalResult]) -> Option<f64> {
        let counts: Vec<&ModelCounts> = results.iter().filter_map(|result| result.written.as_ref()).collect();
        let sum = |count: fn(&ModelCounts) -> u32| counts.iter().map(|counts| u64::from(count(counts))).sum::<u64>();
        let percent = |part: u64, whole: u64| (whole > 0).then(|| part as f64 * 100.0 / whole as f64);
        let runs = counts.len() as u64;
        match self {
            Self::RemovedLines => percent(sum(|counts| counts.removed), sum(|counts| counts.lines)),
            Self::RetoldLines => percent(sum(|counts| counts.retold), sum(|counts| counts.lines)),
            Self::ForeignLines => percent(sum(|counts| counts.foreign), sum(|counts| counts.lines)),
            Self::RepeatedLines => percent(sum(|counts| counts.repeated), sum(|counts| counts.lines)),
            Self::OwnLines => percent(sum(|counts| counts.own), sum(|counts| counts.shown)),
            Self::ShownLines => (runs > 0).then(|| sum(|counts| counts.shown) as f64 / runs as f64),
            Self::UnknownIds => percent(sum(|counts| counts.unknown_ids), sum(|counts| counts.ids)),
            Self::RefusedCalls => percent(sum(|counts| counts.refused_calls), runs),
            Self::Carried => percent(sum(|counts| counts.carried), sum(|counts| counts.needed)),
            Self::Causes => percent(sum(|counts| counts.caused), sum(|counts| counts.actions)),
            Self::Tokens => {
                let of = |result: &EvalResult| result.input_tokens.unwrap_or(0) + result.output_tokens.unwrap_or(0);
                (runs > 0).then(|| results.iter().map(of).sum::<u64>() as f64 / runs as f64)
            }
            Self::FirstPoint => {
                let times: Vec<f64> = counts.iter().filter_map(|counts| counts.first_point_ms).collect();
                (!times.is_empty()).then(|| times.iter().sum::<f64>() / times.len() as f64)
            }
        }
    }
}

/// What was measured, and what it may come to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// What.
    pub measure: Measure,
    /// What it came to: percent, tokens or milliseconds.
    pub value: f64,
    /// The most of it, or the least where more is better.
    pub limit: f64,
    /// Whether it is within its limit.
    pub passed: bool,
}

/// Everything that can be measured in these results; nothing where no model was asked.
pub fn measured(results: &[EvalResult], limits: &EvalLimits) -> Vec<Measured> {
    let measured = |measure: Measure| {
        let (value, limit) = (measure.of(results)?, measure.limit(limits));
        let passed = if measure.is_wanted() { value >= limit } else { value <= limit };
        Some(Measured { measure, value, limit, passed })
    };
    Measure::ALL.into_iter().filter_map(measured).collect()
}

impl Measured {
    /// `12%`.
    pub fn figure(&self) -> String {
        self.measure.figure(self.value)
    }

    /// `lines taken out 12% (5% at the most)`.
    pub fn words(&self) -> String {
        let bound = if self.measure.is_wanted() { "at the least" } else { "at the most" };
        format!("{} {} ({} {bound})", self.measure.label(), self.figure(), self.measure.figure(self.limit))
    }
}
