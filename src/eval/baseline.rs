//! Which evaluation a new one is compared with where nobody names one.

use std::{cmp::Ordering, collections::BTreeSet};

use contracts::{CustomerId, EvalId, TaskId, eval::EvalResult};

use super::compare::compare;

/// An evaluation and what its runs came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Earlier {
    /// The evaluation.
    pub id: EvalId,
    /// Its results; without steps will do.
    pub results: Vec<EvalResult>,
}

impl Earlier {
    fn cases(&self) -> BTreeSet<(&TaskId, &CustomerId)> {
        self.results.iter().map(|result| (&result.task, &result.customer_id)).collect()
    }
}

/// Goes on from the evaluation to compare with to the one after it, `next`, if that is to be it instead. From the oldest on
/// it comes to the newest of those that have the most of these cases, or to none where none has any.
///
/// One that was worse than what it would have been compared with is passed over: getting worse must not become the
/// measure of what comes next.
pub fn go_on(measure: Option<Earlier>, mut next: Earlier, cases: &BTreeSet<(TaskId, CustomerId)>) -> Option<Earlier> {
    next.results.retain(|result| cases.contains(&(result.task.clone(), result.customer_id.clone())));
    let common = next.cases().len();
    let Some(measure) = measure else { return (common > 0).then_some(next) };
    let is_worse = || !compare(measure.id.clone(), &measure.results, &next.results).regressions.is_empty();
    let stays = match common.cmp(&measure.cases().len()) {
        Ordering::Less => true,
        Ordering::Equal => is_worse(),
        Ordering::Greater => false,
    };
    Some(if stays { measure } else { next })
}
