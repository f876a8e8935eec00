use std::path::PathBuf;

use contracts::Line;

use crate::config::ServerUrl;

/// Why a sign-in did not work, in a sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// No answer, or one that says "not now". Nobody is signed out by this.
    #[error("Could not reach the sign-in service at {0}; check the network and try again.")]
    Unreachable(ServerUrl),
    /// What answers is not what was configured.
    #[error("The sign-in service at {issuer} cannot be used: {why}.")]
    NotUsable {
        /// The configured issuer.
        issuer: ServerUrl,
        /// What is wrong with it, without a full stop.
        why: Line,
    },
    /// The device grant was asked for and is not there.
    #[error("The sign-in service at {0} does not offer sign-in by code; use `cs-copilot login --browser`.")]
    NoDeviceGrant(ServerUrl),
    /// The user, or whoever decides, said no.
    #[error("The sign-in was refused in the browser.")]
    Denied,
    /// Nobody finished the sign-in while its code or address was good.
    #[error("The sign-in was not finished in time; start it again.")]
    TooLate,
    /// Any other OAuth error.
    #[error("The sign-in service refused the sign-in: {0}.")]
    Refused(Line),
    /// The tokens are used up or were revoked.
    #[error("Your sign-in has ended; sign in again with `cs-copilot login`.")]
    Ended,
    /// The tokens cannot be kept or read.
    #[error("The sign-in cannot be kept in {}: {why}.", place.display())]
    Store {
        /// The file or directory.
        place: PathBuf,
        /// What the system says, without a full stop.
        why: String,
    },
    /// The sign-in is in the keyring, or belongs there.
    #[error("This machine's keyring cannot be used: {0}; unlock it, or set auth.store to \"file\" and sign in again.")]
    Keyring(String),
    /// No port of this machine can be listened on.
    #[error("No port of this machine can be listened on for the browser's answer: {0}.")]
    NoPort(String),
}
