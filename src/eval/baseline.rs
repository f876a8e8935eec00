//! Which evaluation a new one is compared with where nobody names one.

use std::collections::BTreeSet;

use contracts::{CustomerId, EvalId, eval::EvalResult, planner::Task};

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
    fn cases(&self) -> BTreeSet<(Task, &CustomerId)> {
        self.results.iter().map(|result| (result.task, &result.customer_id)).collect()
    }
}

/// The newest of those that have the most of these cases; none where none has any. `earlier` begins with the newest.
///
/// One that was worse than what it would have been compared with is passed over: getting worse must not become the
/// measure of what comes next.
pub fn pick(mut earlier: Vec<Earlier>, cases: &BTreeSet<(Task, CustomerId)>) -> Option<Earlier> {
    for one in &mut earlier {
        one.results.retain(|result| cases.contains(&(result.task, result.customer_id.clone())));
    }
    let most = earlier.iter().map(|one| one.cases().len()).max().filter(|most| *most > 0)?;
    let alike = earlier.into_iter().rev().filter(|one| one.cases().len() == most);
    alike.reduce(|measure, next| {
        let is_worse = !compare(measure.id.clone(), &measure.results, &next.results).regressions.is_empty();
        if is_worse { measure } else { next }
    })
}
