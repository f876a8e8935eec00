//! Health checks of many customers: one call scores a thousand of them, and others keep them as history meanwhile.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, TaskId,
    book::{CustomerRow, Standing},
    checks::{Check, HealthChecks, HealthQuery, HealthRequest, MAX_CHECKED, Outcome},
    failure::{Failure, Stage},
    history::{MAX_MESSAGES, NewMessage, NewMessages},
    planner::{PlannerResult, TimingInfo},
    run::CallTiming,
    tools::{ToolName, ToolOutput},
};
use domain::tasks::{Step, Tasks};
use futures::{Stream, StreamExt, TryStreamExt, stream};

use super::{Agent, RunRequest, synthesis};
use crate::{
    backend::{CallError, CallReport},
    config::Planner,
};

/// So many batches are kept while the next one is read: keeping takes longer than reading, and waits for its turn.
const KEPT_AT_ONCE: usize = 4;

/// A health check.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The customer, as the book has it.
    pub customer: CustomerRow,
    /// What the rules make of its score alone.
    pub result: PlannerResult,
}

impl Agent {
    /// Health checks by the rules of all who count, by id, in batches. Each is kept as history where the caller may write.
    pub fn check_all(&self, as_of: Option<NaiveDate>) -> impl Stream<Item = Result<Vec<Checked>, Failure>> + '_ {
        let first = HealthQuery { after: None, as_of };
        let pages = stream::try_unfold(Some(first), async |query| {
            let Some(query) = query else { return Ok(None) };
            let (mut checks, timing) = self.backend.check_page(&query).await?;
            let as_of = Some(checks.as_of);
            let next = checks.next.take().map(|after| HealthQuery { after: Some(after), as_of });
            checks.checks.retain(|check| check.customer.standing == Standing::Active);
            Ok(Some(((checks, timing), next)))
        });
        self.kept(pages)
    }

    /// The same of these customers. Who has left the book is not among them.
    pub fn check<'a>(
        &'a self,
        customers: &'a [CustomerId],
        as_of: Option<NaiveDate>,
    ) -> impl Stream<Item = Result<Vec<Checked>, Failure>> + 'a {
        let requests =
            customers.chunks(MAX_CHECKED).map(move |batch| HealthRequest { customer_ids: batch.to_vec(), as_of });
        let check = move |request| async move { self.backend.check(&request).await };
        self.kept(stream::iter(requests).then(check))
    }

    fn kept<'a>(
        &'a self,
        checks: impl Stream<Item = Result<(HealthChecks, CallTiming), Failure>> + 'a,
    ) -> impl Stream<Item = Result<Vec<Checked>, Failure>> + 'a {
        let keep = async move |(checks, timing)| {
            let (mut checked, messages) = judged(checks, timing);
            self.keep(&mut checked, messages).await;
            Ok(checked)
        };
        checks.map_ok(keep).try_buffered(KEPT_AT_ONCE)
    }

    /// Keeps the answers as history, where the caller may write; each that could not be kept says so.
    async fn keep(&self, checked: &mut [Checked], messages: Vec<NewMessage>) {
        if !self.keeps_history || checked.is_empty() {
            return;
        }
        if let Err(failure) = self.record(messages).await {
            let note = Line::new(&format!("This answer could not be kept as history: {failure}"));
            checked.iter_mut().for_each(|checked| checked.result.notes.push(note.clone()));
        }
    }

    async fn record(&self, messages: Vec<NewMessage>) -> Result<(), Failure> {
        if !self.backend.identity().await?.writable {
            return Ok(());
        }
        let mut messages = messages.into_iter().peekable();
        while messages.peek().is_some() {
            let messages = messages.by_ref().take(MAX_MESSAGES).collect();
            self.backend.record_many(&NewMessages { messages }).await?;
        }
        Ok(())
    }
}

/// What the rules make of each check, and what of that is worth keeping.
fn judged(checks: HealthChecks, timing: CallTiming) -> (Vec<Checked>, Vec<NewMessage>) {
    let HealthChecks { checks, as_of, revision, .. } = checks;
    let task = Tasks::shipped().get(&TaskId::HEALTH).expect("it is shipped");
    let is_score = |step: &Step| step.call.name() == ToolName::CalculateHealth;
    let plan: Vec<Step> = task.plan(Some(as_of)).into_iter().filter(is_score).collect();
    let timing_info = TimingInfo { planning_ms: 0.0, tool_execution_ms: timing.total_ms, total_ms: timing.total_ms };
    let judge = |Check { customer, outcome }| {
        let outcome = match outcome {
            Some(Outcome::Report(report)) => Ok(ToolOutput::Health(report)),
            Some(Outcome::Missing { what }) => Err(CallError::Missing(what)),
            None => Err(CallError::Failed(misshapen())),
        };
        let request = RunRequest::new(&customer, task.clone(), Planner::Deterministic, Some(as_of));
        let reports = [Some(CallReport { outcome, revision: Some(revision), timing })];
        let result = synthesis::synthesise(&request, as_of, &plan, &reports, timing_info);
        let message = result.health.is_some().then(|| NewMessage { run_id: request.run_id, result: result.clone() });
        (Checked { customer, result }, message)
    };
    let (checked, messages): (_, Vec<_>) = checks.into_iter().map(judge).unzip();
    (checked, messages.into_iter().flatten().collect())
}

fn misshapen() -> Failure {
    let message = Line::new("The server answered the health check with something that this program does not know.");
    Failure { stage: Stage::Schema, code: None, message, attempt: 1, request_id: None }
}
