//! A customer of whom a test says what is known, and what the tools tell of it.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::ContractTerms,
    facts::{Measure, OpenByPriority, Priority, Source, Ticket, Trend},
    reading::Knowledge,
    tools::{ToolCall, ToolOutput},
};
use domain::{
    case::{Case, ContractFigures, Period, TicketFigures},
    usage::UsageFigures,
};

/// A customer of whom nothing but the name is known.
pub fn blank(id: &CustomerId, name: &str, as_of: NaiveDate) -> Case {
    Case {
        id: id.clone(),
        name: name.into(),
        as_of,
        period: Period::up_to(as_of),
        fields: Knowledge::Missing,
        usage: Knowledge::Missing,
        points: Vec::new(),
        tickets: Knowledge::Missing,
        contract: Knowledge::Missing,
        contact: Knowledge::Missing,
        others: Vec::new(),
        satisfaction: Knowledge::Missing,
        activity: Knowledge::Missing,
        gone: None,
    }
}

/// Known from a source, and fresh.
pub fn known<T>(value: T, source: Source) -> Knowledge<T> {
    Knowledge::Known { value, source }
}

/// A level of `logins a day`, measured every week up to `newest`, and used up to `last_use`.
pub fn usage(
    trend: Option<Trend>,
    before: Option<f64>,
    recent: f64,
    newest: NaiveDate,
    last_use: Option<NaiveDate>,
) -> UsageFigures {
    UsageFigures {
        source: "files".parse().unwrap(),
        metric: "logins a day".into(),
        measure: Measure::Level,
        trend,
        now: recent,
        recent,
        before,
        window_days: 28,
        step_days: 7,
        newest,
        last_use,
        streak: 0,
        down_since: None,
        seasonal: false,
        period: None,
    }
}

/// Open tickets by priority, of which these are listed.
pub fn tickets(by_priority: OpenByPriority, recent: Vec<Ticket>) -> TicketFigures {
    TicketFigures {
        origin: "files".into(),
        counted_on: None,
        by_priority,
        oldest_open: recent.iter().filter(|ticket| ticket.closed_on.is_none()).map(|ticket| ticket.opened_on).min(),
        recent,
        period: None,
    }
}

/// An open ticket about an export that fails.
pub fn ticket(id: &str, priority: Priority, opened_on: NaiveDate) -> Ticket {
    Ticket { id: Line::new(id), subject: Some("Export fails".into()), priority, opened_on, closed_on: None }
}

/// One contract of these terms.
pub fn contract(main: ContractTerms) -> ContractFigures {
    let (arr, seats) = (main.arr.iter().cloned().collect(), main.seats);
    ContractFigures { main, contracts: 1, arr, before: None, seats }
}

/// What a tool tells of the customer.
pub fn read(call: &ToolCall, case: &Case) -> ToolOutput {
    tools_server::tools::run(call, case).unwrap()
}
