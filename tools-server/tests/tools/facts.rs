//! Facts to run tools over: by hand, and arbitrary ones.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    Line,
    facts::{Money, OpenByPriority, Priority, Source, Ticket, Trend},
    import::CustomerRecord,
    tools::{
        EmailDraft, EmailOccasion, EmailParams, QbrOutline, ReadParams, TicketsReport, ToolCall, ToolOutput,
        UsageReport,
    },
};
use proptest::{collection::vec, option, prelude::*};
use tools_server::{
    store::{CustomerFacts, StoredContract},
    tools::{MissingData, run},
};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn in_days(days: i64) -> NaiveDate {
    today().checked_add_signed(TimeDelta::days(days)).unwrap()
}

pub fn source() -> Source {
    Source { origin: "files".into(), as_of: today() }
}

/// A customer of whom nothing but the name is known.
pub fn nameless() -> CustomerFacts {
    let customer = CustomerRecord {
        id: "acme".parse().unwrap(),
        name: "Acme Corp".into(),
        industry: None,
        segment: None,
        contact: None,
    };
    CustomerFacts { customer, usage: None, tickets: None, contract: None }
}

pub fn usage(trend: Option<Trend>, before: f64, recent: f64) -> UsageReport {
    UsageReport {
        metric: "logins a day".into(),
        trend,
        recent,
        before: Some(before),
        points: Vec::new(),
        source: source(),
    }
}

/// Open tickets of these priorities, opened one a day, the first one three weeks ago.
pub fn tickets(priorities: &[Priority]) -> TicketsReport {
    let of = |priority| priorities.iter().filter(|other| **other == priority).count() as u32;
    let recent = (1..).zip(priorities).map(|(number, priority)| Ticket {
        id: Line::new(&format!("T-{number}")),
        subject: Some(Line::new(&format!("Subject {number}"))),
        priority: *priority,
        opened_on: in_days(number - 22),
        closed_on: None,
    });
    TicketsReport {
        open: priorities.len() as u32,
        by_priority: OpenByPriority {
            urgent: of(Priority::Urgent),
            high: of(Priority::High),
            normal: of(Priority::Normal),
            low: of(Priority::Low),
        },
        oldest_open: priorities.first().map(|_| in_days(-21)),
        recent: recent.collect(),
        source: source(),
    }
}

pub fn contract(days: Option<i64>) -> StoredContract {
    StoredContract {
        renewal_date: days.map(in_days),
        arr: None,
        plan: None,
        seats: None,
        auto_renew: None,
        source: source(),
    }
}

pub fn call(tool: ToolCall, facts: &CustomerFacts) -> Result<ToolOutput, MissingData> {
    run(&tool, facts, today())
}

pub fn email(occasion: EmailOccasion, facts: &CustomerFacts) -> Result<EmailDraft, MissingData> {
    match call(ToolCall::GenerateEmail(EmailParams { as_of: None, occasion }), facts)? {
        ToolOutput::Email(draft) => Ok(draft),
        other => panic!("not an email: {other:?}"),
    }
}

pub fn outline(facts: &CustomerFacts) -> Result<QbrOutline, MissingData> {
    match call(ToolCall::GenerateQbrOutline(ReadParams::default()), facts)? {
        ToolOutput::Qbr(outline) => Ok(outline),
        other => panic!("not an outline: {other:?}"),
    }
}

fn trends() -> impl Strategy<Value = Trend> {
    prop::sample::select(Trend::ALL.to_vec())
}

/// Foreign text, now and then with a word that must not leave the house.
fn foreign() -> impl Strategy<Value = Line> {
    let internal = prop_oneof!["", "Health score", "CHURN RISK", "RiskScore", "healthy"];
    (internal, "\\PC{0,20}").prop_map(|(word, text)| Line::new(&format!("{word} {text}")))
}

fn some_tickets() -> impl Strategy<Value = TicketsReport> {
    let priority = prop::sample::select(Priority::ALL.to_vec());
    (vec((priority, foreign(), option::of(foreign())), 0..12), -400_i64..1).prop_map(|(list, as_of)| {
        let priorities: Vec<_> = list.iter().map(|(priority, ..)| *priority).collect();
        let mut report = tickets(&priorities);
        report.source.as_of = in_days(as_of);
        for (ticket, (_, id, subject)) in report.recent.iter_mut().zip(list) {
            (ticket.id, ticket.subject) = (id, subject);
        }
        report
    })
}

fn some_usage() -> impl Strategy<Value = UsageReport> {
    (option::of(trends()), foreign(), 0.0..1e9, option::of(0.0..1e9))
        .prop_map(|(trend, metric, recent, before)| UsageReport { metric, before, ..usage(trend, 0.0, recent) })
}

fn some_contract() -> impl Strategy<Value = StoredContract> {
    let arr = option::of((0..i64::MAX).prop_map(|minor| Money { minor, currency: "USD".into() }));
    let terms = (arr, option::of(foreign()), option::of(any::<u32>()), option::of(any::<bool>()));
    (option::of(-3000_i64..3000), terms).prop_map(|(days, (arr, plan, seats, auto_renew))| StoredContract {
        arr,
        plan,
        seats,
        auto_renew,
        ..contract(days)
    })
}

/// Any facts at all; the customer's own names hold no internal word, so that a test can tell where one comes from.
pub fn any_facts() -> impl Strategy<Value = CustomerFacts> {
    (option::of(some_usage()), option::of(some_tickets()), option::of(some_contract()), option::of("[A-Z][a-z]{1,3}"))
        .prop_map(|(usage, tickets, contract, contact)| {
            let mut facts = CustomerFacts { usage, tickets, contract, ..nameless() };
            facts.customer.contact = contact.map(Line::from);
            facts
        })
}
