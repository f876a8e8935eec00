//! What answers a question of facts: statements, also of what is not known.

use contracts::{Line, facts::Part, tools::ToolOutput};

use super::{State, Statement, Statements, Told};
use crate::{facts::find, question::customer::Wanted};

/// The ids of single tickets in their order, and how many there may be.
const MOST_TICKETS: usize = 10;

/// The statements that answer, in the order of the question, out of what the tools told on the day of the answer.
pub(super) fn of(wanted: &[Wanted], statements: &Statements, told: &[Told<'_>]) -> Vec<Statement> {
    let mut answer: Vec<Statement> = Vec::new();
    let said = wanted.iter().flat_map(|part| match part {
        Wanted::Facts(ids) => of_facts(ids, statements, told),
        Wanted::OpenTickets => open_tickets(statements, told),
        Wanted::Ticket(id) => vec![ticket(id, statements, told)],
    });
    for statement in said {
        if !answer.iter().any(|before| before.id == statement.id) {
            answer.push(statement);
        }
    }
    answer
}

/// The first of these facts, or that it is not known, and the others where they are.
fn of_facts(ids: &[&str], statements: &Statements, told: &[Told<'_>]) -> Vec<Statement> {
    let known = |id: &&&str| statements.get(id).filter(|statement| statement.state != State::Missing).cloned();
    let first = ids.first().and_then(|id| known(&id).or_else(|| not_known(id, told)));
    first.into_iter().chain(ids.iter().skip(1).filter_map(|id| known(&id))).collect()
}

/// That a fact is not known, where its tool has told of it at all.
fn not_known(id: &str, told: &[Told<'_>]) -> Option<Statement> {
    let fact = find(id)?;
    let is_told = told.iter().any(|told| match told.output {
        ToolOutput::Health(_) => fact.part == Part::Health,
        output => output.facts().iter().any(|reading| reading.fact == fact.id),
    });
    let about = Line::new(&format!("the {} {}", fact.noun, if is_told { "is not known" } else { "could not be read" }));
    Some(Statement { about, ..Statement::of(fact) })
}

fn open_tickets(statements: &Statements, told: &[Told<'_>]) -> Vec<Statement> {
    let count = of_facts(&["tickets.open"], statements, told);
    let open = tickets(told).filter(|(_, is_open, _)| *is_open).filter_map(|(_, _, id)| statements.get(&id).cloned());
    count.into_iter().chain(open).collect()
}

fn ticket(wanted: &Line, statements: &Statements, told: &[Told<'_>]) -> Statement {
    let is_meant = |id: &str| id.trim_start_matches('#').eq_ignore_ascii_case(wanted.as_str());
    let found = tickets(told).find(|(id, ..)| is_meant(id)).and_then(|(.., id)| statements.get(&id).cloned());
    found.unwrap_or_else(|| {
        let name = wanted.as_str().to_uppercase();
        let about = match tickets(told).count() {
            0 => format!("nothing is known of ticket {name}"),
            MOST_TICKETS.. => format!(
                "ticket {name} is not among the {MOST_TICKETS} that were read: the most serious open ones, then those \
                 closed last"
            ),
            _ => format!("ticket {name} is not among the tickets that are known"),
        };
        Statement {
            id: format!("ticket {name}"),
            part: Part::Tickets,
            label: Line::new(&format!("Ticket {name}")),
            about: Line::new(&about),
            to: None,
            state: State::Missing,
            source: None,
            day: None,
        }
    })
}

/// Every ticket that was read: its own id, whether it is open, and the id of its statement.
fn tickets<'a>(told: &[Told<'a>]) -> impl Iterator<Item = (&'a str, bool, String)> {
    let report = told.iter().filter(|told| told.on.is_none()).find_map(|told| match told.output {
        ToolOutput::Tickets(report) => Some(report),
        _ => None,
    });
    let recent = report.into_iter().flat_map(|report| report.recent.iter().enumerate());
    recent.map(|(place, ticket)| (ticket.id.as_str(), ticket.closed_on.is_none(), super::tickets::id(place)))
}
