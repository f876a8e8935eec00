//! Runs all calls of a plan at once and tells what happens. Dropping the future stops the calls.

use contracts::{
    CustomerId,
    run::{RunEventKind, ToolOutcome},
    tools::ToolOutput,
};
use domain::tasks::Step;
use futures::{StreamExt, stream::FuturesUnordered};

use crate::backend::{Backend, CallError, CallReport};

/// The calls of a plan in its order; `None` while one is under way.
pub(super) type Reports = Vec<Option<CallReport>>;

/// Makes every call of `plan` at once. `tell` hears of each start and end, with the reports so far; the places it hears
/// follow on `before` earlier calls. Whatever a tool answers passes through `read` before anyone sees it.
pub(super) async fn execute(
    plan: &[Step],
    customer: &CustomerId,
    backend: &Backend,
    before: usize,
    read: fn(ToolOutput) -> ToolOutput,
    mut tell: impl FnMut(RunEventKind, &Reports),
) -> Reports {
    let mut reports: Reports = plan.iter().map(|_| None).collect();
    let mut calls = FuturesUnordered::new();
    for (index, step) in plan.iter().enumerate() {
        tell(RunEventKind::ToolStarted { index: before + index }, &reports);
        calls.push(async move { (index, backend.call(customer, &step.call).await) });
    }
    while let Some((index, mut report)) = calls.next().await {
        report.outcome = report.outcome.map(read);
        let kind =
            RunEventKind::ToolFinished { index: before + index, outcome: outcome(&report), timing: report.timing };
        if let Some(place) = reports.get_mut(index) {
            *place = Some(report);
        }
        tell(kind, &reports);
    }
    reports
}

fn outcome(report: &CallReport) -> ToolOutcome {
    match &report.outcome {
        Ok(_) => ToolOutcome::Answered,
        Err(CallError::Missing(what)) => ToolOutcome::Missing { what: what.clone() },
        Err(CallError::Failed(failure)) => ToolOutcome::Failed { failure: failure.clone() },
    }
}
