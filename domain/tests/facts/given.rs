//! Rows of made-up customers.

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    activity::{Activity, ActivityKind, ActivityRow, FollowUp},
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Measure, Money, Part, Priority, Status, Survey, Ticket, Trend},
};
use domain::{
    case::{Case, Figures, Period, TicketFigures},
    rows::{CustomerRows, Delivered, Response, Sources, TicketRow, Version},
    usage::{UsageFigures, UsagePeriod},
};

/// The day most cases are read on.
pub const TODAY: &str = "2026-11-20";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn source(name: &str) -> SourceName {
    name.parse().expect("a source's name")
}

pub fn nobody() -> CustomerRows {
    CustomerRows {
        id: "acme".parse().expect("an id"),
        fields: Vec::new(),
        usage: Vec::new(),
        tickets: Vec::new(),
        counted_tickets: None,
        contracts: Vec::new(),
        contacts: Vec::new(),
        satisfaction: Vec::new(),
        activity: Vec::new(),
    }
}

pub fn version<T>(name: &str, key: &str, from: &str, says: Option<T>) -> Version<T> {
    Version { source: source(name), key: key.into(), from: day(from), says }
}

pub fn money(minor: i64, currency: &str) -> Money {
    Money { minor, currency: currency.into() }
}

pub fn ticket(id: &str, priority: Priority, opened: &str, closed: Option<&str>, subject: &str) -> TicketRow {
    let subject = (!subject.is_empty()).then(|| Line::new(subject));
    let closed_on = closed.map(day);
    let ticket = Ticket { id: id.into(), subject, priority, opened_on: day(opened), closed_on };
    TicketRow { source: source("desk"), ticket, gone_on: None }
}

/// Something that was done with the customer of these rows, with what was agreed and when a follow-up is due.
pub fn activity(id: &str, kind: ActivityKind, on: &str, agreed: Option<&str>, due: Option<&str>) -> ActivityRow {
    let activity = Activity {
        id: id.parse().expect("an id"),
        customer_id: "acme".parse().expect("an id"),
        kind,
        on: day(on),
        text: "send the order form".into(),
        agreed: agreed.map(Line::new),
        follow_up: due.map(|due| FollowUp { due: day(due), closed_on: None }),
    };
    ActivityRow { source: source("manual"), activity }
}

/// That every part was delivered by the source that `full` has it from, on this day.
pub fn delivered(on: &str) -> Sources {
    let parts = [
        ("crm", Part::Customers),
        ("crm", Part::Contracts),
        ("crm", Part::Contacts),
        ("desk", Part::Tickets),
        ("product", Part::Usage),
        ("surveys", Part::Satisfaction),
    ];
    let delivered = parts.map(|(name, part)| Delivered { source: source(name), part, day: day(on) });
    Sources { delivered: delivered.into(), ..Sources::default() }
}

pub fn weekly_users() -> UsageFigures {
    UsageFigures {
        source: source("product"),
        metric: "weekly active users".into(),
        measure: Measure::Level,
        trend: Some(Trend::Down),
        now: 605.0,
        recent: 610.0,
        before: Some(897.0),
        window_days: 28,
        step_days: 7,
        newest: day(TODAY),
        last_use: Some(day(TODAY)),
        streak: -3,
        down_since: None,
        seasonal: false,
        period: Some(UsagePeriod { value: 640.0, before: Some(800.0) }),
    }
}

/// A customer of whom everything is kept.
pub fn full() -> CustomerRows {
    let fields = CustomerFields {
        name: Some("Acme".into()),
        industry: Some("Logistics".into()),
        segment: Some("Enterprise".into()),
        owner: Some("Dana Field".into()),
        status: Some(Status::Active),
        since: Some(day("2021-03-01")),
        contact: None,
    };
    let terms = |arr| ContractTerms {
        renewal_date: Some(day("2027-02-11")),
        arr: Some(money(arr, "USD")),
        plan: Some("Gold".into()),
        seats: Some(1_000),
        auto_renew: Some(true),
        notice_days: Some(90),
    };
    let person = Contact {
        name: Some("Maria Lopez".into()),
        role: Some("CTO".into()),
        email: Some("maria@acme.example".into()),
        primary: Some(true),
    };
    CustomerRows {
        fields: vec![version("crm", "acme", "2026-01-05", Some(fields))],
        tickets: vec![
            ticket("T-1", Priority::Urgent, "2026-10-11", None, "Export loses rows"),
            ticket("T-2", Priority::High, "2026-11-10", None, "import stuck"),
            ticket("T-3", Priority::Low, "2026-09-01", Some("2026-09-04"), "Import  stuck"),
            ticket("T-4", Priority::Low, "2026-10-01", Some("2026-10-02"), "Import stuck"),
        ],
        contracts: vec![
            version("crm", "C-1", "2026-01-05", Some(terms(12_000_000))),
            version("crm", "C-1", "2026-09-01", Some(terms(10_000_000))),
        ],
        contacts: vec![version("crm", "maria@acme.example", "2026-01-05", Some(person))],
        satisfaction: vec![Response {
            source: source("surveys"),
            key: "r1".into(),
            date: day("2026-10-30"),
            survey: Survey::Csat,
            score: 4,
        }],
        activity: vec![
            activity("call-1", ActivityKind::Call, "2026-10-30", Some("two years at the same price"), None),
            activity("note-1", ActivityKind::Note, "2026-11-12", None, Some("2026-11-25")),
        ],
        ..nobody()
    }
}

/// The customer of these rows and this usage.
pub fn case(rows: &CustomerRows, usage: Option<UsageFigures>, sources: &Sources, as_of: &str) -> Case {
    let period = Period::up_to(day(as_of));
    let figures = Figures { usage, ..Figures::of(rows, sources, day(as_of), period) };
    Case::with(rows, figures, sources, day(as_of), period)
}

/// A customer of whom everything is known and fresh.
pub fn full_case() -> Case {
    case(&full(), Some(weekly_users()), &delivered(TODAY), TODAY)
}

/// The same, read of what is kept beside its rows: without what happened in a period.
pub fn case_of_kept_sums() -> Case {
    let mut case = full_case();
    case.usage = case.usage.and_then(|usage| Some(UsageFigures { period: None, ..usage.clone() }));
    case.tickets = case.tickets.and_then(|tickets| Some(TicketFigures { period: None, ..tickets.clone() }));
    case
}

/// The same, when everything has gone stale.
pub fn stale_case() -> Case {
    case(&full(), Some(weekly_users()), &delivered(TODAY), "2027-06-01")
}

/// What is said of a fact, about the customer and to it.
pub fn says(case: &Case, id: &str) -> (Option<String>, Option<String>) {
    let says = domain::facts::find(id).expect("a fact").read(case).says;
    let about = says.as_ref().map(|says| says.about.to_string());
    (about, says.and_then(|says| says.to).map(|to| to.to_string()))
}
