//! What changed between two days, and when a user looked last.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The answer of `POST /v1/visits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// The server's today (UTC), which is counted.
    pub today: NaiveDate,
    /// The last day before today on which the user looked at the book; absent where today is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<NaiveDate>,
}
