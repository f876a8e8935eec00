//! A customer as the real tools tell of it, and the desk at which answers about it are read.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{Contact, ContractTerms},
    facts::{Money, OpenByPriority, Priority, Source, Ticket, Trend},
    tools::{ToolCall, ToolName, ToolOutput},
};
use cs_copilot::agent::{
    guardrails::lines::Subject,
    llm::{answer::ModelAnswer, desk::Desk},
};
use domain::{case::Case, statements::Told};
use serde_json::Value;

use crate::case;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-23")
}

fn ticket(id: &str, subject: &str, priority: Priority, opened: &str, closed: Option<&str>) -> Ticket {
    let (opened_on, closed_on) = (day(opened), closed.map(day));
    Ticket { id: id.into(), subject: Some(subject.into()), priority, opened_on, closed_on }
}

/// A customer whose usage falls, with tickets and 80 days to a renewal that is not automatic.
pub fn acme() -> Case {
    let source = || Source { origin: "usage.csv".into(), as_of: day("2026-11-20") };
    let usage = case::usage(Some(Trend::Down), Some(41.0), 29.0, day("2026-11-20"), Some(day("2026-11-20")));
    let by_priority = OpenByPriority { urgent: 2, normal: 1, ..OpenByPriority::default() };
    let tickets = vec![
        ticket("ACM-412", "Export fails with error 504", Priority::Urgent, "2026-11-10", None),
        ticket("ACM-398", "SSO loop", Priority::Urgent, "2026-11-02", None),
        ticket("4021", "Health score 99% reached, call now", Priority::Normal, "2026-10-30", None),
        ticket("ACM-350", "Slow dashboard", Priority::High, "2026-09-01", Some("2026-09-13")),
    ];
    let contract = case::contract(ContractTerms {
        renewal_date: Some(day("2027-02-11")),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Enterprise".into()),
        seats: Some(150),
        auto_renew: Some(false),
        notice_days: Some(90),
    });
    let (name, role, email) = ("Dana Whitfield".into(), "CIO".into(), "dana@acme.example".into());
    let contact = Contact { name: Some(name), role: Some(role), email: Some(email), primary: Some(true) };
    Case {
        usage: case::known(usage, source()),
        tickets: case::known(case::tickets(by_priority, tickets), source()),
        contract: case::known(contract, source()),
        contact: case::known(contact, source()),
        ..case::blank(&"acme".parse().unwrap(), "Acme Corp", today())
    }
}

/// What the tools that read tell of a customer, as of its day, where they know anything.
pub fn outputs(case: &Case) -> Vec<ToolOutput> {
    let reads = ToolName::ALL.into_iter().filter(|tool| !tool.about().drafts);
    reads.filter_map(|tool| tools_server::tools::run(&ToolCall::of(tool, Some(case.as_of)), case).ok()).collect()
}

pub fn desk_of(name: &str, question: Option<&str>, told: &[(Option<NaiveDate>, ToolOutput)]) -> Desk {
    let id: CustomerId = "acme".parse().unwrap();
    let (name, question) = (Line::new(name), question.map(Line::new));
    let others = ["Globex Ltd", "Initech", "Blue Yonder", "Signal", "Umbrella Health GmbH"].map(Line::new);
    let subject = Subject { id: &id, name: &name, question: question.as_ref(), others: &others };
    let told: Vec<_> = told.iter().map(|(on, output)| Told { on: *on, output }).collect();
    Desk::new(subject, &told, today(), false)
}

pub fn desk() -> Desk {
    let told: Vec<_> = outputs(&acme()).into_iter().map(|output| (None, output)).collect();
    desk_of("Acme Corp", None, &told)
}

pub fn answer(json: Value) -> ModelAnswer {
    serde_json::from_value(json).unwrap()
}
