//! What happens during a run, as events; the headless commands and the screen read the same ones.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line, RunId, TaskId,
    block::Block,
    failure::Failure,
    planner::{PlanSource, PlannerResult},
    tools::ToolName,
};

/// How long a call took and where, in milliseconds. The parts sum to the total but for rounding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallTiming {
    /// Session, signing and decoding on this machine, and waiting between attempts.
    pub client_ms: f64,
    /// On the way there and back: the wait for the answer less what the server counted. Absent where the server is in this
    /// process, and nothing lies between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_ms: Option<f64>,
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
        task: TaskId,
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
    /// The model writes; only whole points are told, as the program shows them.
    Writing {
        /// The summary so far.
        blocks: Vec<Block>,
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
