//! What the reader must know besides the answer: what is missing, what failed and where, and what is old.

use contracts::Line;
use domain::tasks::Step;

use super::Case;
use crate::{
    backend::{CallError, CallReport},
    words,
};

pub(super) fn notes(case: &Case<'_>, plan: &[Step], reports: &[Option<CallReport>]) -> Vec<Line> {
    let unanswered = plan.iter().zip(reports).filter_map(|(step, report)| {
        let tool = step.call.name();
        match report.as_ref()?.outcome.as_ref().err()? {
            CallError::Missing(what) => Some(format!("No answer from {tool}: {what}")),
            CallError::Failed(failure) => Some(format!("{tool} failed: {failure}")),
        }
    });
    let notes = unanswered.chain(partly_known(case)).chain(old(case));
    notes.map(|note| Line::new(&note)).collect()
}

fn partly_known(case: &Case<'_>) -> Option<String> {
    let health = case.health.filter(|health| !health.gaps.is_empty())?;
    Some(format!(
        "The score rests on {} of 100 weights; not known: {}. With everything known it lies between {} and {}.",
        health.coverage,
        words::gaps(health),
        health.range.low,
        health.range.high
    ))
}

fn old(case: &Case<'_>) -> Option<String> {
    let oldest = case.stale_sources().min_by_key(|source| source.as_of)?;
    let days = case.as_of.signed_duration_since(oldest.as_of).num_days();
    Some(format!(
        "Old data: {} speaks of {}, {} before the day of this answer.",
        oldest.origin,
        words::date(oldest.as_of),
        words::count(days.unsigned_abs(), "day")
    ))
}
