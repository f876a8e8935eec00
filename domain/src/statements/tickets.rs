//! What can be said of single tickets: `t1` is the first one that the tool names. A title is a quotation.

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Part, Ticket},
    tools::TicketsReport,
};

use super::{State, Statement};
use crate::words::{date, is_internal, since};

pub(super) fn of(report: &TicketsReport, as_of: NaiveDate) -> impl Iterator<Item = Statement> {
    report.recent.iter().enumerate().map(move |(place, ticket)| {
        let days = as_of.signed_duration_since(ticket.opened_on).num_days();
        let (state, about) = match (report.stale, ticket.closed_on) {
            (true, None) => (State::Stale, format!("was last known to be open on {}", date(report.source.as_of))),
            (false, None) => {
                let open = format!("is open since {} ({})", date(ticket.opened_on), since(days));
                (State::Known, format!("{open}, of {} priority", ticket.priority.as_str()))
            }
            (_, Some(closed_on)) => {
                let (opened, closed) = (date(ticket.opened_on), date(closed_on));
                let closed = format!("was opened on {opened} and closed on {closed}");
                (State::Known, format!("{closed}, of {} priority", ticket.priority.as_str()))
            }
        };
        let title = ticket.subject.as_ref().map(|subject| format!(" {}", quoted(subject))).unwrap_or_default();
        Statement {
            id: id(place),
            part: Part::Tickets,
            label: Line::new(&format!("Ticket {}", ticket.id)),
            about: Line::new(&format!("ticket {}{title} {about}", ticket.id)),
            to: to(ticket, state),
            state,
            source: Some(report.source.clone()),
            day: Some(ticket.closed_on.unwrap_or(ticket.opened_on)),
        }
    })
}

/// What the ticket at this place of the report is named by.
pub(super) fn id(place: usize) -> String {
    format!("t{}", place + 1)
}

/// To the customer a ticket is its title alone, without code and priority.
fn to(ticket: &Ticket, state: State) -> Option<Line> {
    let title = ticket.subject.as_ref().filter(|subject| !subject.is_empty() && !is_internal(subject.as_str()))?;
    let does = match ticket.closed_on {
        Some(closed_on) => format!("was closed on {}", date(closed_on)),
        None => format!("has been open since {}", date(ticket.opened_on)),
    };
    (state == State::Known).then(|| Line::new(&format!("your ticket {} {does}", quoted(title))))
}

/// In quotation marks that nothing in it can end.
pub(super) fn quoted(title: &Line) -> String {
    format!("“{}”", title.as_str().replace(['“', '”', '„', '"'], "'"))
}
