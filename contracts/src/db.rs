//! What `GET /api/db/health` and the demo book's endpoint answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The state of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DbHealth {
    /// `sqlite` or `postgres`.
    pub backend: String,
    /// Whether it answered.
    pub connected: bool,
    /// The newest migration that was applied; absent on an empty database.
    pub schema_version: Option<i64>,
    /// The newest migration this server knows.
    pub expected_version: i64,
    /// The tables of the schema that are there.
    pub tables: Vec<String>,
    /// The tables of the schema that are not.
    pub missing_tables: Vec<String>,
}

/// How many demo customers an operation put in or took out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DemoReport {
    /// Customers seeded or removed.
    pub customers: u32,
}
