//! Health checks of the whole book, or of those of a query: a line each.

use std::{
    collections::HashMap,
    io::{self, Write},
    process::ExitCode,
};

use contracts::{
    CustomerId,
    book::BookSort,
    planner::{Completeness, PlannerResult},
    query::Query,
};
use futures::{TryStreamExt, stream::BoxStream};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, all, all::Tally, document, exit_code, line, print};
use crate::{agent::Checked, cli::RunFormat, render};

type Checks<'a> = BoxStream<'a, Result<Vec<Checked>, contracts::failure::Failure>>;

/// Checks everybody, worst first; of a query, those who fit it, in its order.
pub(super) async fn run(context: &Context, format: RunFormat, query: Option<&Query>) -> anyhow::Result<ExitCode> {
    let checked = match query {
        None => {
            let mut everybody = read(Box::pin(context.agent.check_all(context.as_of))).await?;
            everybody.sort_by_cached_key(|checked| checked.customer.place(BookSort::Risk));
            everybody
        }
        Some(query) => {
            let customers: Vec<CustomerId> =
                all::customers(context, query).await?.into_iter().map(|customer| customer.id).collect();
            let found = read(Box::pin(context.agent.check(&customers, context.as_of))).await?;
            let mut found: HashMap<_, _> =
                found.into_iter().map(|checked| (checked.customer.id.clone(), checked)).collect();
            customers.iter().filter_map(|id| found.remove(id)).collect()
        }
    };
    let mut tally = Tally::default();
    checked.iter().for_each(|checked| tally.count(completeness(&checked.result)));
    print(&text(format, &checked))?;
    writeln!(io::stderr(), "{tally}")?;
    Ok(exit_code(tally.completeness()))
}

async fn read(mut checks: Checks<'_>) -> anyhow::Result<Vec<Checked>> {
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template("{spinner} {pos} customers")?);
    let mut all = Vec::new();
    while let Some(batch) = checks.try_next().await? {
        bar.inc(batch.len() as u64);
        all.extend(batch);
    }
    bar.finish_and_clear();
    Ok(all)
}

/// Whether the score knows everything.
fn completeness(result: &PlannerResult) -> Completeness {
    match &result.health {
        None => Completeness::Failed,
        Some(report) if report.gaps.is_empty() => Completeness::Complete,
        Some(_) => Completeness::Partial,
    }
}

fn text(format: RunFormat, checked: &[Checked]) -> String {
    let each = |text: fn(&Checked) -> String| checked.iter().map(text).collect::<String>();
    match format {
        RunFormat::Text => each(|it| render::check::line(it.customer.name.as_str(), &it.result)),
        RunFormat::Markdown => each(|it| render::check::markdown(it.customer.name.as_str(), &it.result)),
        RunFormat::Ndjson => each(|it| line(&it.result)),
        RunFormat::Json => document(&checked.iter().map(|it| &it.result).collect::<Vec<_>>()),
    }
}
