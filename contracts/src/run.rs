//! What happens during a run, as events; the headless commands and the screen read the same ones.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, ErrorCode, Line, RunId, Text,
    planner::{PlanSource, PlannerResult, Task},
    tools::ToolName,
};

/// Where a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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
    /// The tool itself.
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

/// How long a call took and where, in milliseconds. The four parts sum to the total but for rounding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallTiming {
    /// Session, signing and decoding on this machine, and waiting between attempts.
    pub client_ms: f64,
    /// On the way there and back: the wait for the answer less what the server counted.
    pub network_ms: f64,
    /// The server checking the signature.
    pub auth_ms: f64,
    /// The server's database.
    pub db_ms: f64,
    /// The tool itself.
    pub tool_ms: f64,
    /// From the start of the call to its end.
    pub total_ms: f64,
}

/// How a tool call ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", tag = "status")]
pub enum ToolOutcome {
    /// It answered.
    Answered,
    /// The store has nothing for it.
    Missing {
        /// What is not there.
        what: Line,
    },
    /// It failed.
    Failed {
        /// Where and why.
        failure: Failure,
    },
}

/// One turn of a language model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelTurn {
    /// From the request to the first token, in milliseconds; absent where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_token_ms: Option<f64>,
    /// From the request to the end, in milliseconds.
    pub total_ms: f64,
    /// Tokens read; absent where the server does not count them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u64>,
    /// Tokens written; absent where the server does not count them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u64>,
}

/// One event of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunEvent {
    /// The run it belongs to.
    pub run_id: RunId,
    /// When, in milliseconds from the run's start.
    pub at_ms: f64,
    /// What happened.
    #[serde(flatten)]
    pub kind: RunEventKind,
}

/// What happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "event")]
pub enum RunEventKind {
    /// The plan stands.
    Planned {
        /// The customer.
        customer_id: CustomerId,
        /// The task.
        task: Task,
        /// Who planned.
        plan_source: PlanSource,
        /// The calls, in the order they are shown.
        tools: Vec<ToolName>,
    },
    /// A call has begun.
    ToolStarted {
        /// Its place in the plan, from 0.
        index: usize,
    },
    /// A call has ended.
    ToolFinished {
        /// Its place in the plan, from 0.
        index: usize,
        /// How it ended.
        outcome: ToolOutcome,
        /// Where the time went.
        timing: CallTiming,
    },
    /// The plan goes on: the model asks for more. The places follow on those of the plan.
    Extended {
        /// The further calls, in the order they are shown.
        tools: Vec<ToolName>,
    },
    /// The model was asked.
    ModelStarted {
        /// The turn, from 0.
        turn: usize,
    },
    /// The model's turn has ended.
    ModelFinished {
        /// The turn, from 0.
        turn: usize,
        /// What it took.
        took: ModelTurn,
        /// Why it failed, where it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<Failure>,
    },
    /// The model writes; only what has passed the check of its figures is told.
    Writing {
        /// The summary so far.
        summary: Text,
    },
    /// The answer so far, while slower calls are still under way.
    Patch {
        /// What is known by now.
        result: Box<PlannerResult>,
    },
    /// The answer.
    Finished {
        /// Whole or partial; it says which.
        result: Box<PlannerResult>,
    },
    /// There is no answer at all.
    Failed {
        /// Where and why.
        failure: Failure,
        /// What is known of the run, tools and timing included.
        result: Box<PlannerResult>,
    },
}
