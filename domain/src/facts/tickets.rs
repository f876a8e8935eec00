//! Facts of support tickets.

use contracts::{
    Line,
    facts::{Part, Priority},
    reading::{FactId, Knowledge, Value},
};

use super::{Audience, Fact, Kind, Said, Says, of_period};
use crate::{
    case::{Case, TicketPeriod},
    words::{self, Person, span},
};

/// Those that are made over the days of a period.
pub(super) const OF_PERIOD: [&str; 4] =
    ["tickets.opened_in_period", "tickets.closed_in_period", "tickets.time_to_solve", "tickets.recurring"];

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("tickets.open"),
        short: "tickets",
        part: Part::Tickets,
        kind: Kind::Count("ticket"),
        heading: "Open tickets",
        noun: "number of open tickets",
        audience: Audience::Customer,
        get: |case| case.tickets.and_then(|tickets| Some(Value::Count(tickets.by_priority.total().into()))),
        says: Says::With(open),
    },
    Fact {
        id: FactId::of("tickets.urgent"),
        short: "urgent",
        part: Part::Tickets,
        kind: Kind::Count("urgent ticket"),
        heading: "Urgent tickets",
        noun: "number of open urgent tickets",
        audience: Audience::Customer,
        get: |case| of_priority(case, Priority::Urgent),
        says: Says::With(open),
    },
    Fact {
        id: FactId::of("tickets.high"),
        short: "high-tickets",
        part: Part::Tickets,
        kind: Kind::Count("high-priority ticket"),
        heading: "High tickets",
        noun: "number of open high-priority tickets",
        audience: Audience::Customer,
        get: |case| of_priority(case, Priority::High),
        says: Says::With(open),
    },
    Fact {
        id: FactId::of("tickets.oldest_days"),
        short: "oldest-ticket",
        part: Part::Tickets,
        kind: Kind::DaysSince,
        heading: "Oldest ticket",
        noun: "age of the oldest open ticket",
        audience: Audience::Customer,
        get: |case| case.tickets.and_then(|tickets| Some(Value::Days(case.days_since(tickets.oldest_open?)))),
        says: Says::With(|said| {
            let days = said.case.days_since(said.case.tickets.known()?.oldest_open?);
            Some(format!("{} oldest open ticket has been open {}", said.person.the(), words::since(days)))
        }),
    },
    Fact {
        id: FactId::of("tickets.opened_in_period"),
        short: "opened",
        part: Part::Tickets,
        kind: Kind::Count("ticket"),
        heading: "Tickets opened",
        noun: "number of tickets opened in the period",
        audience: Audience::Customer,
        get: |case| in_period(case, |period| Some(Value::Count(period.opened.into()))),
        says: Says::With(|said| happened(said, "opened")),
    },
    Fact {
        id: FactId::of("tickets.closed_in_period"),
        short: "closed",
        part: Part::Tickets,
        kind: Kind::Count("ticket"),
        heading: "Tickets closed",
        noun: "number of tickets closed in the period",
        audience: Audience::Customer,
        get: |case| in_period(case, |period| Some(Value::Count(period.closed.into()))),
        says: Says::With(|said| happened(said, "closed")),
    },
    Fact {
        id: FactId::of("tickets.time_to_solve"),
        short: "solve-time",
        part: Part::Tickets,
        kind: Kind::Days,
        heading: "Days to solve",
        noun: "usual time to solve a ticket",
        audience: Audience::Customer,
        get: |case| in_period(case, |period| period.days_to_solve.map(|days| Value::Days(days.into()))),
        says: Says::With(|said| {
            let tickets = said.person.pick("tickets", "your tickets");
            let took = if *said.value == Value::Days(0) { "under a day" } else { said.figure.as_str() };
            Some(format!("the median time to solve {tickets} closed {} was {took}", days(said.case)))
        }),
    },
    Fact {
        id: FactId::of("tickets.recurring"),
        short: "recurring",
        part: Part::Tickets,
        kind: Kind::Text,
        heading: "Recurring",
        noun: "recurring subject of tickets",
        audience: Audience::Customer,
        get: |case| in_period(case, |period| recurring(period).map(|(subject, _)| Value::Text(subject))),
        says: Says::With(|said| {
            let (subject, times) = recurring(said.case.tickets.any()?.period.as_ref()?)?;
            let tickets = said.person.pick("tickets", "of your tickets");
            Some(format!("{times} {tickets} {} were about “{subject}”", days(said.case)))
        }),
    },
];

fn of_priority(case: &Case, priority: Priority) -> Knowledge<Value> {
    case.tickets.and_then(|tickets| Some(Value::Count(tickets.by_priority.of(priority).into())))
}

/// The subject that came again and again, without what help desks put before it, and how often it came.
fn recurring(period: &TicketPeriod) -> Option<(Line, u32)> {
    let (subject, times) = period.recurring.as_ref()?;
    Some((words::subject(subject.as_str())?, *times))
}

fn in_period(case: &Case, part: fn(&TicketPeriod) -> Option<Value>) -> Knowledge<Value> {
    of_period(case, case.tickets.and_then(|tickets| tickets.period.as_ref().and_then(part)))
}

/// `1 urgent ticket is open`, `you have no tickets open`.
fn open(said: &Said<'_>) -> Option<String> {
    Some(match said.person {
        Person::About => format!("{} {} open", said.figure, said.be("is", "are")),
        Person::To => format!("you have {} open", said.figure),
    })
}

/// `3 tickets were opened from 22 Sep to 20 Dec 2026`.
fn happened(said: &Said<'_>, what: &str) -> Option<String> {
    let (be, days) = (said.be("was", "were"), days(said.case));
    let yours = said.person.pick("", " of yours");
    Some(format!("{}{yours} {be} {what} {days}", said.figure))
}

/// The period, as far as the tickets' source has told of it: `from 22 Sep to 20 Dec 2026`.
fn days(case: &Case) -> String {
    let told = case.tickets.source().map_or(case.period.to, |source| source.as_of.min(case.period.to));
    format!("from {}", span(case.period.from, told))
}
