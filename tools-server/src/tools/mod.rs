//! The six tools, one pure file each: facts in, a report out. No I/O and no clock.

use chrono::NaiveDate;
use contracts::tools::{ToolCall, ToolOutput};

use crate::store::CustomerFacts;

/// The data a tool needs is not there; the sentence says what and how to add it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MissingData(pub String);

/// Runs a tool over what is known of a customer. `today` is the call's own as-of day or the server's day (UTC).
#[allow(clippy::unimplemented, unused_variables)]
pub fn run(call: &ToolCall, facts: &CustomerFacts, today: NaiveDate) -> Result<ToolOutput, MissingData> {
    unimplemented!()
}
