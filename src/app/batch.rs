use std::collections::VecDeque;

use contracts::{CustomerId, TaskId};

use super::{Model, RunStatus, Topic};

/// So many runs of a batch at most are under way at once.
pub(super) const AT_ONCE: usize = 4;

/// One task for several customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The task.
    pub task: TaskId,
    /// The customers it is for.
    pub customers: Vec<CustomerId>,
    /// Those whose turn has not come.
    pub(super) waiting: VecDeque<CustomerId>,
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many customers it is for.
    pub all: usize,
    /// How many have their answer.
    pub answered: usize,
    /// How many have none and will get none.
    pub failed: usize,
}

impl Progress {
    /// Whether nothing is under way or waits.
    pub fn is_over(self) -> bool {
        self.answered + self.failed == self.all
    }
}

impl Model {
    /// How far the batch is; none where there is none.
    pub fn progress(&self) -> Option<Progress> {
        let batch = self.batch.as_ref()?;
        let topic = Topic::Task(batch.task.clone());
        let mut progress = Progress { all: batch.customers.len(), ..Progress::default() };
        for customer in batch.customers.iter().filter(|customer| !batch.waiting.contains(customer)) {
            match self.runs.get(customer, &topic).map(|run| &run.status) {
                Some(RunStatus::Running) => {}
                Some(RunStatus::Finished) => progress.answered += 1,
                Some(RunStatus::Failed(_) | RunStatus::Cancelled) | None => progress.failed += 1,
            }
        }
        Some(progress)
    }
}
