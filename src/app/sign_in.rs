use std::time::Duration;

use contracts::Line;

use crate::auth::Prompt;

/// One attempt to sign in; the next one has another id, and whatever comes of an older one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttemptId(pub(super) u64);

/// The attempt to sign in that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Which attempt it is.
    pub attempt: AttemptId,
    /// How far it is.
    pub step: SignInStep,
}

/// How far an attempt is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInStep {
    /// The provider is asked how.
    Starting,
    /// The user has something to do in a browser.
    Waiting {
        /// What.
        prompt: Prompt,
        /// Until when, since the program's start.
        until: Duration,
    },
    /// The user has done it; the tokens are being kept.
    Keeping,
    /// It did not work; why, in a sentence.
    Failed(String),
}

/// What an attempt comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInEvent {
    /// The user has something to do.
    Prompted(Prompt),
    /// The user has done it. Nobody is signed in yet.
    Granted,
    /// Somebody is signed in.
    Kept {
        /// Who.
        name: Line,
        /// Where the tokens are, in words.
        place: String,
    },
    /// It did not work; why, in a sentence.
    Failed(String),
}
