//! Why the model gives no answer, so that the rules must. Each error is the beginning of a sentence.

use contracts::TaskId;

use super::{refusal::Refusal, turn::Flaw};
use crate::secrets::SecretError;

/// Why there is no answer of the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// There is neither a key nor a server of one's own.
    #[error("No language model is configured")]
    NotConfigured,
    /// The configuration names other models for the task.
    #[error("The model {model} is not allowed for the task {task}")]
    NotAllowed {
        /// The model that is configured.
        model: String,
        /// The task.
        task: TaskId,
    },
    /// The keyring, or the file in its place.
    #[error("The model's key cannot be read ({0})")]
    KeyUnreadable(#[from] SecretError),
    /// No header can carry the key.
    #[error("The key for the model's server has signs in it that no key has")]
    KeyUnfit,
    /// No connection can be made from this machine.
    #[error("This machine's root certificates cannot be used")]
    NoCertificates,
    /// Whoever asks has had all of today's tokens.
    #[error("Today's budget of {daily} tokens is used up")]
    BudgetUsedUp {
        /// How many there are a day (UTC).
        daily: u64,
    },
    /// The file with today's tokens.
    #[error("The count of today's tokens cannot be read")]
    CountUnreadable,
    /// The same.
    #[error("The count of today's tokens cannot be kept")]
    CountUnkept,
    /// Who asks is not known.
    #[error("The tools server could not be reached")]
    NoTools,
    /// The names of the other customers are not known.
    #[error("The book could not be read")]
    NoBook,
    /// The model's server did not answer, or with an error.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What came is no answer.
    #[error(transparent)]
    Flawed(#[from] Flaw),
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
    /// The server did not keep to what it was allowed.
    #[error("The model took more tokens than a run may")]
    TookTooMany,
}
