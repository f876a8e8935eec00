//! Sign-in with the team's identity provider: by code or by browser, the tokens kept, renewed and given back.
//!
//! [`Authenticator`] is all that others need. [`Authenticator::begin`] starts an attempt and [`Attempt::finish`] waits for the user; nobody
//! is signed in before [`Authenticator::keep`] gets the tokens, so an attempt that is dropped can never sign anyone in.

mod authenticator;
mod browser;
mod callback;
mod device;
mod discovery;
mod environment;
mod error;
mod lock;
mod provider;
mod store;
mod time;
mod tokens;
mod wire;

use std::time::Duration;

use contracts::Line;

pub use authenticator::{Authenticator, SignedOut};
pub use environment::can_open_browser;
pub use error::AuthError;
pub use time::{Pause, Time};
pub use tokens::{Account, Tokens};

use browser::BrowserAttempt;
use device::DeviceAttempt;

/// How to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By code where the provider offers it, else by browser.
    Any,
    /// By a code that is confirmed on any device.
    Device,
    /// By the browser on this machine.
    Browser,
}

/// What the user has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// The address to open: `https`, or this machine.
    pub address: String,
    /// The code to confirm there. None where the browser of this machine brings the answer back by itself.
    pub code: Option<Line>,
    /// How long there is time.
    pub lives: Duration,
}

/// A sign-in under way. Dropping it gives it up.
#[derive(Debug)]
pub struct Attempt(Kind);

#[derive(Debug)]
enum Kind {
    Device(DeviceAttempt),
    Browser(BrowserAttempt),
}

impl Attempt {
    /// What the user has to do.
    pub fn prompt(&self) -> &Prompt {
        match &self.0 {
            Kind::Device(attempt) => attempt.prompt(),
            Kind::Browser(attempt) => attempt.prompt(),
        }
    }

    /// Waits until the user has done it, or the time is over.
    ///
    /// # Errors
    /// [`AuthError::Denied`], [`AuthError::TooLate`], or what the provider says.
    pub async fn finish(self) -> Result<Tokens, AuthError> {
        match self.0 {
            Kind::Device(attempt) => attempt.finish().await,
            Kind::Browser(attempt) => attempt.finish().await,
        }
    }
}
