//! `get_recent_tickets`: open tickets by priority, and the ones to talk about.

use contracts::tools::{GetRecentTickets, TicketsReport};
use domain::case::Case;

use super::{MissingData, facts};

pub(super) fn run(case: &Case) -> Result<TicketsReport, MissingData> {
    let (Some(tickets), Some(source)) = (case.tickets.any(), case.tickets.source()) else {
        return Err(MissingData(format!(
            "Nothing is known of the tickets of {}; import tickets.csv to add them.",
            case.name
        )));
    };
    Ok(TicketsReport {
        open: tickets.by_priority.total(),
        by_priority: tickets.by_priority,
        oldest_open: tickets.oldest_open,
        recent: tickets.recent.clone(),
        stale: case.tickets.is_stale(),
        source: source.clone(),
        facts: facts::<GetRecentTickets>(case),
    })
}
