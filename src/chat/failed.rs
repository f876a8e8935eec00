//! What a failed attempt to ask the model means: what to say, and what may help. A server's own words are short and cleaned
//! in it.

use std::time::Duration;

use async_openai::{error::OpenAIError, types::chat::CreateChatCompletionRequest};
use chrono::{DateTime, Utc};
use contracts::{
    Line,
    failure::{Failure, Stage},
};
use reqwest::{Response, header::RETRY_AFTER};

use super::{
    dialect::Dialect,
    said::Said,
    turn::{Flaw, TurnError},
    wire::Unreadable,
};
use crate::words;

/// As much of an error's body is read, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// Longer than this no run waits for a server, whatever it asks for: the rules answer meanwhile.
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// What says that there is no credit left, as a code or in words.
const NO_CREDIT: [&str; 5] = [
    "insufficient_quota",
    "insufficient balance",
    "insufficient_balance",
    "billing_hard_limit",
    "insufficient credits",
];
/// What says that a request is longer than the model reads.
const TOO_LONG: [&str; 4] = ["context_length_exceeded", "context length", "context window", "maximum context"];
/// What a failing server says where the request is to blame: it could not make a grammar or a prompt of it.
const OF_THE_REQUEST: [&str; 4] = ["grammar", "json schema", "json_schema", "jinja"];

/// What may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Nothing this client can do.
    Nothing,
    /// Wait and ask again.
    Wait {
        /// As long as the server asked for.
        exactly: Option<Duration>,
    },
    /// Ask in a simpler way: the server does not take a part of the request.
    Simplify {
        /// Whether that may be any part where it names none.
        may_guess: bool,
    },
}

