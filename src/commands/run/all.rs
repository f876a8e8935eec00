//! A task for the whole book, or for those of a query.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use contracts::{
    book::CustomerRow,
    failure::{Failure, Stage},
    planner::{Completeness, PlannerResult},
    query::Query,
    run::RunEventKind,
};
use futures::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};

use super::{super::query, Context, Job, document, exit_code, line, print};
use crate::{cli::RunFormat, render, words};

/// So many customers are worked on at once.
pub(super) const AT_ONCE: usize = 8;

/// Between two answers that people read.
const RULE: &str = "\n────────────────────────────────────────────────────────────\n\n";

pub(super) async fn run(context: &Context, job: &Job, format: RunFormat, query: &Query) -> anyhow::Result<ExitCode> {
    let customers = customers(context, query).await?;
    let bar = progress_bar(customers.len())?;
    let mut tally = Tally::default();
    // `buffered` keeps the order.
    let mut answers =
        stream::iter(customers).map(|customer| answer(context, job, customer)).buffered(AT_ONCE).boxed_local();
    let mut gone = None;
    while let Some(answer) = answers.next().await {
        bar.inc(1);
        tally.count(answer.result.completeness());
        let text = answer.text(format, tally.total() == 1);
        bar.suspend(|| print(&text))?;
        // Where the server has gone, it will not answer for the others either.
        gone = answer.failure.filter(|failure| failure.stage == Stage::Connect);
        if gone.is_some() {
            break;
        }
    }
    bar.finish_and_clear();
    if format == RunFormat::Json {
        print(if tally.total() == 0 { "[]\n" } else { "]\n" })?;
    }
    writeln!(io::stderr(), "{tally}")?;
    match gone {
        Some(failure) => Err(failure.into()),
        None => Ok(exit_code(tally.completeness())),
    }
}

/// Those of the query.
pub(super) async fn customers(context: &Context, query: &Query) -> anyhow::Result<Vec<CustomerRow>> {
    // The book is worst first, and stays so where the query has no order of its own.
    let query = Query { group: None, measure: None, ..query.clone() };
    Ok(query::found(context, &query, &[]).await?.customers)
}

fn progress_bar(customers: usize) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} customers")?;
    Ok(ProgressBar::new(customers as u64).with_style(style))
}

/// One customer's answer.
pub(super) struct Answer {
    pub customer: CustomerRow,
    pub result: PlannerResult,
    pub failure: Option<Failure>,
}

pub(super) async fn answer(context: &Context, job: &Job, customer: CustomerRow) -> Answer {
    let mut failure = None;
    let request = job.request(&customer, context);
    let result = context
        .agent
        .run(request, |event| {
            if let RunEventKind::Failed { failure: why, .. } = event.kind {
                failure = Some(why);
            }
        })
        .await
        .result;
    Answer { customer, result, failure }
}

impl Answer {
    /// What is printed of it, with what separates it from the answer before.
    fn text(&self, format: RunFormat, first: bool) -> String {
        let name = self.customer.name.as_str();
        match format {
            RunFormat::Ndjson => line(&self.result),
            RunFormat::Json => format!("{}{}", if first { "[\n" } else { ",\n" }, document(&self.result)),
            RunFormat::Text => format!("{}{}", if first { "" } else { RULE }, render::text(name, &self.result)),
            RunFormat::Markdown => format!("{}{}", if first { "" } else { "\n" }, render::markdown(name, &self.result)),
        }
    }
}

/// How many answers of which kind there are.
#[derive(Default)]
pub(super) struct Tally {
    complete: u32,
    partial: u32,
    failed: u32,
}

impl Tally {
    pub(super) fn count(&mut self, completeness: Completeness) {
        match completeness {
            Completeness::Complete => self.complete += 1,
            Completeness::Partial => self.partial += 1,
            Completeness::Failed => self.failed += 1,
        }
    }

    fn total(&self) -> u32 {
        self.complete + self.partial + self.failed
    }

    /// The whole book's answer: none at all only where nobody has one.
    pub(super) fn completeness(&self) -> Completeness {
        match self.total() {
            total if total == self.complete => Completeness::Complete,
            total if total == self.failed => Completeness::Failed,
            _ => Completeness::Partial,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { complete, partial, failed } = self;
        let total = words::count(self.total().into(), "customer");
        write!(f, "{total}: {complete} complete, {partial} partial, {failed} without an answer")
    }
}
