//! Health checks of many customers in one call.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line,
    book::{Essentials, MAX_PAGE},
    tools::HealthReport,
};

/// How many customers one call checks at the most.
pub const MAX_CHECKED: usize = MAX_PAGE as usize;

/// The body of `POST /v1/health` and of `POST /v1/checks`, which also keeps what it answers as history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HealthRequest {
    /// The customers, [`MAX_CHECKED`] at the most; when absent, a page of so many of all who count, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_CHECKED))]
    pub customer_ids: Option<Vec<CustomerId>>,
    /// The customer after whom the page begins, where none are named; the first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
}

/// The answer of both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthChecks {
    /// The checks. Who is not in the book is not among them.
    pub checks: Vec<Check>,
    /// After whom the next page of the book begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CustomerId>,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The revision of the book that the checks were made of.
    pub revision: u64,
}

/// A health check of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// The customer.
    pub customer: Essentials,
    /// What `calculate_health` answers for it; absent where there is nothing to score by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<HealthReport>,
    /// What is not there, in a sentence, where there is no report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Line>,
}
