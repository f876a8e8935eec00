//! A failed call, told so that its reader knows where it failed and what to do.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ErrorCode, Line};

/// Where a call failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Before it left: no session, no signature.
    Sign,
    /// No connection to the server.
    Connect,
    /// The answer is no envelope.
    Http,
    /// The server did not accept the signature or the caller.
    Auth,
    /// The server had seen this very request before.
    Replay,
    /// Too many requests.
    RateLimit,
    /// The server refused the input.
    Validate,
    /// The server's store.
    Store,
    /// The tool itself; also wherever a newer program says that it failed.
    #[default]
    Tool,
    /// The answer does not have the shape it should.
    Schema,
    /// The deadline passed.
    Timeout,
    /// The language model.
    Model,
}

impl Stage {
    /// The stage as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Connect => "connect",
            Self::Http => "http",
            Self::Auth => "auth",
            Self::Replay => "replay",
            Self::RateLimit => "rate_limit",
            Self::Validate => "validate",
            Self::Store => "store",
            Self::Tool => "tool",
            Self::Schema => "schema",
            Self::Timeout => "timeout",
            Self::Model => "model",
        }
    }
}

/// A failed call: where, what, at which attempt, and the request id that finds it in the server's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Where it failed.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub stage: Stage,
    /// The envelope's code, where an envelope came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<ErrorCode>,
    /// One plain sentence.
    pub message: Line,
    /// How many attempts were made.
    pub attempt: u32,
    /// The id the server logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Line>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at: {}", self.message, self.stage.as_str())?;
        if let Some(code) = self.code {
            write!(f, ", {}", code.as_str())?;
        }
        if self.attempt > 1 {
            write!(f, ", attempt {}", self.attempt)?;
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for Failure {}
