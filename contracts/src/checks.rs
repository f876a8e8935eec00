//! Health checks of many customers in one call.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{CustomerId, Line, tools::ToolName};

/// How many customers one call checks at the most.
pub const MAX_CHECKED: usize = 100;

/// The tools whose answers a check has.
pub const TOOLS: [ToolName; 4] =
    [ToolName::GetCustomerUsage, ToolName::GetRecentTickets, ToolName::GetContractInfo, ToolName::CalculateHealth];

/// The body of `POST /v1/health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HealthRequest {
    /// The customers, [`MAX_CHECKED`] at the most.
    #[schemars(length(min = 1, max = MAX_CHECKED))]
    pub customer_ids: Vec<CustomerId>,
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
}

/// The answer of `POST /v1/health`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthChecks {
    /// The revision of the book that the checks were made of.
    pub revision: u64,
    /// The checks, by customer. Who is not in the book is not among them.
    pub checks: Vec<Check>,
}

/// What a health check of one customer rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// The customer.
    pub customer_id: CustomerId,
    /// What each tool of a health check answers for it.
    pub answers: Vec<ToolAnswer>,
}

/// What one tool answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolAnswer {
    /// Which.
    pub tool: ToolName,
    /// Its report, or what the store does not have for it.
    pub outcome: Outcome,
}

/// A report, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The report, as the tool's own call answers it.
    Report(Value),
    /// What is not there, in a sentence.
    Missing(Line),
}
