//! What the results of an evaluation come to, task by task.

use contracts::{
    TaskId,
    eval::{EvalResult, EvalTotals, Verdict},
};
use serde::Serialize;

/// What the runs of one task come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskTotals {
    /// The task.
    pub task: TaskId,
    /// Verdicts and tokens.
    #[serde(flatten)]
    pub totals: EvalTotals,
    /// The time that half of the runs took at the most, in milliseconds.
    pub p50_ms: f64,
    /// The time that 95 in 100 runs took at the most, in milliseconds.
    pub p95_ms: f64,
}

/// Counts verdicts and tokens.
pub fn totals<'a>(results: impl IntoIterator<Item = &'a EvalResult>) -> EvalTotals {
    results.into_iter().fold(EvalTotals::default(), |mut totals, result| {
        totals.cases += 1;
        *match result.verdict {
            Verdict::Pass => &mut totals.passed,
            Verdict::Fail => &mut totals.failed,
            Verdict::Timeout => &mut totals.timeouts,
            Verdict::Error => &mut totals.errors,
        } += 1;
        totals.input_tokens += result.input_tokens.unwrap_or_default();
        totals.output_tokens += result.output_tokens.unwrap_or_default();
        totals
    })
}

/// What those of these tasks come to that were run.
pub fn by_task<'a>(tasks: impl IntoIterator<Item = &'a TaskId>, results: &[EvalResult]) -> Vec<TaskTotals> {
    let of_task = |task: &TaskId| {
        let of: Vec<_> = results.iter().filter(|result| result.task == *task).collect();
        let mut latencies: Vec<_> = of.iter().map(|result| result.latency_ms).collect();
        latencies.sort_by(f64::total_cmp);
        let (p50_ms, p95_ms) = (percentile(&latencies, 50)?, percentile(&latencies, 95)?);
        Some(TaskTotals { task: task.clone(), totals: totals(of), p50_ms, p95_ms })
    };
    tasks.into_iter().filter_map(of_task).collect()
}

/// The nearest rank of sorted values; none of none.
fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}
