//! `portfolio`: what the book comes to, on one page.

use std::process::ExitCode;

use super::{Context, print, query};
use crate::{
    agent::portfolio::read,
    cli::{PageFormat, PortfolioArgs},
    render::{self, portfolio},
    send,
};

/// Prints it.
pub async fn execute(context: &Context, args: &PortfolioArgs) -> anyhow::Result<ExitCode> {
    let query = query::asked(context, args.filter_by.as_deref(), None)?.unwrap_or_default();
    let page = read(&context.backend, &query, args.by.map(Into::into), context.as_of).await?;
    let (title, sections) = (portfolio::title(&page.portfolio), portfolio::sections(&page));
    print(&match args.format {
        PageFormat::Markdown => portfolio::markdown(&title, &sections),
        PageFormat::Html => send::page(&title, &sections),
        PageFormat::Json => format!("{}\n", render::json(&page)),
    })?;
    Ok(ExitCode::SUCCESS)
}
