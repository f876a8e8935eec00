//! Answers of tools as a test wants them, and what synthesis makes of them.

use chrono::NaiveDate;
use contracts::{
    Text,
    facts::{Money, OpenByPriority, Priority, Source, Ticket, Trend},
    failure::{Failure, Stage},
    health::{Contribution, Gap, HealthInput, HealthPart, HealthReport, Risk, ScoreRange, Signal, Why},
    planner::{PlannerResult, Task, TimingInfo},
    run::CallTiming,
    tools::{ContractReport, EmailDraft, QbrOutline, QbrSection, TicketsReport, ToolName, ToolOutput, UsageReport},
};
use cs_copilot::{
    agent::{RunRequest, synthesis::synthesise, tasks},
    backend::{CallError, CallReport},
    config::Planner,
};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The day of every answer here.
pub fn today() -> NaiveDate {
    day("2026-11-23")
}

pub fn source(origin: &str) -> Source {
    Source { origin: origin.into(), as_of: day("2026-11-20") }
}

pub fn request(task: Task) -> RunRequest {
    RunRequest {
        run_id: "run-1".parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        customer_name: "Acme".into(),
        task,
        question: None,
        planner: Planner::Deterministic,
        as_of: Some(today()),
    }
}

pub fn usage(trend: Trend, before: f64, recent: f64) -> ToolOutput {
    ToolOutput::Usage(UsageReport {
        metric: "logins a day".into(),
        trend: Some(trend),
        recent,
        before: Some(before),
        points: Vec::new(),
        source: source("usage.csv"),
    })
}

/// Open tickets, one listed for each priority that has any, all opened on `oldest`.
pub fn tickets(by_priority: OpenByPriority, oldest: &str) -> ToolOutput {
    let ticket = |priority: Priority| Ticket {
        id: format!("T-{}", priority.as_str()).as_str().into(),
        subject: Some("Export fails".into()),
        priority,
        opened_on: day(oldest),
        closed_on: None,
    };
    ToolOutput::Tickets(TicketsReport {
        open: by_priority.total(),
        by_priority,
        oldest_open: (by_priority.total() > 0).then(|| day(oldest)),
        recent: Priority::ALL.into_iter().filter(|&p| by_priority.of(p) > 0).map(ticket).collect(),
        source: source("tickets.csv"),
    })
}

pub fn no_tickets() -> ToolOutput {
    tickets(OpenByPriority::default(), "2026-11-01")
}

/// A contract of USD 120,000 a year that renews so many days after today.
pub fn contract(days: i64, auto_renew: Option<bool>) -> ToolOutput {
    ToolOutput::Contract(ContractReport {
        renewal_date: Some(today() + chrono::TimeDelta::days(days)),
        days_to_renewal: Some(days),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Enterprise".into()),
        seats: Some(1500),
        auto_renew,
        source: source("contracts.csv"),
    })
}

pub fn part(input: HealthInput, points: u32, coverage: u32) -> Contribution {
    let weight = input.part().weight();
    Contribution { input, points, weight, adds_bp: points * weight * 100 / coverage }
}

pub fn renewal(days: i64) -> HealthInput {
    HealthInput::Renewal { days, automatic: false }
}

/// A report over these contributions; the other parts are missing.
pub fn health(score: u32, risk: Risk, signals: &[Signal], contributions: &[Contribution]) -> ToolOutput {
    let known = |part: &HealthPart| contributions.iter().any(|contribution| contribution.part() == *part);
    let missing = |part| Gap { part, why: Why::Missing };
    ToolOutput::Health(HealthReport {
        model: "v2".into(),
        score: Some(score),
        risk,
        coverage: contributions.iter().map(|contribution| contribution.weight).sum(),
        range: ScoreRange { low: 20, high: 70 },
        signals: signals.to_vec(),
        contributions: contributions.to_vec(),
        gaps: HealthPart::ALL.into_iter().filter(|part| !known(part)).map(missing).collect(),
        as_of: today(),
    })
}

/// Full data: usage down, three tickets, 40 days to go.
pub fn poor_health() -> ToolOutput {
    let parts = [
        part(HealthInput::Usage(Trend::Down), 0, 100),
        part(HealthInput::OpenTickets(3), 50, 100),
        part(renewal(40), 30, 100),
    ];
    health(24, Risk::High, &[Signal::UsageDown, Signal::ManyTickets, Signal::RenewalNear], &parts)
}

pub fn email() -> ToolOutput {
    ToolOutput::Email(EmailDraft { subject: "Acme: your renewal".into(), body: Text::new("Dear all,\n\nhello.") })
}

pub fn outline() -> ToolOutput {
    let section = |title: &str| QbrSection { title: title.into(), talking_points: vec!["41 logins a day".into()] };
    ToolOutput::Qbr(QbrOutline {
        title: "QBR with Acme".into(),
        sections: vec![section("Adoption"), section("Support")],
    })
}

pub fn name(output: &ToolOutput) -> ToolName {
    match output {
        ToolOutput::Usage(_) => ToolName::GetCustomerUsage,
        ToolOutput::Tickets(_) => ToolName::GetRecentTickets,
        ToolOutput::Contract(_) => ToolName::GetContractInfo,
        ToolOutput::Health(_) => ToolName::CalculateHealth,
        ToolOutput::Email(_) => ToolName::GenerateEmail,
        ToolOutput::Qbr(_) => ToolName::GenerateQbrOutline,
    }
}

pub fn failure(stage: Stage, message: &str) -> CallError {
    let request_id = Some("req-7".into());
    CallError::Failed(Failure { stage, code: None, message: message.into(), attempt: 2, request_id })
}

/// What synthesis makes of a task whose tools gave these outputs; the others have no data.
pub fn answer(task: Task, outputs: &[ToolOutput]) -> PlannerResult {
    answer_with(task, outputs, |_| CallError::Missing("nothing is there".into()))
}

/// The same, with another reason for the tools that gave none.
pub fn answer_with(task: Task, outputs: &[ToolOutput], why: impl Fn(ToolName) -> CallError) -> PlannerResult {
    let plan = tasks::plan(task, Some(today()));
    let report = |tool: ToolName| CallReport {
        outcome: outputs.iter().find(|output| name(output) == tool).cloned().ok_or_else(|| why(tool)),
        revision: None,
        timing: CallTiming { total_ms: 18.0, ..CallTiming::default() },
    };
    let reports: Vec<_> = plan.iter().map(|step| Some(report(step.call.name()))).collect();
    synthesise(&request(task), today(), &plan, &reports, TimingInfo::default())
}
