//! `eval`: tasks over many customers, every answer judged, kept and compared with an earlier time.

mod junit;
mod running;
mod table;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::bail;
use contracts::{
    EvalId,
    book::{BookQuery, CustomerRow},
    eval::{EvalResult, EvalSession, EvalTotals, EvalsQuery, MAX_SESSIONS, NewEval},
    planner::{PlanSource, Task},
};
use serde::Serialize;

use super::{Context, book, print};
use crate::{
    cli::{Against, EvalArgs, EvalFormat},
    config::Planner,
    eval::{
        compare::{Comparison, compare},
        report::{self, TaskTotals},
        sample::sample,
    },
};
use running::{Ended, Runs};

/// The exit code of an evaluation where some answer did not pass, though none got worse.
const EXIT_NOT_PASSED: u8 = super::EXIT_PARTIAL;
/// The exit code of what was interrupted, as shells have it.
const EXIT_INTERRUPTED: u8 = 130;

/// All that an evaluation came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    eval: NewEval,
    /// Whether the tools server keeps it: not for guests of a team's server.
    kept: bool,
    totals: EvalTotals,
    tasks: Vec<TaskTotals>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison>,
    results: Vec<EvalResult>,
}

/// Runs the evaluation and prints its report.
pub async fn execute(context: &Context, args: &EvalArgs) -> anyhow::Result<ExitCode> {
    let backend = &context.backend;
    let everybody = backend.whole_book(&BookQuery { as_of: context.as_of, ..BookQuery::default() }).await?;
    let as_of = everybody.as_of;
    let customers = customers(context, args, &everybody.customers).await?;
    if customers.is_empty() {
        bail!("the book is empty. Bring customers in with `cs-copilot import DIR`, or see `cs-copilot demo add`");
    }
    let planner = match args.planner.unwrap_or(context.config.llm.planner) {
        Planner::Llm => PlanSource::Llm,
        // What is not asked in words the rules answer.
        Planner::Auto | Planner::Deterministic => PlanSource::Deterministic,
    };
    let eval = NewEval {
        id: format!("eval-{:016x}", rand::random::<u64>()).parse().expect("letters, digits and a hyphen"),
        planner,
        model: (planner == PlanSource::Llm).then(|| context.config.llm.model.as_str().into()),
        tasks: Task::ALL.into_iter().filter(|task| args.tasks.is_empty() || args.tasks.contains(task)).collect(),
        customers: customers.len().try_into()?,
        repeat: args.repeat,
        as_of,
    };
    let earlier = earlier(context, args.against.as_ref(), &eval).await?;
    let kept = backend.identity().await?.writable;
    let runs = Runs { context, eval: &eval, everybody: &everybody.customers, customers: &customers, kept };
    let (mut results, ended) = runs.run().await?;
    if let Ended::Gone(failure) = ended {
        return Err(failure.into());
    }
    results.sort_by(|a, b| a.case().cmp(&b.case()));
    let comparison = earlier.map(|(id, before)| compare(id, &before, &results));
    let report =
        Report { kept, totals: report::totals(&results), tasks: report::by_task(&results), comparison, results, eval };
    print(&match args.format {
        EvalFormat::Table => table::report(&report),
        EvalFormat::Json => format!("{}\n", serde_json::to_string_pretty(&report)?),
        EvalFormat::Junit => junit::report(&report)?,
    })?;
    if matches!(ended, Ended::Interrupted) {
        let (ran, all) = (report.results.len(), report.eval.cases());
        writeln!(io::stderr(), "Interrupted after {ran} of {all} runs.")?;
        return Ok(ExitCode::from(EXIT_INTERRUPTED));
    }
    Ok(exit_code(&report))
}

fn exit_code(report: &Report) -> ExitCode {
    let got_worse = report.comparison.as_ref().is_some_and(|comparison| !comparison.regressions.is_empty());
    if got_worse {
        ExitCode::FAILURE
    } else if report.totals.passed < report.totals.cases {
        ExitCode::from(EXIT_NOT_PASSED)
    } else {
        ExitCode::SUCCESS
    }
}

/// The customers that are asked for, each of them once, by id.
async fn customers(context: &Context, args: &EvalArgs, everybody: &[CustomerRow]) -> anyhow::Result<Vec<CustomerRow>> {
    let mut customers = Vec::new();
    for wanted in &args.customers {
        customers.push(book::find(&context.backend, wanted, context.as_of).await?);
    }
    if customers.is_empty() {
        let count = if args.all { everybody.len() } else { args.sample as usize };
        customers = sample(everybody.to_vec(), count, args.seed);
    }
    customers.sort_by(|a, b| a.id.cmp(&b.id));
    customers.dedup_by(|a, b| a.id == b.id);
    Ok(customers)
}

/// The evaluation to compare with and its results.
async fn earlier(
    context: &Context,
    against: Option<&Against>,
    eval: &NewEval,
) -> anyhow::Result<Option<(EvalId, Vec<EvalResult>)>> {
    let backend = &context.backend;
    let id = match against {
        Some(Against::Nothing) => None,
        Some(Against::Eval(id)) => Some(id.clone()),
        None => {
            let query = EvalsQuery { limit: Some(MAX_SESSIONS) };
            let is_alike = |session: &EvalSession| {
                session.finished_at.is_some()
                    && session.eval.planner == eval.planner
                    && session.eval.model == eval.model
            };
            backend.evals(&query).await?.into_iter().find(is_alike).map(|session| session.eval.id)
        }
    };
    Ok(match id {
        Some(id) => {
            let results = backend.all_eval_results(&id).await?;
            Some((id, results))
        }
        None => None,
    })
}
