//! The one shape of every answer, and the error codes with their HTTP status.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Line;

/// What went wrong, in a word that programs can rely on. The code always wins over the bare HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the wire's own words")]
pub enum ErrorCode {
    InvalidInput,
    Unauthorized,
    Replayed,
    Forbidden,
    NotFound,
    MissingData,
    Conflict,
    TooLarge,
    RateLimited,
    Unavailable,
    /// Also whatever a newer server says went wrong.
    #[serde(other)]
    ToolFailure,
}

impl ErrorCode {
    /// The HTTP status an answer with this code has.
    pub fn status(self) -> u16 {
        match self {
            Self::InvalidInput => 400,
            Self::Unauthorized | Self::Replayed => 401,
            Self::Forbidden => 403,
            Self::NotFound | Self::MissingData => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::RateLimited => 429,
            Self::ToolFailure => 500,
            Self::Unavailable => 503,
        }
    }

    /// The code as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "INVALID_INPUT",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::Replayed => "REPLAYED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::MissingData => "MISSING_DATA",
            Self::Conflict => "CONFLICT",
            Self::TooLarge => "TOO_LARGE",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::ToolFailure => "TOOL_FAILURE",
        }
    }
}

/// The error half of an [`Envelope`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct WireError {
    /// What kind of failure this is.
    pub code: ErrorCode,
    /// One plain sentence; nothing of the server's inside.
    pub message: Line,
    /// The server's clock in Unix seconds; only where the caller's clock was the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_time: Option<i64>,
}

impl WireError {
    /// An error of this kind with this sentence.
    pub fn new(code: ErrorCode, message: impl AsRef<str>) -> Self {
        Self { code, message: Line::new(message.as_ref()), server_time: None }
    }
}

/// `{"ok":true,"data":…,"error":null}` or `{"ok":false,"data":null,"error":{…}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope<T> {
    ok: bool,
    data: Option<T>,
    error: Option<WireError>,
}

/// An envelope whose three fields contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer is neither a result nor an error")]
pub struct MalformedEnvelope;

impl<T> Envelope<T> {
    /// A good answer.
    pub fn success(data: T) -> Self {
        Self { ok: true, data: Some(data), error: None }
    }

    /// A failure.
    pub fn failure(error: WireError) -> Self {
        Self { ok: false, data: None, error: Some(error) }
    }

    /// The answer as a `Result`; the outer error is an envelope that contradicts itself.
    pub fn into_result(self) -> Result<Result<T, WireError>, MalformedEnvelope> {
        match (self.ok, self.data, self.error) {
            (true, Some(data), None) => Ok(Ok(data)),
            (false, None, Some(error)) => Ok(Err(error)),
            _ => Err(MalformedEnvelope),
        }
    }
}
