//! `changes`: what changed since a day, or since the last visit.

use std::process::ExitCode;

use chrono::NaiveDate;
use contracts::changes::ChangesQuery;

use super::{Context, book, print, query, refused};
use crate::{
    cli::{ChangesArgs, ChangesFormat, Since},
    render::{self, changes},
};

/// Tells it.
pub async fn execute(context: &Context, args: &ChangesArgs) -> anyhow::Result<ExitCode> {
    let since = match args.since {
        Since::Day(day) => day,
        Since::LastVisit => match last_visit(context).await? {
            Some(day) => day,
            None => return refused("no earlier visit of yours is on record; say from when on: --since 2026-12-24"),
        },
    };
    let as_of = context.as_of.unwrap_or_else(|| context.backend.today());
    if since >= as_of {
        return refused(&format!("--since {since} is no day before {as_of}, up to which changes are told"));
    }
    let customer_id = match &args.customer {
        Some(customer) => Some(book::find(&context.backend, customer, context.as_of).await?.id),
        None => None,
    };
    let all = customer_id.is_some() || args.format == ChangesFormat::Json;
    let query = ChangesQuery {
        since,
        as_of: context.as_of,
        customer_id,
        filter: query::condition(args.filter.as_deref())?,
        after: None,
        all,
    };
    let page = context.backend.changes(&query).await?;
    print(&match args.format {
        ChangesFormat::Text => changes::text(&page),
        ChangesFormat::Markdown => changes::markdown(&page),
        ChangesFormat::Json => format!("{}\n", render::json(&page)),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The day of the last visit before today's, which is counted; none for whom nothing is kept.
async fn last_visit(context: &Context) -> anyhow::Result<Option<NaiveDate>> {
    if !context.backend.identity().await?.writable {
        return Ok(None);
    }
    Ok(context.backend.visit().await?.before)
}
