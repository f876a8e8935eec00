//! `today`: what deserves attention, as much of it as there is time for.

use std::process::ExitCode;

use contracts::attention::{Attention, AttentionQuery};

use super::{Context, print, query};
use crate::{
    cli::{TodayArgs, TodayFormat},
    config::AttentionConfig,
    render::today::{self, Today},
};

/// Lists what deserves attention.
pub async fn execute(context: &Context, args: &TodayArgs) -> anyhow::Result<ExitCode> {
    let usual = &context.config.attention;
    let config = AttentionConfig { time: args.time.or(usual.time), ..usual.clone() };
    let query = AttentionQuery { as_of: context.as_of, filter: query::condition(args.filter.as_deref())? };
    let list = Today::of(&context.backend.attention(&query).await?, &config);
    print(&match args.format {
        TodayFormat::Text => today::text(&list, &config),
        TodayFormat::Markdown => today::markdown(&list),
        TodayFormat::Json => today::json(&list) + "\n",
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Everything that deserves attention on the day that counts.
pub(super) async fn read(context: &Context) -> anyhow::Result<Attention> {
    Ok(context.backend.attention(&AttentionQuery { as_of: context.as_of, filter: None }).await?)
}
