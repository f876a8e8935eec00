//! A task over the whole book.

use std::process::ExitCode;

use contracts::query::Query;
use domain::tasks::Task;

use super::{Context, document, line, print, query, refused};
use crate::{
    agent::page::{self, Wanted},
    cli::{RunArgs, RunFormat},
    render,
};

/// Prints the page of the customers of a query, which is the task's own where none is typed.
pub(super) async fn run(context: &Context, args: &RunArgs, task: &Task, own: Query) -> anyhow::Result<ExitCode> {
    if args.form.is_some() || args.dry_run {
        return refused("this task is a page over the book: print it with --format, such as --format markdown");
    }
    let typed = query::asked(context, args.filter_by.as_deref(), args.view.as_deref())?;
    let query = if args.all { Query::default() } else { typed.unwrap_or(own) };
    let wanted = Wanted { query: Some(query), only: Vec::new(), as_of: context.as_of };
    let page = page::read(&context.backend, task, &wanted).await?;
    print(&match args.format {
        RunFormat::Text => render::page::text(&page),
        RunFormat::Markdown => render::page::markdown(&page),
        RunFormat::Json => document(&page),
        RunFormat::Ndjson => line(&page),
    })?;
    Ok(ExitCode::SUCCESS)
}
