//! The six tools, one pure file each: facts in, a report out. No I/O and no clock.

mod calculate_health;
mod generate_email;
mod generate_qbr_outline;
mod get_contract_info;
mod get_customer_usage;
mod get_recent_tickets;
mod words;

use chrono::NaiveDate;
use contracts::tools::{ToolCall, ToolOutput};

use crate::store::CustomerFacts;

pub use calculate_health::inputs_of_entry;

/// The data a tool needs is not there; the sentence says what and how to add it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MissingData(pub String);

/// Runs a tool over what is known of a customer. `today` is the call's own as-of day or the server's day (UTC).
pub fn run(call: &ToolCall, facts: &CustomerFacts, today: NaiveDate) -> Result<ToolOutput, MissingData> {
    Ok(match call {
        ToolCall::GetCustomerUsage(_) => ToolOutput::Usage(get_customer_usage::run(facts)?),
        ToolCall::GetRecentTickets(_) => ToolOutput::Tickets(get_recent_tickets::run(facts)?),
        ToolCall::GetContractInfo(_) => ToolOutput::Contract(get_contract_info::run(facts, today)?),
        ToolCall::CalculateHealth(_) => ToolOutput::Health(calculate_health::run(facts, today)?),
        ToolCall::GenerateEmail(params) => ToolOutput::Email(generate_email::run(facts, params.occasion, today)?),
        ToolCall::GenerateQbrOutline(_) => ToolOutput::Qbr(generate_qbr_outline::run(facts, today)?),
    })
}
