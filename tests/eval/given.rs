//! A run that passes every check, and its parts.

use contracts::{
    eval::EvalResult,
    planner::{PlanSource, PlannerResult, Task, TimingInfo},
    run::{CallTiming, RunEvent, RunEventKind, ToolOutcome},
    tools::{ToolName, ToolOutput},
};
use cs_copilot::{
    agent::{Answered, RunRequest, synthesis::synthesise, tasks},
    backend::CallReport,
    config::{Limits, Planner},
    eval::{
        judge::{Case, judge},
        observed::Observed,
    },
};
use serde_json::{Value, json};

fn data(tool: ToolName) -> Value {
    let source = json!({ "origin": "files", "asOf": "2026-11-20" });
    match tool {
        ToolName::GetCustomerUsage => json!({
            "metric": "logins a day", "trend": "down", "recent": 29.0, "before": 41.0, "points": [], "source": source,
        }),
        ToolName::GetRecentTickets => json!({
            "open": 1, "byPriority": { "urgent": 1, "high": 0, "normal": 0, "low": 0 }, "oldestOpen": "2026-11-02",
            "recent": [{ "id": "T-12", "subject": "Export fails", "priority": "urgent", "openedOn": "2026-11-02" }],
            "source": source,
        }),
        ToolName::GetContractInfo => json!({
            "renewalDate": "2027-01-02", "daysToRenewal": 40, "arr": { "minor": 12_000_000, "currency": "USD" },
            "plan": "Enterprise", "source": source,
        }),
        ToolName::CalculateHealth => json!({
            "model": "v2", "score": 34, "risk": "high", "coverage": 100, "range": { "low": 34, "high": 34 },
            "signals": ["usage_down"], "gaps": [], "asOf": "2026-11-23",
            "contributions": [
                { "input": { "part": "usage_trend", "is": "down" }, "points": 0, "weight": 45, "addsBp": 0 },
                { "input": { "part": "open_tickets", "is": 1 }, "points": 80, "weight": 35, "addsBp": 2800 },
                {
                    "input": { "part": "days_to_renewal", "is": { "days": 40, "automatic": false } },
                    "points": 30, "weight": 20, "addsBp": 600,
                },
            ],
        }),
        ToolName::GenerateEmail => json!({ "subject": "Acme Corp: your renewal", "body": "Hello,\n\nshall we talk?" }),
        ToolName::GenerateQbrOutline => json!({ "title": "QBR with Acme Corp", "sections": [] }),
    }
}

/// What a run came to and what was seen of it.
pub struct Run {
    pub answered: Answered,
    pub observed: Observed,
}

pub fn event(kind: RunEventKind) -> RunEvent {
    RunEvent { run_id: "run-1".parse().unwrap(), at_ms: 0.0, kind }
}

/// A renewal brief by the rules.
pub fn run() -> Run {
    run_of(Task::Renewal)
}

/// A task by the rules.
pub fn run_of(task: Task) -> Run {
    let today = "2026-11-23".parse().unwrap();
    let plan = tasks::plan(task, Some(today));
    let outputs: Vec<_> =
        plan.iter().map(|step| ToolOutput::parse(step.call.name(), data(step.call.name())).unwrap()).collect();
    let request = RunRequest {
        run_id: "run-1".parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        customer_name: "Acme Corp".into(),
        task,
        question: None,
        planner: Planner::Deterministic,
        as_of: Some(today),
    };
    let timing = CallTiming { total_ms: 4.0, ..CallTiming::default() };
    let report = |output: &ToolOutput| Some(CallReport { outcome: Ok(output.clone()), revision: None, timing });
    let reports: Vec<_> = outputs.iter().map(report).collect();
    let took = TimingInfo { total_ms: 12.5, ..TimingInfo::default() };
    let result = synthesise(&request, today, &plan, &reports, took);
    let mut observed = Observed::default();
    observed.see(&event(RunEventKind::Planned {
        customer_id: request.customer_id,
        task,
        plan_source: PlanSource::Deterministic,
        tools: plan.iter().map(|step| step.call.name()).collect(),
    }));
    for index in 0..plan.len() {
        observed.see(&event(RunEventKind::ToolFinished { index, outcome: ToolOutcome::Answered, timing }));
    }
    Run { answered: Answered { result, outputs }, observed }
}

impl Run {
    pub fn result(&mut self) -> &mut PlannerResult {
        &mut self.answered.result
    }

    /// As it is judged where the rules were asked.
    pub fn judged(&self) -> EvalResult {
        self.judged_by(PlanSource::Deterministic)
    }

    pub fn judged_by(&self, planner: PlanSource) -> EvalResult {
        let others = ["Globex".into()];
        let (name, limits) = ("Acme Corp".into(), Limits::default());
        let case = Case { name: &name, repeat: 1, planner, limits: &limits, others: &others };
        judge(&case, &self.answered, &self.observed)
    }
}
