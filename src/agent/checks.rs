//! Health checks of many customers: one call reads what they rest on, another keeps them as history.

use std::collections::HashMap;

use contracts::{
    ErrorCode, Line,
    checks::{Check, HealthRequest, Outcome, TOOLS},
    failure::{Failure, Stage},
    history::{NewMessage, NewMessages},
    planner::{Completeness, PlannerResult, TimingInfo},
    run::CallTiming,
    tools::{ToolName, ToolOutput},
};

use domain::tasks::{Step, Task};

use super::{Agent, RunRequest, run::total_failure, synthesis};
use crate::backend::{CallError, CallReport};

/// A health check, and why there is none where no tool has an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The answer.
    pub result: PlannerResult,
    /// Why it is none.
    pub failure: Option<Failure>,
}

impl Agent {
    /// Whether many customers' answers to the task can be had at once: where it asks nothing but what a check answers.
    pub fn is_checked(task: &Task) -> bool {
        task.plan(None).iter().all(|step| TOOLS.contains(&step.call.name()))
    }

    /// Answers by the rules, in the order of the requests, which are of one task that [is checked](Self::is_checked), of
    /// one day, and at most [`MAX_CHECKED`](contracts::checks::MAX_CHECKED). Each is the one that a run of its own would
    /// give.
    pub async fn check(&self, requests: &[RunRequest]) -> Vec<Checked> {
        let as_of = requests.first().and_then(|request| request.as_of);
        let customer_ids = requests.iter().map(|request| request.customer_id.clone()).collect();
        let (answer, timing) = self.backend.check(&HealthRequest { customer_ids, as_of }).await;
        let plan = requests.first().map(|request| request.task.plan(as_of)).unwrap_or_default();
        let today = as_of.unwrap_or_else(|| self.backend.today());
        let (revision, checks) = match answer {
            Ok(answer) => (Some(answer.revision), Ok(answer.checks)),
            Err(failure) => (None, Err(failure)),
        };
        let mut checks = checks.map(|checks| {
            checks.into_iter().map(|check| (check.customer_id.clone(), check)).collect::<HashMap<_, _>>()
        });
        let timing_info =
            TimingInfo { planning_ms: 0.0, tool_execution_ms: timing.total_ms, total_ms: timing.total_ms };
        let mut checked: Vec<_> = requests
            .iter()
            .map(|request| {
                let mut check = checks
                    .as_mut()
                    .map_err(|failure| failure.clone())
                    .and_then(|checks| checks.remove(&request.customer_id).ok_or_else(|| unknown(request)));
                let reports: Vec<_> =
                    plan.iter().map(|step| Some(report(step, check.as_mut(), revision, timing))).collect();
                let result = synthesis::synthesise(request, today, &plan, &reports, timing_info);
                let is_none = result.completeness() == Completeness::Failed;
                let failure = is_none.then(|| total_failure(&result, &request.customer_name));
                Checked { result, failure }
            })
            .collect();
        if self.keeps_history {
            self.keep(requests, &mut checked).await;
        }
        checked
    }

    /// Keeps the answers as history, where the caller may write; each that could not be kept says so.
    async fn keep(&self, requests: &[RunRequest], checked: &mut [Checked]) {
        let of = requests.iter().zip(&*checked).filter(|(_, checked)| checked.failure.is_none());
        let messages: Vec<_> = of
            .map(|(request, checked)| NewMessage { run_id: request.run_id.clone(), result: checked.result.clone() })
            .collect();
        if messages.is_empty() {
            return;
        }
        let kept = match self.backend.identity().await {
            Ok(identity) if !identity.writable => Ok(()),
            Ok(_) => self.backend.record_many(&NewMessages { messages }).await,
            Err(failure) => Err(failure),
        };
        if let Err(failure) = kept {
            let note = Line::new(&format!("This answer could not be kept as history: {failure}"));
            checked.iter_mut().for_each(|checked| checked.result.notes.push(note.clone()));
        }
    }
}

/// What the tool of this step answered, as its own call would have.
fn report(
    step: &Step,
    check: Result<&mut Check, &mut Failure>,
    revision: Option<u64>,
    timing: CallTiming,
) -> CallReport {
    let tool = step.call.name();
    let outcome = match check {
        Err(failure) => Err(CallError::Failed(failure.clone())),
        Ok(check) => match check.answers.iter().position(|answer| answer.tool == tool) {
            None => Err(CallError::Failed(misshapen(tool))),
            Some(place) => match check.answers.swap_remove(place).outcome {
                Outcome::Missing(what) => Err(CallError::Missing(what)),
                Outcome::Report(data) => ToolOutput::parse(tool, data).map_err(|_| CallError::Failed(misshapen(tool))),
            },
        },
    };
    CallReport { outcome, revision, timing }
}

fn misshapen(tool: ToolName) -> Failure {
    let message = Line::new(&format!("The answer of {tool} does not have the shape it should."));
    Failure { stage: Stage::Schema, code: None, message, attempt: 1, request_id: None }
}

/// The customer has left the book since it was listed.
fn unknown(request: &RunRequest) -> Failure {
    let message = Line::new(&format!("There is no customer {}.", request.customer_id));
    Failure { stage: Stage::Store, code: Some(ErrorCode::NotFound), message, attempt: 1, request_id: None }
}
