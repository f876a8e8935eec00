//! `run`: a task for one customer or for the whole book.

mod all;
mod checks;
mod files;
pub(super) mod one;
mod page;

use std::process::ExitCode;

use std::sync::Arc;

use contracts::{
    TaskId,
    book::CustomerRow,
    planner::Completeness,
    tools::{Edition, ToolName},
};
use domain::tasks::{Task, Tasks};
use files::Files;
use serde::Serialize;

use super::{Context, EXIT_PARTIAL, book, dry_run, print, query, refused};
use crate::{
    agent::{Review, RunRequest},
    cli::RunArgs,
    config::Planner,
    render,
};

/// What is done for each customer.
#[derive(Debug, Clone)]
struct Job {
    task: Arc<Task>,
    planner: Planner,
    review: Review,
}

impl Job {
    fn request(&self, customer: &CustomerRow, context: &Context) -> RunRequest {
        let request =
            RunRequest::new(customer.id.clone(), customer.name.clone(), self.task.clone(), self.planner, context.as_of);
        RunRequest { review: self.review, ..request }
    }
}

/// Runs the task. The exit code says whether the answer is whole, partial or none.
pub async fn execute(context: &Context, args: &RunArgs) -> anyhow::Result<ExitCode> {
    let task = match context.tasks.named(&args.task) {
        Ok(task) => task,
        Err(unknown) => return refused(&unknown.to_string()),
    };
    let planner = args.planner.unwrap_or(context.config.models.asked.llm.planner);
    let form = args.form.zip(args.out.as_deref());
    let review = Review { quarter: args.quarter, edition: args.edition.into() };
    let is_review = task.calls(ToolName::GenerateQbrOutline);
    if !is_review && (args.quarter.is_some() && task.period.is_none() || review.edition != Edition::default()) {
        return refused(
            "--quarter and --edition are of a QBR, and --quarter of a task with a period: cs-copilot run qbr …",
        );
    }
    let is_of_several = args.all || args.filter_by.is_some() || args.view.is_some();
    if let (None, Some(own)) = (&args.customer, task.query()) {
        return page::run(context, args, task, own).await;
    }
    if args.customer.is_none() && !is_of_several {
        return refused(&format!("whom is it for? cs-copilot run {} <CUSTOMER>, or --all, --where or --view", task.id));
    }
    let job = Job { task: task.clone(), planner, review };
    let files = form.map(|(form, folder)| Files { job: job.clone(), form, folder });
    let Some(customer) = &args.customer else {
        let query = query::asked(context, args.filter_by.as_deref(), args.view.as_deref())?;
        let is_health_check = Tasks::shipped().get(&TaskId::HEALTH) == Some(task);
        return match files {
            Some(files) => files::of_several(context, &files, &query.unwrap_or_default()).await,
            None if is_health_check && planner != Planner::Llm => {
                checks::run(context, args.format, query.as_ref()).await
            }
            None => all::run(context, &job, args.format, &query.unwrap_or_default()).await,
        };
    };
    let customer = book::find(&context.backend, customer, context.as_of).await?;
    if let Some(files) = files {
        return files::of_one(context, &files, customer).await;
    }
    let request = job.request(&customer, context);
    if args.dry_run { dry_run(context, request).await } else { Ok(one::run(context, request, args.format).await?.0) }
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
