//! Answers of tools as a test wants them, and what synthesis makes of them.

use chrono::NaiveDate;
use contracts::{
    TaskId, Text,
    delivery::ContractTerms,
    facts::{Money, OpenByPriority, Priority, Source, Trend},
    failure::{Failure, Stage},
    health::{Contribution, Gap, HealthInput, HealthPart, Risk, ScoreRange, Signal, Why},
    planner::{PlannerResult, TimingInfo},
    reading::Knowledge,
    run::CallTiming,
    tools::{EmailDraft, HealthReport, QbrOutline, QbrSection, ReadParams, ToolCall, ToolName, ToolOutput},
};
use cs_copilot::{
    agent::{Review, RunRequest, synthesis::synthesise},
    backend::{CallError, CallReport},
    config::Planner,
};
use domain::tasks::Tasks;
use domain::{
    case::{Case, ContractFigures, TicketFigures},
    usage::UsageFigures,
};

use crate::case;

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

pub fn request(task: TaskId) -> RunRequest {
    RunRequest {
        run_id: "run-1".parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        customer_name: "Acme".into(),
        task: Tasks::shipped().get(&task).unwrap().clone(),
        question: None,
        wanted: Vec::new(),
        unknown: Vec::new(),
        follows: None,
        planner: Planner::Deterministic,
        as_of: Some(today()),
        review: Review::default(),
        worth: None,
    }
}

fn acme() -> Case {
    case::blank(&"acme".parse().unwrap(), "Acme", today())
}

/// What the tool tells of usage that is so.
pub fn usage_as(usage: Knowledge<UsageFigures>) -> ToolOutput {
    case::read(&ToolCall::GetCustomerUsage(ReadParams::default()), &Case { usage, ..acme() })
}

pub fn usage(trend: Trend, before: f64, recent: f64) -> ToolOutput {
    let figures = case::usage(Some(trend), Some(before), recent, day("2026-11-20"), Some(day("2026-11-20")));
    usage_as(case::known(figures, source("usage.csv")))
}

/// What the tool tells of tickets that are so.
pub fn tickets_as(tickets: Knowledge<TicketFigures>) -> ToolOutput {
    case::read(&ToolCall::GetRecentTickets(ReadParams::default()), &Case { tickets, ..acme() })
}

/// Open tickets, one listed for each priority that has any, all opened on `oldest`.
pub fn open_tickets(by_priority: OpenByPriority, oldest: &str) -> TicketFigures {
    let listed = Priority::ALL.into_iter().filter(|&priority| by_priority.of(priority) > 0);
    let ticket = |priority: Priority| case::ticket(&format!("T-{}", priority.as_str()), priority, day(oldest));
    case::tickets(by_priority, listed.map(ticket).collect())
}

pub fn tickets(by_priority: OpenByPriority, oldest: &str) -> ToolOutput {
    tickets_as(case::known(open_tickets(by_priority, oldest), source("tickets.csv")))
}

pub fn no_tickets() -> ToolOutput {
    tickets(OpenByPriority::default(), "2026-11-01")
}

/// What the tool tells of contracts that are so.
pub fn contract_as(contract: Knowledge<ContractFigures>) -> ToolOutput {
    case::read(&ToolCall::GetContractInfo(ReadParams::default()), &Case { contract, ..acme() })
}

/// A contract of USD 120,000 a year that renews so many days after today.
pub fn terms(days: i64, auto_renew: Option<bool>) -> ContractTerms {
    ContractTerms {
        renewal_date: Some(today() + chrono::TimeDelta::days(days)),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Enterprise".into()),
        seats: Some(1500),
        auto_renew,
        notice_days: None,
    }
}

/// The same, as it is known today.
pub fn contract(days: i64, auto_renew: Option<bool>) -> ToolOutput {
    let source = Source { as_of: today(), ..source("contracts.csv") };
    contract_as(case::known(case::contract(terms(days, auto_renew)), source))
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
        last_known: None,
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
    ToolOutput::Email(EmailDraft {
        subject: "Acme: your renewal".into(),
        body: Text::new("Dear all,\n\nhello."),
        ..EmailDraft::default()
    })
}

pub fn outline() -> ToolOutput {
    let section = |title: &str| QbrSection {
        title: title.into(),
        talking_points: vec!["41 logins a day".into()],
        statements: Vec::new(),
    };
    ToolOutput::Qbr(QbrOutline {
        title: "QBR with Acme".into(),
        sections: vec![section("Adoption"), section("Support")],
        review: None,
    })
}

pub fn failure(stage: Stage, message: &str) -> CallError {
    let request_id = Some("req-7".into());
    CallError::Failed(Failure { stage, code: None, message: message.into(), attempt: 2, request_id })
}

/// What synthesis makes of a task whose tools gave these outputs; the others have no data.
pub fn answer(task: TaskId, outputs: &[ToolOutput]) -> PlannerResult {
    answer_with(task, outputs, |_| CallError::Missing("nothing is there".into()))
}

/// The same of a run.
pub fn answer_of(request: RunRequest, outputs: &[ToolOutput]) -> PlannerResult {
    answered(&request, outputs, |_| CallError::Missing("nothing is there".into()))
}

/// The same, with another reason for the tools that gave none.
pub fn answer_with(task: TaskId, outputs: &[ToolOutput], why: impl Fn(ToolName) -> CallError) -> PlannerResult {
    answered(&request(task), outputs, why)
}

fn answered(request: &RunRequest, outputs: &[ToolOutput], why: impl Fn(ToolName) -> CallError) -> PlannerResult {
    let plan = request.task.plan(Some(today()));
    let report = |tool: ToolName| CallReport {
        outcome: outputs.iter().find(|output| output.tool() == tool).cloned().ok_or_else(|| why(tool)),
        revision: None,
        timing: CallTiming { total_ms: 18.0, ..CallTiming::default() },
    };
    let reports: Vec<_> = plan.iter().map(|step| Some(report(step.call.name()))).collect();
    synthesise(request, today(), &plan, &reports, TimingInfo::default())
}
