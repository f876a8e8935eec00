//! `eval`: tasks over many customers, every answer judged, kept and compared with an earlier time.

mod junit;
mod kept;
mod running;
mod table;

use std::{
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

use anyhow::bail;
use contracts::{
    EvalId,
    book::{BookQuery, CustomerRow},
    eval::{EvalResult, EvalSession, EvalTotals, EvalsQuery, MAX_SESSIONS, NewEval},
    planner::PlanSource,
};
use domain::tasks::Task;
use serde::Serialize;

use super::{Context, book, print, refused};
use crate::{
    cli::{Against, EvalArgs, EvalFormat},
    config::Planner,
    eval::{
        baseline::{self, Earlier},
        compare::{Comparison, compare},
        measures::{Measured, measured},
        report::{self, TaskTotals},
        sample::sample,
    },
};
use running::{Ended, Runs};

/// So many evaluations are read for one to compare with: one may have thousands of results.
const LOOKED_AT: usize = 5;
/// The exit code of an evaluation where some answer did not pass, though none got worse.
const EXIT_NOT_PASSED: u8 = super::EXIT_PARTIAL;
/// The exit code of what was interrupted, as shells have it.
const EXIT_INTERRUPTED: u8 = 130;

/// Why nothing is run where the model is to plan and there is none.
const NO_MODEL: &str = "there is no language model to evaluate. Keep its key with `cs-copilot config set-key` or in \
                        OPENAI_API_KEY, or name a server of your own in OPENAI_BASE_URL; `cs-copilot doctor` says more";

/// All that an evaluation came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    eval: NewEval,
    /// Whether the tools server keeps it: not for guests of a team's server.
    kept: bool,
    totals: EvalTotals,
    tasks: Vec<TaskTotals>,
    /// What the model's answers come to; nothing where none was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures: Vec<Measured>,
    /// The same of the evaluation that this one is compared with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures_before: Vec<Measured>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<Comparison>,
    #[serde(skip)]
    wants_comparison: bool,
    results: Vec<EvalResult>,
}

/// Runs the evaluation and prints its report; or lists those that are kept, or deletes one.
pub async fn execute(context: &Context, args: &EvalArgs) -> anyhow::Result<ExitCode> {
    if args.list {
        return kept::list(context, args.format).await;
    }
    if let Some(id) = &args.delete {
        return kept::delete(context, id).await;
    }
    let planner = match args.planner.unwrap_or(context.config.models.asked.llm.planner) {
        // Otherwise every run would fall back to the rules, and fail for that.
        Planner::Llm if context.agent.model_name().await.is_none() => return refused(NO_MODEL),
        Planner::Llm => PlanSource::Llm,
        // What is not asked in words the rules answer.
        Planner::Auto | Planner::Deterministic => PlanSource::Deterministic,
    };
    if let Some(why) = args.tasks.iter().find_map(|id| context.tasks.named(id).err()) {
        return refused(&why.to_string());
    }
    let is_wanted = |task: &&Arc<Task>| args.tasks.is_empty() || args.tasks.contains(&task.id);
    let tasks: Vec<_> = context.tasks.tasks.iter().filter(is_wanted).cloned().collect();
    let backend = &context.backend;
    let everybody = backend.whole_book(&BookQuery { as_of: context.as_of, ..BookQuery::default() }).await?;
    let as_of = everybody.as_of;
    let customers = customers(context, args, &everybody.customers).await?;
    if customers.is_empty() {
        bail!("the book is empty. Bring customers in with `cs-copilot import DIR`, or see `cs-copilot demo add`");
    }
    let eval = NewEval {
        id: format!("eval-{:016x}", rand::random::<u64>()).parse().expect("letters, digits and a hyphen"),
        planner,
        model: (planner == PlanSource::Llm).then(|| context.config.models.asked.llm.model.as_str().into()),
        tasks: tasks.iter().map(|task| task.id.clone()).collect(),
        customers: customers.len().try_into()?,
        repeat: args.repeat,
        as_of,
    };
    let earlier = earlier(context, args.against.as_ref(), &eval, &customers).await?;
    let kept = backend.identity().await?.writable;
    let runs =
        Runs { context, eval: &eval, tasks: &tasks, everybody: &everybody.customers, customers: &customers, kept };
    let (mut results, ended) = runs.run().await?;
    if let Ended::Gone(failure) = ended {
        return Err(failure.into());
    }
    results.sort_by(|a, b| a.case().cmp(&b.case()));
    let limits = &context.config.eval;
    let measures_before = earlier.as_ref().map(|earlier| measured(&earlier.results, limits)).unwrap_or_default();
    let measures = measured(&results, limits);
    let comparison = earlier.map(|Earlier { id, results: before }| compare(id, &before, &results));
    let wants_comparison = args.against != Some(Against::Nothing);
    let (totals, tasks) = (report::totals(&results), report::by_task(&eval.tasks, &results));
    let report = Report { kept, totals, tasks, measures, measures_before, comparison, wants_comparison, results, eval };
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
    } else if report.totals.passed < report.totals.cases || report.measures.iter().any(|measured| !measured.passed) {
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
    customers: &[CustomerRow],
) -> anyhow::Result<Option<Earlier>> {
    let of = async |id: EvalId| Ok(Earlier { results: context.backend.all_eval_results(&id).await?, id });
    match against {
        Some(Against::Nothing) => return Ok(None),
        Some(Against::Eval(id)) => return of(id.clone()).await.map(Some),
        None => {}
    }
    let cases = customers.iter().flat_map(|customer| eval.tasks.iter().map(|task| (task.clone(), customer.id.clone())));
    let cases = cases.collect();
    let is_alike = |session: &EvalSession| {
        let EvalSession { eval: before, finished_at, .. } = session;
        finished_at.is_some() && (before.planner, &before.model) == (eval.planner, &eval.model)
    };
    let newest_first = context.backend.evals(&EvalsQuery { limit: Some(MAX_SESSIONS) }).await?;
    let alike: Vec<_> = newest_first.into_iter().filter(is_alike).take(LOOKED_AT).collect();
    let mut measure = None;
    for session in alike.into_iter().rev() {
        measure = baseline::go_on(measure, of(session.eval.id).await?, &cases);
    }
    Ok(measure)
}
