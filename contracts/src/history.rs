//! Finished runs, kept as messages of the customer's history.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CustomerId, RunId, planner::PlannerResult};

/// The body of `POST /v1/messages`: a finished run, stored once per run id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMessage {
    /// The run.
    pub run_id: RunId,
    /// What it answered; 64 KiB of JSON at the most.
    pub result: PlannerResult,
}

/// How many entries one answer may have.
pub const MAX_HISTORY: u32 = 200;
/// The longest result of a run that is kept, in bytes of JSON: several times what the longest task makes.
pub const MAX_RESULT: usize = 64 * 1024;

/// One entry of a customer's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// The run.
    pub run_id: RunId,
    /// When the server stored it.
    pub created_at: DateTime<Utc>,
    /// What the run answered.
    pub result: PlannerResult,
}

/// The query of `GET /v1/messages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HistoryQuery {
    /// Whose history.
    pub customer_id: CustomerId,
    /// How many entries at the most, 1 to [`MAX_HISTORY`], newest first; 20 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_HISTORY))]
    pub limit: Option<u32>,
}
