//! Whether results are worse than earlier ones. Only customers and tasks that both have are compared, so that neither
//! another sample nor a customer that is new or gone counts for or against.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{
    CustomerId, EvalId, Line, TaskId,
    eval::{EvalResult, Verdict},
};
use serde::Serialize;

use super::report::{self, TaskTotals};

/// Slower than before only if by this factor,
const SLOWER_FACTOR: f64 = 2.0;
/// and by this much: short times vary for many reasons.
const SLOWER_MS: f64 = 500.0;
/// Fewer runs of a task say nothing of their 95th percentile: it would be the slowest of them.
const ENOUGH_RUNS: u64 = 20;
/// More tokens than before only if by this factor.
const DEARER_FACTOR: f64 = 1.25;

/// What became worse.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Regression {
    /// A task passed for a customer, every time, and now it does not.
    Verdict {
        /// The customer.
        customer_id: CustomerId,
        /// The customer's name.
        customer_name: Line,
        /// The task.
        task: TaskId,
        /// How it was judged now.
        now: Verdict,
    },
    /// A task takes much longer.
    Latency {
        /// The task.
        task: TaskId,
        /// The 95th percentile then, in milliseconds.
        before_ms: f64,
        /// The same now.
        now_ms: f64,
    },
    /// A task takes many more tokens.
    Tokens {
        /// The task.
        task: TaskId,
        /// Tokens a run then, read and written.
        before: u64,
        /// The same now.
        now: u64,
    },
}

/// What became of an earlier evaluation's results.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The earlier evaluation.
    pub against: EvalId,
    /// How many pairs of customer and task both have.
    pub compared: usize,
    /// How many of them did not pass then and do now.
    pub fixed: usize,
    /// What became worse.
    pub regressions: Vec<Regression>,
}

/// The runs of one task for one customer.
type Cases<'a> = BTreeMap<(&'a TaskId, &'a CustomerId), Vec<&'a EvalResult>>;

fn cases(results: &[EvalResult]) -> Cases<'_> {
    let mut cases = Cases::new();
    for result in results {
        cases.entry((&result.task, &result.customer_id)).or_default().push(result);
    }
    cases
}

/// The first result that did not pass.
fn unpassed<'a>(results: &[&'a EvalResult]) -> Option<&'a EvalResult> {
    results.iter().find(|result| result.verdict != Verdict::Pass).copied()
}

/// Compares the results of now with those of `before`.
pub fn compare(against: EvalId, before: &[EvalResult], now: &[EvalResult]) -> Comparison {
    let (mut before, mut now) = (cases(before), cases(now));
    before.retain(|case, _| now.contains_key(case));
    now.retain(|case, _| before.contains_key(case));
    let mut fixed = 0;
    let mut regressions = Vec::new();
    for (earlier, later) in before.values().zip(now.values()) {
        match (unpassed(earlier), unpassed(later)) {
            (None, Some(worse)) => regressions.push(Regression::Verdict {
                customer_id: worse.customer_id.clone(),
                customer_name: worse.customer_name.clone(),
                task: worse.task.clone(),
                now: worse.verdict,
            }),
            (Some(_), None) => fixed += 1,
            _ => {}
        }
    }
    let tasks: BTreeSet<_> = now.keys().map(|(task, _)| *task).collect();
    let of = |cases: &Cases<'_>| {
        let results: Vec<_> = cases.values().flatten().map(|result| (*result).clone()).collect();
        report::by_task(tasks.iter().copied(), &results)
    };
    for (earlier, later) in of(&before).iter().zip(&of(&now)) {
        regressions.extend(slower(earlier, later).into_iter().chain(dearer(earlier, later)));
    }
    Comparison { against, compared: now.len(), fixed, regressions }
}

fn slower(before: &TaskTotals, now: &TaskTotals) -> Option<Regression> {
    let (before_ms, now_ms) = (before.p95_ms, now.p95_ms);
    let is_enough = before.totals.cases.min(now.totals.cases) >= ENOUGH_RUNS;
    let is_slower = is_enough && now_ms > before_ms * SLOWER_FACTOR && now_ms > before_ms + SLOWER_MS;
    is_slower.then_some(Regression::Latency { task: now.task.clone(), before_ms, now_ms })
}

fn dearer(before: &TaskTotals, now: &TaskTotals) -> Option<Regression> {
    let a_run = |of: &TaskTotals| (of.totals.input_tokens + of.totals.output_tokens) as f64 / of.totals.cases as f64;
    let (before, of_now) = (a_run(before), a_run(now));
    let is_dearer = before > 0.0 && of_now > before * DEARER_FACTOR;
    is_dearer.then_some(Regression::Tokens { task: now.task.clone(), before: before as u64, now: of_now as u64 })
}
