//! What the model answers, before anything of it is believed.

use contracts::{
    Line, Text,
    planner::Urgency,
    tools::{QbrOutline, ToolName},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The whole answer. The summary comes first, so that it can be shown while the rest is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelAnswer {
    /// The answer in two to five plain sentences.
    pub summary: Text,
    /// What to do, most urgent first; seven at most.
    pub actions: Vec<ModelAction>,
    /// The email to the customer, where the task asks for one: never a score or a risk in it.
    pub email_draft: Option<ModelEmail>,
    /// The QBR outline, where the task asks for one.
    pub qbr_outline: Option<QbrOutline>,
    /// One sentence a tool: why its data mattered.
    pub decision_log: Vec<ModelDecision>,
}

/// An email.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelEmail {
    /// The subject line, with the customer's name and the occasion.
    pub subject: Line,
    /// The body, plain text.
    pub body: Text,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelAction {
    /// What to do, in one sentence.
    pub text: Line,
    /// How soon.
    pub urgency: Urgency,
    /// The figure of the data that triggered it.
    pub because: Line,
}

/// Why a tool was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelDecision {
    /// The tool.
    pub tool: ToolName,
    /// Why, in one sentence.
    pub reason: Line,
}
