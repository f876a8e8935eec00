//! What the tools answer, one pure file each: a customer as of a day in, a report out. No I/O and no clock.
//!
//! What a tool is called and asked, and the shape of its report, is one file in [`contracts::tools`].

mod calculate_health;
mod generate_email;
mod generate_qbr_outline;
mod generate_renewal_brief;
mod get_contract_info;
mod get_customer_usage;
mod get_recent_tickets;

use chrono::NaiveDate;
use contracts::{
    quarter::Quarter,
    reading::Reading,
    tools::{HealthReport, Tool, ToolCall, ToolOutput},
};
use domain::{
    case::{Case, Period},
    facts::read_part,
};

/// The data a tool needs is not there; the sentence says what and how to add it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MissingData(pub String);

/// Runs a tool over what is known of a customer. The case's day is the call's own as-of day or the server's day (UTC).
pub fn run(call: &ToolCall, case: &Case) -> Result<ToolOutput, MissingData> {
    Ok(match call {
        ToolCall::GetCustomerUsage(_) => ToolOutput::Usage(get_customer_usage::run(case)?),
        ToolCall::GetRecentTickets(_) => ToolOutput::Tickets(get_recent_tickets::run(case)?),
        ToolCall::GetContractInfo(_) => ToolOutput::Contract(get_contract_info::run(case)?),
        ToolCall::CalculateHealth(_) => ToolOutput::Health(calculate_health::run(case)?),
        ToolCall::GenerateEmail(params) => ToolOutput::Email(generate_email::run(case, params.occasion)?),
        ToolCall::GenerateQbrOutline(params) => ToolOutput::Qbr(generate_qbr_outline::run(case, params.edition)?),
        ToolCall::GenerateRenewalBrief(_) => ToolOutput::Brief(generate_renewal_brief::run(case)?),
    })
}

/// The days that the tool is asked about, where they are not the last 90: the quarter that it names, or that a review is of.
pub fn period(call: &ToolCall, today: NaiveDate) -> Option<Period> {
    let quarter = match call {
        ToolCall::GenerateQbrOutline(params) => Some(params.quarter.unwrap_or_else(|| Quarter::last_full(today))),
        ToolCall::GetCustomerUsage(params)
        | ToolCall::GetRecentTickets(params)
        | ToolCall::GetContractInfo(params)
        | ToolCall::CalculateHealth(params)
        | ToolCall::GenerateRenewalBrief(params) => params.quarter,
        ToolCall::GenerateEmail(_) => None,
    };
    quarter.map(Period::from)
}

/// What `calculate_health` answers.
pub fn health(case: &Case) -> Result<HealthReport, MissingData> {
    calculate_health::run(case)
}

/// The facts that the tool's report holds.
fn facts<T: Tool>(case: &Case) -> Vec<Reading> {
    T::FACTS.iter().flat_map(|&part| read_part(case, part)).collect()
}
