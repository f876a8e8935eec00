use contracts::TaskId;

/// A question before something that costs, or that cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// What is done where the answer is yes.
    pub then: Confirmed,
}

/// What is done once it is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The task is run for all that are marked.
    Batch(TaskId),
    /// The program ends, and what is under way with it.
    Quit,
}
