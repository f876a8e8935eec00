//! Health checks of many customers: one call scores a thousand of them and keeps them as history.

use std::sync::Arc;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, TaskId,
    book::Essentials,
    checks::{Check, HealthChecks, HealthRequest, MAX_CHECKED},
    failure::{Failure, Stage},
    planner::{PlannerResult, TimingInfo},
    run::CallTiming,
    tools::{HealthReport, ToolName, ToolOutput},
};
use domain::tasks::{Step, Tasks};
use futures::{Stream, StreamExt, TryStreamExt, stream};

use super::{Agent, RunRequest, synthesis};
use crate::{
    backend::{CallError, CallReport},
    config::Planner,
};

/// A health check.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The customer.
    pub customer: Essentials,
    /// What the server answered.
    report: CallReport,
    call: Arc<Call>,
}

/// The call that made it.
#[derive(Debug, PartialEq)]
struct Call {
    as_of: NaiveDate,
    plan: Vec<Step>,
    /// Why nothing of it is kept as history, where something should be.
    note: Option<Line>,
}

impl Checked {
    /// The score, where there is one.
    pub fn health(&self) -> Option<&HealthReport> {
        self.report.outcome.as_ref().ok().and_then(|output| output.try_into().ok())
    }

    /// What the rules make of its score alone.
    pub fn result(self) -> PlannerResult {
        let Self { customer: Essentials { id, name, .. }, report, call } = self;
        let task = Tasks::shipped().get(&TaskId::HEALTH).expect("it is shipped");
        let request = RunRequest::new(id, name, task.clone(), Planner::Deterministic, Some(call.as_of));
        let total_ms = report.timing.total_ms;
        let timing_info = TimingInfo { planning_ms: 0.0, tool_execution_ms: total_ms, total_ms };
        let mut result = synthesis::synthesise_score(&request, call.as_of, &call.plan, report, timing_info);
        result.notes.extend(call.note.clone());
        result
    }
}

impl Agent {
    /// Health checks by the rules of all who count, by id, in batches. Each is kept as history where the caller may write.
    pub fn check_all(&self, as_of: Option<NaiveDate>) -> impl Stream<Item = Result<Vec<Checked>, Failure>> + '_ {
        let first = HealthRequest { as_of, ..HealthRequest::default() };
        stream::try_unfold(Some(first), async |request| {
            let Some(request) = request else { return Ok(None) };
            let Checks { mut answer, timing, note } = self.checks(&request).await?;
            let (after, as_of) = (answer.next.take(), Some(answer.as_of));
            let next = after.map(|after| HealthRequest { after: Some(after), as_of, ..request });
            Ok(Some((Checks { answer, timing, note }, next)))
        })
        .map_ok(async |checks| Ok(checks.judged()))
        // The next page is asked for before what this one says is put into words.
        .try_buffered(2)
    }

    /// The same of these customers. Who has left the book is not among them.
    pub fn check<'a>(
        &'a self,
        customers: &'a [CustomerId],
        as_of: Option<NaiveDate>,
    ) -> impl Stream<Item = Result<Vec<Checked>, Failure>> + 'a {
        let named = move |some: &[CustomerId]| HealthRequest { customer_ids: Some(some.to_vec()), after: None, as_of };
        let requests = stream::iter(customers.chunks(MAX_CHECKED).map(named));
        requests.then(async |request| self.checks(&request).await.map(Checks::judged))
    }

    /// Checks, and keeps the checks where the caller may write; where they cannot be kept, they are there all the same.
    async fn checks(&self, request: &HealthRequest) -> Result<Checks, Failure> {
        let mut note = None;
        if self.keeps_history && self.backend.identity().await?.writable {
            match self.backend.check_and_keep(request).await {
                Ok((answer, timing)) => return Ok(Checks { answer, timing, note }),
                Err(failure) if failure.code.is_none() => return Err(failure),
                Err(failure) => {
                    note = Some(Line::new(&format!("This answer could not be kept as history: {failure}")));
                }
            }
        }
        let (answer, timing) = self.backend.check(request).await?;
        Ok(Checks { answer, timing, note })
    }
}

/// What one call answered.
struct Checks {
    answer: HealthChecks,
    timing: CallTiming,
    note: Option<Line>,
}

impl Checks {
    fn judged(self) -> Vec<Checked> {
        let Self { answer: HealthChecks { checks, as_of, revision, .. }, timing, note } = self;
        let task = Tasks::shipped().get(&TaskId::HEALTH).expect("it is shipped");
        let is_score = |step: &Step| step.call.name() == ToolName::CalculateHealth;
        let plan = task.plan(Some(as_of)).into_iter().filter(is_score).collect();
        let call = Arc::new(Call { as_of, plan, note });
        let checked = |Check { customer, report, missing }| {
            let outcome = match (report, missing) {
                (Some(report), _) => Ok(ToolOutput::Health(report)),
                (None, Some(what)) => Err(CallError::Missing(what)),
                (None, None) => Err(CallError::Failed(misshapen())),
            };
            let report = CallReport { outcome, revision: Some(revision), timing };
            Checked { customer, report, call: Arc::clone(&call) }
        };
        checks.into_iter().map(checked).collect()
    }
}

fn misshapen() -> Failure {
    let message = Line::new("The server answered the health check with something that this program does not know.");
    Failure { stage: Stage::Schema, code: None, message, attempt: 1, request_id: None }
}
