//! Why a model gives no answer. Each error is the beginning of a sentence.

use super::failed::FailedAttempt;
use crate::secrets::SecretError;

/// Why there is no answer of the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// There is neither a key nor a server of one's own.
    #[error("No language model is configured")]
    NotConfigured,
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
    /// The model's server did not answer, or with an error, or with what is no answer.
    #[error(transparent)]
    Refused(#[from] FailedAttempt),
}
