//! Planners and what guards them. A run is a plan, executed at once, and its answer, told in events.

pub mod book;
mod executor;
pub mod guardrails;
pub mod intent;
pub mod llm;
pub mod synthesis;
pub mod tasks;

use std::time::Instant;

use chrono::NaiveDate;
use contracts::{
    CustomerId, ErrorCode, Line, RunId,
    book::CustomerRow,
    history::NewMessage,
    planner::{Completeness, PlanSource, PlannerResult, Task, TimingInfo},
    run::{Failure, RunEvent, RunEventKind, Stage, ToolOutcome},
    tools::ToolOutput,
};

use self::llm::Model;
use crate::{backend::Backend, config::Planner};

/// One run to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRequest {
    /// The run's id; every event carries it.
    pub run_id: RunId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name, for sentences.
    pub customer_name: Line,
    /// The task.
    pub task: Task,
    /// What was asked, in the user's own words; none where a key or a command asked for the task.
    pub question: Option<Line>,
    /// Who is to plan.
    pub planner: Planner,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
}

impl RunRequest {
    /// A run of `task` for a customer of the book, under a new random id.
    pub fn new(customer: &CustomerRow, task: Task, planner: Planner, as_of: Option<NaiveDate>) -> Self {
        let run_id = format!("run-{:016x}", rand::random::<u64>()).parse().expect("letters, digits and a hyphen");
        let (customer_id, customer_name) = (customer.id.clone(), customer.name.clone());
        Self { run_id, customer_id, customer_name, task, question: None, planner, as_of }
    }
}

/// What a run came to.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer.
    pub result: PlannerResult,
    /// What the tools answered, which is all that the answer may rest on.
    pub outputs: Vec<ToolOutput>,
}

/// What runs tasks: the tools, and a language model where one is configured.
#[derive(Debug, Clone)]
pub struct Agent {
    backend: Backend,
    model: Option<Model>,
}

impl Agent {
    /// An agent on these tools; without a model the rules answer everything.
    pub fn new(backend: Backend, model: Option<Model>) -> Self {
        Self { backend, model }
    }

    /// The tools.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Plans the task, runs all of its calls at once, tells every step through `events`, and stores the finished run as
    /// history. The last event is `Finished` or `Failed`. Dropping the future stops the calls.
    pub async fn run(&self, request: RunRequest, mut events: impl FnMut(RunEvent)) -> Answered {
        let backend = &self.backend;
        let started = Instant::now();
        let elapsed = || started.elapsed().as_secs_f64() * 1000.0;
        let mut tell = |kind| events(RunEvent { run_id: request.run_id.clone(), at_ms: elapsed(), kind });

        let plan = tasks::plan(request.task, request.as_of);
        tell(RunEventKind::Planned {
            customer_id: request.customer_id.clone(),
            task: request.task,
            plan_source: PlanSource::Deterministic,
            tools: plan.iter().map(|step| step.call.name()).collect(),
        });
        let planning_ms = elapsed();
        let answer = |reports: &executor::Reports| {
            let total_ms = elapsed();
            let timing = TimingInfo { planning_ms, tool_execution_ms: total_ms - planning_ms, total_ms };
            let today = request.as_of.unwrap_or_else(|| backend.today());
            synthesis::synthesise(&request, today, &plan, reports, timing)
        };
        let reports = executor::execute(&plan, &request.customer_id, backend, |kind, reports| {
            let news = matches!(kind, RunEventKind::ToolFinished { outcome: ToolOutcome::Answered, .. });
            tell(kind);
            if news && reports.iter().any(Option::is_none) {
                tell(RunEventKind::Patch { result: Box::new(answer(reports)) });
            }
        })
        .await;

        let mut result = answer(&reports);
        let outputs = reports.into_iter().flatten().filter_map(|report| report.outcome.ok()).collect();
        if result.completeness() == Completeness::Failed {
            let failure = total_failure(&result, &request.customer_name);
            tell(RunEventKind::Failed { failure, result: Box::new(result.clone()) });
            return Answered { result, outputs };
        }
        if request.planner == Planner::Llm && self.model.is_none() {
            result.plan_hint = Some(Line::new("No language model is configured, so the rules answered."));
        }
        tell(RunEventKind::Finished { result: Box::new(result.clone()) });
        if let Err(failure) = record(&request, &result, backend).await {
            result.notes.push(Line::new(&format!("This answer could not be kept as history: {failure}")));
        }
        Answered { result, outputs }
    }
}

/// Keeps the answer as history, where the caller may write.
async fn record(request: &RunRequest, result: &PlannerResult, backend: &Backend) -> Result<(), Failure> {
    if !backend.identity().await?.writable {
        return Ok(());
    }
    backend.record(&NewMessage { run_id: request.run_id.clone(), result: result.clone() }).await
}

/// Why a run has no answer at all: an unknown customer before any other failure, and a failure before missing data.
fn total_failure(result: &PlannerResult, customer: &Line) -> Failure {
    let failures = || result.used_tools.iter().filter_map(|tool| tool.error.as_ref());
    let unknown = failures().find(|failure| failure.code == Some(ErrorCode::NotFound));
    unknown.or_else(|| failures().next()).cloned().unwrap_or_else(|| Failure {
        stage: Stage::Store,
        code: Some(ErrorCode::MissingData),
        message: Line::new(&format!(
            "Nothing is known of {customer}: no usage, no tickets and no contract. Bring them in with `cs-copilot import`."
        )),
        attempt: 1,
        request_id: None,
    })
}
