//! `run`: a task for one customer or for the whole book.

mod all;
mod checks;
mod files;
pub(super) mod one;

use std::process::ExitCode;

use contracts::{TaskId, planner::Completeness};
use domain::tasks::Tasks;
use files::Files;
use serde::Serialize;

use super::{Context, EXIT_PARTIAL, book, dry_run, print, query, refused};
use crate::{agent::RunRequest, cli::RunArgs, config::Planner, render};

/// Runs the task. The exit code says whether the answer is whole, partial or none.
pub async fn execute(context: &Context, args: &RunArgs) -> anyhow::Result<ExitCode> {
    let task = match context.tasks.named(&args.task) {
        Ok(task) => task,
        Err(unknown) => return refused(&unknown.to_string()),
    };
    let planner = args.planner.unwrap_or(context.config.models.asked.llm.planner);
    let form = args.form.zip(args.out.as_deref());
    let files = form.map(|(form, folder)| Files { task, planner, form, folder });
    let Some(customer) = &args.customer else {
        let query = query::asked(context, args.filter_by.as_deref(), args.view.as_deref())?;
        let is_health_check = Tasks::shipped().get(&TaskId::HEALTH) == Some(task);
        return match files {
            Some(files) => files::of_several(context, &files, &query.unwrap_or_default()).await,
            None if is_health_check && planner != Planner::Llm => {
                checks::run(context, args.format, query.as_ref()).await
            }
            None => all::run(context, task, planner, args.format, &query.unwrap_or_default()).await,
        };
    };
    let customer = book::find(&context.backend, customer, context.as_of).await?;
    if let Some(files) = files {
        return files::of_one(context, &files, customer).await;
    }
    let request = RunRequest::new(&customer, task.clone(), planner, context.as_of);
    if args.dry_run { dry_run(context, request).await } else { one::run(context, request, args.format).await }
}

fn exit_code(completeness: Completeness) -> ExitCode {
    match completeness {
        Completeness::Complete => ExitCode::SUCCESS,
        Completeness::Partial => ExitCode::from(EXIT_PARTIAL),
        Completeness::Failed => ExitCode::FAILURE,
    }
}

/// One line of JSON.
pub(super) fn line(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string(value).expect("events and results hold nothing that JSON cannot"))
}

/// One JSON document.
pub(super) fn document(answer: &impl Serialize) -> String {
    format!("{}\n", render::json(answer))
}