/// What went wrong, as the beginning of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The whole answer was not there in time. A model on one's own machine may well need more.
    #[error("The model did not answer within {} s (llm.call_seconds)", .0.as_secs_f64())]
    Late(Duration),
    /// The run is over before the answer is.
    #[error("The model did not come to an end within {} s (llm.run_seconds)", .0.as_secs_f64())]
    Endless(Duration),
    /// Nobody answers there.
    #[error("The model's server could not be reached")]
    Unreachable,
    /// Somebody did.
    #[error("The connection to the model broke")]
    Broken,
    /// The request could not be made.
    #[error("The model could not be asked")]
    Unsent,
    /// HTTP 401.
    #[error("The model's server wants a key that it knows, from OPENAI_API_KEY or `cs-copilot config set-key`")]
    Key,
    /// HTTP 403.
    #[error("The model's server does not allow it")]
    Forbidden,
    /// HTTP 402, and what means the same.
    #[error("The account at the model's server has no credit left")]
    NoCredit,
    /// HTTP 404.
    #[error("The model's server knows no such model or address")]
    Unknown,
    /// HTTP 413, and what means the same.
    #[error("The request is longer than the model reads")]
    TooLong,
    /// HTTP 429.
    #[error("The model's server takes no more requests for now")]
    Busy,
    /// Another status.
    #[error("The model's server answered with HTTP {0}")]
    Status(u16),
    /// An error where the answer should be.
    #[error("The model's server answered with an error")]
    Error,
    /// An error behind the beginning of the answer.
    #[error("The model's API failed in the middle of an answer")]
    Failed,
    /// Something else where a piece of the answer should be.
    #[error("The model's server sent something that is no part of an answer")]
    NoAnswer,
    /// The body cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The turn is not read on.
    #[error(transparent)]
    Turn(#[from] TurnError),
    /// The turn is no answer.
    #[error(transparent)]
    Flawed(#[from] Flaw),
}

/// A failed attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}{}{}", self.words(), self.wait())]
pub struct FailedAttempt {
    cause: Cause,
    said: Box<Said>,
    remedy: Remedy,
    request_id: Option<Line>,
}

impl From<Cause> for FailedAttempt {
    fn from(cause: Cause) -> Self {
        Self { cause, said: Box::default(), remedy: Remedy::Nothing, request_id: None }
    }
}

impl FailedAttempt {
    /// The request never came to an answer.
    pub(super) fn unanswered(error: &reqwest::Error) -> Self {
        let cause = if error.is_connect() { Cause::Unreachable } else { Cause::Broken };
        Self { remedy: Remedy::Wait { exactly: None }, ..cause.into() }
    }

    /// The server's answer is an error.
    pub(super) async fn answered(mut response: Response) -> Self {
        let header = |name| response.headers().get(name)?.to_str().ok();
        let exactly = header(RETRY_AFTER.as_str()).and_then(|text| retry_after(text, Utc::now()));
        let request_id = header("x-request-id").map(Line::new);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Ok(Some(piece)) = response.chunk().await
            && body.len() < MAX_BODY
        {
            body.extend_from_slice(&piece);
        }
        Self { request_id, ..Self::of(status, Box::new(Said::in_body(&body)), exactly) }
    }

    /// What came in place of an answer's next piece, or how the server says that it failed.
    pub(super) fn in_answer(error: TurnError, has_begun: bool) -> Self {
        let TurnError::Failed(error) = error else { return Cause::Turn(error).into() };
        let said = Box::new(Said::in_error(&error));
        match said.status {
            _ if has_begun => Self { said, ..Cause::Failed.into() },
            Some(status) => Self::of(status, said, None),
            None => Self { said, remedy: Remedy::Simplify { may_guess: false }, ..Cause::Error.into() },
        }
    }

    fn of(status: u16, said: Box<Said>, exactly: Option<Duration>) -> Self {
        let everything = said.everything().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| everything.contains(word));
        let (cause, remedy) = match status {
            401 => (Cause::Key, Remedy::Nothing),
            402 => (Cause::NoCredit, Remedy::Nothing),
            403 => (Cause::Forbidden, Remedy::Nothing),
            413 => (Cause::TooLong, Remedy::Nothing),
            _ if says(&NO_CREDIT) => (Cause::NoCredit, Remedy::Nothing),
            _ if says(&TOO_LONG) => (Cause::TooLong, Remedy::Nothing),
            404 => (Cause::Unknown, Remedy::Simplify { may_guess: false }),
            429 => (Cause::Busy, Remedy::Wait { exactly }),
            400 | 422 => (Cause::Status(status), Remedy::Simplify { may_guess: true }),
            500 if says(&OF_THE_REQUEST) => (Cause::Status(status), Remedy::Simplify { may_guess: false }),
            408 | 500 | 502..=504 | 529 => (Cause::Status(status), Remedy::Wait { exactly }),
            _ => (Cause::Status(status), Remedy::Simplify { may_guess: false }),
        };
        Self { cause, said, remedy, request_id: None }
    }

    /// How long to wait before it is worth asking again: `pause`, unless the server asked for another time. None where
    /// waiting does not help, or nobody would want to wait so long.
    pub(super) fn wait_for(&self, pause: Duration) -> Option<Duration> {
        let Remedy::Wait { exactly } = self.remedy else { return None };
        Some(exactly.unwrap_or(pause)).filter(|&pause| pause <= LONGEST_WAIT)
    }

    /// How to ask in a simpler way than this one, which was refused; none where that does not help.
    pub(super) fn simpler(&self, dialect: &Dialect, request: &CreateChatCompletionRequest) -> Option<Dialect> {
        let Remedy::Simplify { may_guess } = self.remedy else { return None };
        dialect.after(request, &self.said.everything(), may_guess)
    }

    fn words(&self) -> String {
        let words = self.said.shown();
        if words.is_empty() { words } else { format!(" ({words})") }
    }

    fn wait(&self) -> String {
        match self.remedy {
            Remedy::Wait { exactly: Some(wait) } if wait > LONGEST_WAIT => {
                format!("; it asks to wait {}", rounded(wait.as_secs()))
            }
            _ => String::new(),
        }
    }

    /// As the reader gets to see it.
    pub(super) fn failure(&self, attempt: u32) -> Failure {
        let message = Line::new(&format!("{self}."));
        Failure { stage: Stage::Model, code: None, message, attempt, request_id: self.request_id.clone() }
    }
}

impl From<OpenAIError> for FailedAttempt {
    fn from(error: OpenAIError) -> Self {
        match error {
            OpenAIError::Boxed(error) => error.downcast().map_or_else(|_| Cause::Unsent.into(), |failed| *failed),
            OpenAIError::Reqwest(error) => Self::unanswered(&error),
            OpenAIError::StreamError(_) => Self { remedy: Remedy::Wait { exactly: None }, ..Cause::Broken.into() },
            OpenAIError::JSONDeserialize(_, text) => {
                Self { said: Box::new(Said::in_text(&text)), ..Cause::NoAnswer.into() }
            }
            _ => Cause::Unsent.into(),
        }
    }
}

impl From<Unreadable> for FailedAttempt {
    fn from(error: Unreadable) -> Self {
        Cause::Unreadable(error).into()
    }
}

/// How long to stay away: seconds, or until a date.
fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let seconds = |text: &str| text.trim().parse().ok().map(Duration::from_secs);
    let date = || DateTime::parse_from_rfc2822(text.trim()).ok();
    seconds(text).or_else(|| Some(date()?.to_utc().signed_duration_since(now).to_std().unwrap_or_default()))
}

/// So many seconds in the largest unit that has two of them.
fn rounded(seconds: u64) -> String {
    let unit = [("day", 86_400), ("hour", 3_600), ("minute", 60)].into_iter().find(|(_, unit)| seconds >= 2 * unit);
    let (name, unit) = unit.unwrap_or(("second", 1));
    words::count(seconds.div_ceil(unit), name)
}
