//! Health checks of the whole book, or of those of a query: a line each.

use std::{
    collections::HashMap,
    io::{self, Write},
    process::ExitCode,
};

use contracts::{CustomerId, book::Place, planner::Completeness, query::Query};
use futures::{TryStreamExt, stream::BoxStream};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, all, all::Tally, document, exit_code, line, print};
use crate::{agent::Checked, cli::RunFormat, render};

type Checks<'a> = BoxStream<'a, Result<Vec<Checked>, contracts::failure::Failure>>;

/// What is printed of a check, made while others are read.
struct Printed {
    customer: CustomerId,
    place: Place,
    completeness: Completeness,
    text: String,
}

impl Printed {
    fn of(checked: Checked, format: RunFormat) -> Self {
        let place = checked.customer.place();
        let (customer, completeness) = (checked.customer.id.clone(), completeness(&checked));
        let text = match format {
            RunFormat::Text => render::check::line(&checked),
            RunFormat::Markdown => render::check::markdown(&checked),
            RunFormat::Ndjson => line(&checked.result()),
            RunFormat::Json => document(&checked.result()),
        };
        Self { customer, place, completeness, text }
    }
}

/// Checks everybody, worst first; of a query, those who fit it, in its order.
pub(super) async fn run(context: &Context, format: RunFormat, query: Option<&Query>) -> anyhow::Result<ExitCode> {
    let checked = match query {
        None => {
            let mut everybody = read(Box::pin(context.agent.check_all(context.as_of)), format).await?;
            everybody.sort_by(|a, b| a.place.cmp(&b.place));
            everybody
        }
        Some(query) => {
            let customers: Vec<CustomerId> =
                all::customers(context, query).await?.into_iter().map(|customer| customer.id).collect();
            let found = read(Box::pin(context.agent.check(&customers, context.as_of)), format).await?;
            let mut found: HashMap<_, _> =
                found.into_iter().map(|checked| (checked.customer.clone(), checked)).collect();
            customers.iter().filter_map(|id| found.remove(id)).collect()
        }
    };
    let mut tally = Tally::default();
    checked.iter().for_each(|checked| tally.count(checked.completeness));
    print(&text(format, &checked))?;
    writeln!(io::stderr(), "{tally}")?;
    Ok(exit_code(tally.completeness()))
}

async fn read(mut checks: Checks<'_>, format: RunFormat) -> anyhow::Result<Vec<Printed>> {
    let bar = ProgressBar::no_length().with_style(ProgressStyle::with_template("{spinner} {pos} customers")?);
    let mut all = Vec::new();
    while let Some(batch) = checks.try_next().await? {
        bar.inc(batch.len() as u64);
        all.extend(batch.into_iter().map(|checked| Printed::of(checked, format)));
    }
    bar.finish_and_clear();
    Ok(all)
}

/// Whether the score knows everything.
fn completeness(checked: &Checked) -> Completeness {
    match checked.health() {
        None => Completeness::Failed,
        Some(report) if report.gaps.is_empty() => Completeness::Complete,
        Some(_) => Completeness::Partial,
    }
}

fn text(format: RunFormat, checked: &[Printed]) -> String {
    let texts: Vec<_> = checked.iter().map(|checked| checked.text.as_str()).collect();
    match format {
        RunFormat::Json if texts.is_empty() => "[]\n".to_owned(),
        RunFormat::Json => format!("[\n{}]\n", texts.join(",\n")),
        RunFormat::Text | RunFormat::Markdown | RunFormat::Ndjson => texts.concat(),
    }
}
