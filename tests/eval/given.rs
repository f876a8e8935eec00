//! A run that passes every check, and its parts.

use chrono::NaiveDate;
use contracts::{
    TaskId,
    delivery::ContractTerms,
    eval::EvalResult,
    facts::{Money, OpenByPriority, Priority, Source, Trend},
    planner::{PlanSource, PlannerResult, TimingInfo},
    run::{CallTiming, RunEvent, RunEventKind, ToolOutcome},
    tools::ToolOutput,
};
use cs_copilot::{
    agent::{Answered, Review, RunRequest, synthesis::synthesise},
    backend::CallReport,
    config::{Limits, Planner},
    eval::{
        judge::{Case, judge},
        observed::Observed,
    },
};
use domain::tasks::Tasks;

use crate::case;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A customer whose usage falls, with an urgent ticket and 40 days to the renewal.
fn acme() -> domain::case::Case {
    let source = || Source { origin: "files".into(), as_of: day("2026-11-20") };
    let usage = case::usage(Some(Trend::Down), Some(41.0), 29.0, day("2026-11-20"), Some(day("2026-11-20")));
    let by_priority = OpenByPriority { urgent: 1, ..OpenByPriority::default() };
    let tickets = case::tickets(by_priority, vec![case::ticket("T-12", Priority::Urgent, day("2026-11-02"))]);
    let contract = case::contract(ContractTerms {
        renewal_date: Some(day("2027-01-02")),
        arr: Some(Money { minor: 12_000_000, currency: "USD".into() }),
        plan: Some("Enterprise".into()),
        ..ContractTerms::default()
    });
    domain::case::Case {
        usage: case::known(usage, source()),
        tickets: case::known(tickets, source()),
        contract: case::known(contract, source()),
        ..case::blank(&"acme".parse().unwrap(), "Acme Corp", day("2026-11-23"))
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
    run_of(TaskId::RENEWAL)
}

/// A task by the rules.
pub fn run_of(task: TaskId) -> Run {
    let today = day("2026-11-23");
    let plan = Tasks::shipped().get(&task).unwrap().plan(Some(today));
    let outputs: Vec<_> = plan.iter().map(|step| case::read(&step.call, &acme())).collect();
    let request = RunRequest {
        run_id: "run-1".parse().unwrap(),
        customer_id: "acme".parse().unwrap(),
        customer_name: "Acme Corp".into(),
        task: Tasks::shipped().get(&task).unwrap().clone(),
        question: None,
        wanted: Vec::new(),
        unknown: Vec::new(),
        follows: None,
        planner: Planner::Deterministic,
        as_of: Some(today),
        review: Review::default(),
        worth: None,
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
    Run { answered: Answered { result, outputs, written: None }, observed }
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
        let case = Case {
            name: &name,
            task: Tasks::shipped().get(&self.answered.result.task).unwrap(),
            repeat: 1,
            planner,
            limits: &limits,
            others: &others,
        };
        judge(&case, &self.answered, &self.observed)
    }
}
