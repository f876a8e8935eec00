//! What a failed attempt to ask the model means: what to say, and what may help. A server's own words are short and cleaned
//! in it.

use std::time::Duration;

use async_openai::error::OpenAIError;
use chrono::{DateTime, Utc};
use contracts::{
    Line,
    failure::{Failure, Stage},
};
use reqwest::{Response, header::RETRY_AFTER};
use serde_json::Value;

use super::{turn::TurnError, wire::Endless};
use crate::agent::guardrails::data::clean_line;

/// As much of an error's body is read, in bytes.
const MAX_BODY: usize = 16 * 1024;
/// As much of the server's own words is told, in characters.
const MAX_WORDS: usize = 160;

/// What may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing this client can do.
    Nothing,
    /// Wait and ask again.
    Wait {
        /// As long as the server asked for.
        exactly: Option<Duration>,
    },
    /// Ask in a simpler way: the server did not understand the request.
    Simplify,
}

/// A failed attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Refusal {
    /// The beginning of a sentence.
    pub(super) why: String,
    pub(super) remedy: Remedy,
    /// All that the server said, as it said it; never shown.
    pub(super) said: String,
    request_id: Option<Line>,
}

impl Refusal {
    pub(super) fn new(why: impl Into<String>, remedy: Remedy) -> Self {
        Self { why: why.into(), remedy, said: String::new(), request_id: None }
    }

    /// The whole answer was not there in time. A model on one's own machine may well need more.
    pub(super) fn late(call: Duration) -> Self {
        let why = format!("The model did not answer within {} s (llm.call_seconds)", call.as_secs_f64());
        Self::new(why, Remedy::Nothing)
    }

    /// The run is over before the answer is.
    pub(super) fn endless(run: Duration) -> Self {
        let why = format!("The model did not come to an end within {} s (llm.run_seconds)", run.as_secs_f64());
        Self::new(why, Remedy::Nothing)
    }

    /// The request never came to an answer.
    pub(super) fn unanswered(error: &reqwest::Error) -> Self {
        let why = if error.is_connect() {
            "The model's server could not be reached"
        } else {
            "The connection to the model broke"
        };
        Self::new(why, Remedy::Wait { exactly: None })
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
        let words = serde_json::from_slice(&body).map_or_else(|_| String::new(), |body| words(&body));
        let why = match status {
            401 | 403 => {
                "The model's server wants a key that it knows (OPENAI_API_KEY, or `cs-copilot config set-key`)"
                    .to_owned()
            }
            404 => format!("The model's server knows no such model or address{words}"),
            429 => format!("The model's server takes no more requests for now{words}"),
            _ => format!("The model's server answered with HTTP {status}{words}"),
        };
        let remedy = match status {
            400 | 422 => Remedy::Simplify,
            408 | 429 | 500 | 502..=504 => Remedy::Wait { exactly },
            _ => Remedy::Nothing,
        };
        let said = String::from_utf8_lossy(&body).into_owned();
        Self { why, remedy, said, request_id }
    }

    /// As the reader gets to see it.
    pub(super) fn failure(&self, attempt: u32) -> Failure {
        let message = Line::new(&format!("{}.", self.why));
        Failure { stage: Stage::Model, code: None, message, attempt, request_id: self.request_id.clone() }
    }
}

impl From<OpenAIError> for Refusal {
    fn from(error: OpenAIError) -> Self {
        match error {
            OpenAIError::Boxed(error) => match error.downcast::<Self>() {
                Ok(refusal) => *refusal,
                Err(_) => Self::new("The model could not be asked", Remedy::Nothing),
            },
            OpenAIError::Reqwest(error) => Self::unanswered(&error),
            OpenAIError::StreamError(_) => {
                Self::new("The connection to the model broke", Remedy::Wait { exactly: None })
            }
            OpenAIError::JSONDeserialize(..) => {
                Self::new("The model's server sent something that is no part of an answer", Remedy::Nothing)
            }
            _ => Self::new("The model could not be asked", Remedy::Nothing),
        }
    }
}

impl From<Endless> for Refusal {
    fn from(error: Endless) -> Self {
        Self::new(error.to_string(), Remedy::Nothing)
    }
}

impl From<TurnError> for Refusal {
    fn from(error: TurnError) -> Self {
        let words = if let TurnError::Failed(error) = &error { words(error) } else { String::new() };
        Self::new(format!("{error}{words}"), Remedy::Nothing)
    }
}

/// How long to stay away: seconds, or until a date.
fn retry_after(text: &str, now: DateTime<Utc>) -> Option<Duration> {
    let seconds = |text: &str| text.trim().parse().ok().map(Duration::from_secs);
    let date = || DateTime::parse_from_rfc2822(text.trim()).ok();
    seconds(text).or_else(|| Some(date()?.to_utc().signed_duration_since(now).to_std().unwrap_or_default()))
}

/// The server's own words out of an error, fit to be shown behind ours; nothing where there are none.
fn words(error: &Value) -> String {
    let error = error.get("error").unwrap_or(error);
    let words = error.get("message").unwrap_or(error).as_str().unwrap_or_default();
    let short: String = clean_line(&Line::new(words)).as_str().chars().take(MAX_WORDS).collect();
    let short = short.trim_end_matches('.');
    if short.is_empty() { String::new() } else { format!(" ({short})") }
}
