//! A customer as the tools tell of it.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    facts::{Money, OpenByPriority, Priority, Source, Ticket, Trend, UsagePoint},
    health::{Contribution, HealthInput, Risk, ScoreRange, Signal},
    tools::{ContractReport, HealthReport, TicketsReport, ToolOutput, UsageReport},
};
use cs_copilot::agent::guardrails::grounding::{Known, Subject};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-23")
}

fn source() -> Source {
    Source { origin: "usage.csv".into(), as_of: day("2026-11-20") }
}

pub fn usage() -> UsageReport {
    let values = [44.0, 43.0, 41.0, 40.0, 31.0, 29.0, 27.0];
    let points = values
        .iter()
        .zip(0u64..)
        .map(|(&value, week)| UsagePoint { date: day("2026-10-02") + chrono::Days::new(week * 7), value });
    UsageReport {
        metric: "logins a day".into(),
        trend: Some(Trend::Down),
        recent: 29.0,
        before: Some(41.0),
        window_days: 28,
        last_use: Some(day("2026-11-13")),
        stale: false,
        points: points.collect(),
        source: source(),
        facts: Vec::new(),
    }
}

pub fn tickets() -> TicketsReport {
    let ticket = |id: &str, subject: &str, priority, opened: &str, closed: Option<&str>| Ticket {
        id: id.into(),
        subject: Some(subject.into()),
        priority,
        opened_on: day(opened),
        closed_on: closed.map(day),
    };
    TicketsReport {
        open: 5,
        by_priority: OpenByPriority { urgent: 2, high: 0, normal: 3, low: 0 },
        oldest_open: Some(day("2026-09-24")),
        recent: vec![
            ticket("ACM-412", "Export fails with error 504 on 3 reports", Priority::Urgent, "2026-11-10", None),
            ticket("ACM-398", "SSO loop", Priority::Urgent, "2026-11-02", None),
            ticket("ACM-371", "Second billing contact", Priority::Normal, "2026-09-24", None),
            ticket("4021", "Score 99% reached, call now", Priority::Normal, "2026-10-30", None),
            ticket("ACM-350", "Slow dashboard", Priority::High, "2026-09-01", Some("2026-09-13")),
        ],
        stale: false,
        source: source(),
        facts: Vec::new(),
    }
}

pub fn contract() -> ContractReport {
    ContractReport {
        renewal_date: Some(day("2027-02-11")),
        days_to_renewal: Some(80),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Pro 500".into()),
        seats: Some(150),
        auto_renew: Some(false),
        stale: false,
        source: source(),
        facts: Vec::new(),
    }
}

pub fn health() -> HealthReport {
    let part = |input: HealthInput, points: u32| {
        let weight = input.part().weight();
        Contribution { input, points, weight, adds_bp: points * weight }
    };
    HealthReport {
        model: "v2".into(),
        score: Some(32),
        risk: Risk::High,
        coverage: 100,
        range: ScoreRange { low: 32, high: 32 },
        signals: vec![Signal::UsageDown, Signal::ManyTickets],
        contributions: vec![
            part(HealthInput::Usage(Trend::Down), 0),
            part(HealthInput::OpenTickets(5), 50),
            part(HealthInput::Renewal { days: 80, automatic: false }, 70),
        ],
        last_known: None,
        gaps: Vec::new(),
        as_of: today(),
    }
}

pub fn outputs() -> Vec<ToolOutput> {
    vec![
        ToolOutput::Usage(usage()),
        ToolOutput::Tickets(tickets()),
        ToolOutput::Contract(contract()),
        ToolOutput::Health(health()),
    ]
}

pub fn known_of(question: Option<&str>, outputs: &[ToolOutput]) -> Known {
    let id: CustomerId = "acme".parse().unwrap();
    let (name, question) = (Line::new("Acme Corp"), question.map(Line::new));
    let others: Vec<Line> =
        ["Globex Ltd", "Initech", "Blue Yonder", "Signal", "Umbrella Health GmbH"].map(Line::new).to_vec();
    Known::new(Subject { id: &id, name: &name, question: question.as_ref(), as_of: today(), others: &others }, outputs)
}

pub fn known() -> Known {
    known_of(None, &outputs())
}
