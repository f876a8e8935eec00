//! `get_recent_tickets`: open tickets by priority, and the ones to talk about.

use contracts::tools::TicketsReport;

use super::MissingData;
use crate::store::CustomerFacts;

pub(super) fn run(facts: &CustomerFacts) -> Result<TicketsReport, MissingData> {
    facts.tickets.clone().ok_or_else(|| {
        MissingData(format!(
            "Nothing is known of the tickets of {}; import tickets.csv to add them.",
            facts.customer.name
        ))
    })
}
