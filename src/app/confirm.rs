use std::sync::Arc;

use contracts::TaskId;
use domain::tasks::Task;

/// A question before something that costs, or that cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// What it is about, to be looked at first; empty where the question says it all.
    pub shown: String,
    /// What is done where the answer is yes.
    pub then: Confirmed,
}

/// What is done once it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The task is run for all that are marked.
    Batch(TaskId),
    /// The language model may be given the file of the task, which is then run.
    Trust(Arc<Task>),
    /// The program ends, and what is under way with it.
    Quit,
}
