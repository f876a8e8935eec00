//! The tools: what each one is called, what it is asked and what it answers.
//!
//! A tool is one file here. What has to know all tools (names, calls, answers, and by them routes and schemas) is made of
//! the list below.

mod calculate_health;
mod foreign;
mod generate_email;
mod generate_qbr_outline;
mod generate_renewal_brief;
mod get_contract_info;
mod get_customer_usage;
mod get_recent_tickets;
mod list;
mod name;
mod params;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};

pub use self::{
    calculate_health::{CalculateHealth, HealthReport},
    foreign::Foreign,
    generate_email::{EmailDraft, EmailOccasion, EmailParams, GenerateEmail},
    generate_qbr_outline::{Edition, GenerateQbrOutline, QbrOutline, QbrParams, QbrSection},
    generate_renewal_brief::{GenerateRenewalBrief, RenewalBrief},
    get_contract_info::{ContractReport, GetContractInfo},
    get_customer_usage::{GetCustomerUsage, UsageReport},
    get_recent_tickets::{GetRecentTickets, TicketsReport},
    name::{OtherTool, UnknownTool},
    params::{InvalidParams, Params, ReadParams, ToolRequest},
};
use crate::{Envelope, facts::Part, reading::Reading};

// Name, tool, and the word for its answer.
list::tools! {
    get_customer_usage: GetCustomerUsage -> Usage,
    get_recent_tickets: GetRecentTickets -> Tickets,
    get_contract_info: GetContractInfo -> Contract,
    calculate_health: CalculateHealth -> Health,
    generate_email: GenerateEmail -> Email,
    generate_qbr_outline: GenerateQbrOutline -> Qbr,
    generate_renewal_brief: GenerateRenewalBrief -> Brief,
}

/// A tool: a customer as of a day in, a report out.
pub trait Tool {
    /// What it is for, in one sentence: to whoever reads the API's description.
    const SUMMARY: &'static str;
    /// Whether it writes something to send or to present. A task calls such a tool only where that is what it is for.
    const DRAFTS: bool = false;
    /// The parts of the catalogue whose facts are in its report.
    const FACTS: &'static [Part] = &[];
    /// What it is asked.
    type Params: Params;
    /// What it answers.
    type Report: Serialize + DeserializeOwned + JsonSchema;

    /// The facts in a report.
    fn facts(_report: &Self::Report) -> &[Reading] {
        &[]
    }

    /// Cleans the texts of a report that others wrote.
    fn clean(report: &mut Self::Report, by: &dyn Foreign);
}

/// Makes the schema of a type.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What is to be known of a tool before it is called.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// See [`Tool::SUMMARY`].
    pub summary: &'static str,
    /// See [`Tool::DRAFTS`].
    pub drafts: bool,
    /// See [`Tool::FACTS`].
    pub facts: &'static [Part],
    /// The schema of a request's body.
    pub request: SchemaOf,
    /// The schema of an answer's body.
    pub answer: SchemaOf,
    /// The schema of its report.
    pub report: SchemaOf,
}

impl About {
    fn of<T: Tool>() -> Self {
        Self {
            summary: T::SUMMARY,
            drafts: T::DRAFTS,
            facts: T::FACTS,
            request: SchemaGenerator::subschema_for::<ToolRequest<T::Params>>,
            answer: SchemaGenerator::subschema_for::<Envelope<T::Report>>,
            report: SchemaGenerator::subschema_for::<T::Report>,
        }
    }
}
