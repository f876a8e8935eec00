//! Why the model gives no answer, so that the rules must. Each error is the beginning of a sentence.

use contracts::TaskId;

use crate::chat;

/// Why there is no answer of the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// It cannot be asked, or does not answer.
    #[error(transparent)]
    Chat(#[from] chat::NoAnswer),
    /// The configuration names other models for the task.
    #[error("The model {model} is not allowed for the task {task}")]
    NotAllowed {
        /// The model that is configured.
        model: String,
        /// The task.
        task: TaskId,
    },
    /// The file of the task is the user's own, and nobody confirmed it as the model's instruction.
    #[error("The file of the task {0} is not confirmed as an instruction (cs-copilot tasks trust {0})")]
    NotTrusted(TaskId),
    /// Who asks is not known.
    #[error("The tools server could not be reached")]
    NoTools,
    /// The names of the other customers are not known.
    #[error("The book could not be read")]
    NoBook,
    /// It is no object of the schema, twice.
    #[error("The model's answer did not have the form it must have")]
    Malformed,
    /// More tool calls than a run may make.
    #[error("The model asked for more than {0} tool calls")]
    TooManyCalls(u32),
    /// More turns than a run may have.
    #[error("The model did not come to an end in {0} turns")]
    TooManyTurns(u32),
    /// Another turn would take more than is left.
    #[error("The model would take more tokens than a run may")]
    WouldTakeTooMany,
    /// The questions before this one took what a conversation may.
    #[error(
        "This conversation has taken the tokens that it may; a new one begins with a question that does not follow up"
    )]
    ConversationOver,
    /// The server did not keep to what it was allowed.
    #[error("The model took more tokens than a run may")]
    TookTooMany,
}
