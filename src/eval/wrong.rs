//! What may be wrong with an answer, in a few words each.

use contracts::{Line, failure::Failure, tools::ToolName};

use crate::agent::guardrails::lines::Fault;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub(super) enum Wrong {
    /// The run did not come to an answer.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// Something that the task is for is not there.
    #[error("there is no {0}")]
    No(&'static str),
    /// A tool has no answer, and nothing says so.
    #[error("it does not say that {0} has no answer")]
    Unsaid(ToolName),
    /// It cannot be written or read.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// It is read as something else than was written.
    #[error("it does not come back from JSON as it was")]
    Changed,
    /// There is more of something than there may be.
    #[error("{count} {what} are more than {most}")]
    TooMany {
        /// How many there are.
        count: u64,
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: u64,
    },
    /// Another planner answered, and said why.
    #[error("{0}")]
    OtherPlanner(Line),
    /// The same without a reason.
    #[error("another planner answered and does not say why")]
    Unexplained,
    /// Tools of the task's plan.
    #[error("not called: {}", names(.0))]
    NotCalled(Vec<ToolName>),
    /// Tools that are not the task's.
    #[error("called without a right to: {}", names(.0))]
    NoRight(Vec<ToolName>),
    /// A line that must not go out.
    #[error("{fault}: {line}")]
    Line {
        /// Why.
        fault: Fault,
        /// The line.
        line: String,
    },
    /// Its health is not what the tool calculated.
    #[error("it says {said}, the tool calculated {calculated}")]
    OtherHealth {
        /// What it says, in words.
        said: String,
        /// What the tool calculated, in words.
        calculated: String,
    },
    /// No tool calculated its health.
    #[error("it says {0}, no tool calculated it")]
    MadeUpHealth(String),
    /// The tool calculated a health that it does not say.
    #[error("it leaves out what the tool calculated")]
    NoHealth,
    /// An action without a cause.
    #[error("nothing triggered: {0}")]
    NoCause(Line),
}

fn names(tools: &[ToolName]) -> String {
    tools.iter().map(|tool| tool.as_str()).collect::<Vec<_>>().join(", ")
}
