//! What a failed attempt means: where it failed, what to say, and what may help. Pure.

use std::time::Duration;

use contracts::{
    Envelope, ErrorCode, Line, WireError,
    failure::{Failure, Stage},
};
use serde::{Deserialize, de::DeserializeOwned};

/// What may help after an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing this client can do.
    Nothing,
    /// Take over the server's time (Unix seconds) and sign again.
    SetClock(i64),
    /// Ask for a new session and sign again.
    NewSession,
    /// Wait and send it again.
    Wait {
        /// As long as the server asked for.
        at_least: Option<Duration>,
    },
}

/// A failed attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FailedAttempt {
    pub(super) failure: Failure,
    pub(super) remedy: Remedy,
}

impl FailedAttempt {
    pub(super) fn new(stage: Stage, message: impl AsRef<str>, remedy: Remedy) -> Self {
        let failure = Failure { stage, code: None, message: Line::new(message.as_ref()), attempt: 1, request_id: None };
        Self { failure, remedy }
    }

    /// The request never came to an answer.
    pub(super) fn unanswered(place: &str, error: &reqwest::Error) -> Self {
        if error.is_connect() {
            let message = format!("Could not reach {place}; is it running, and is the address right?");
            Self::new(Stage::Connect, message, Remedy::Wait { at_least: None })
        } else {
            let message = format!("The connection to {place} broke before the answer was complete.");
            Self::new(Stage::Connect, message, Remedy::Wait { at_least: None })
        }
    }

    /// The answer is longer than any answer of a tools server.
    pub(super) fn endless(place: &str) -> Self {
        Self::new(Stage::Http, format!("The answer of {place} is too long to be right."), Remedy::Nothing)
    }
}

/// No answer before the deadline.
pub(super) fn timeout(place: &str, deadline: Duration) -> Failure {
    let message = format!("There was no answer from {place} within {} s; try again.", deadline.as_secs_f64());
    FailedAttempt::new(Stage::Timeout, message, Remedy::Nothing).failure
}

/// An answer as it came over the wire.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// The revision of the book it was made of.
    pub(super) revision: Option<u64>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// Reads the envelope. Its code always wins over the HTTP status, which only counts where no envelope came.
    pub(super) fn open<T: DeserializeOwned>(&self, place: &str) -> Result<T, FailedAttempt> {
        let failed = match serde_json::from_slice::<Envelope<T>>(&self.body).map(Envelope::into_result) {
            Ok(Ok(Ok(data))) => return Ok(data),
            Ok(Ok(Err(error))) => self.refused(error),
            Ok(Err(_)) => self.wrong_shape(place),
            Err(_) if self.is_envelope() => self.wrong_shape(place),
            Err(_) => self.no_envelope(place),
        };
        let request_id = self.request_id.as_deref().map(Line::from);
        Err(FailedAttempt { failure: Failure { request_id, ..failed.failure }, ..failed })
    }

    fn is_envelope(&self) -> bool {
        #[derive(Deserialize)]
        struct Shape {
            #[serde(rename = "ok")]
            _ok: bool,
        }
        serde_json::from_slice::<Shape>(&self.body).is_ok()
    }

    fn refused(&self, error: WireError) -> FailedAttempt {
        let WireError { code, message, server_time } = error;
        let remedy = match (code, server_time) {
            (ErrorCode::Unauthorized, Some(time)) => Remedy::SetClock(time),
            (ErrorCode::Unauthorized, None) => Remedy::NewSession,
            (ErrorCode::RateLimited | ErrorCode::Unavailable, _) => Remedy::Wait { at_least: self.retry_after },
            _ => Remedy::Nothing,
        };
        let failure = Failure { stage: stage(code), code: Some(code), message, attempt: 1, request_id: None };
        FailedAttempt { failure, remedy }
    }

    fn wrong_shape(&self, place: &str) -> FailedAttempt {
        let message =
            format!("The answer of {place} does not have the shape it should; are both sides of the same version?");
        FailedAttempt::new(Stage::Schema, message, Remedy::Nothing)
    }

    fn no_envelope(&self, place: &str) -> FailedAttempt {
        let remedy = match self.status {
            429 | 502..=504 => Remedy::Wait { at_least: self.retry_after },
            _ => Remedy::Nothing,
        };
        if self.status == 429 {
            let pause =
                self.retry_after.map_or_else(|| "later".to_owned(), |pause| format!("in {} s", pause.as_secs()));
            let message = format!("Too many requests for {place}; try again {pause}.");
            return FailedAttempt::new(Stage::RateLimit, message, remedy);
        }
        let message =
            format!("Got HTTP {} from {place}, but not as a tools server answers; is the address right?", self.status);
        FailedAttempt::new(Stage::Http, message, remedy)
    }
}

/// Where the server was when it gave up with this code.
fn stage(code: ErrorCode) -> Stage {
    match code {
        ErrorCode::InvalidInput | ErrorCode::Conflict | ErrorCode::TooLarge => Stage::Validate,
        ErrorCode::Unauthorized | ErrorCode::Forbidden => Stage::Auth,
        ErrorCode::Replayed => Stage::Replay,
        ErrorCode::RateLimited => Stage::RateLimit,
        ErrorCode::NotFound | ErrorCode::MissingData | ErrorCode::Unavailable => Stage::Store,
        ErrorCode::ToolFailure => Stage::Tool,
    }
}
