//! `done` and `snooze`: what becomes of items of today.

use std::process::ExitCode;

use anyhow::Context as _;
use contracts::{
    ItemId,
    attention::{Attention, Item, State, Until},
};

use super::{Context, print, refused, today};
use crate::{
    cli::{DoneArgs, SnoozeArgs},
    days,
};

/// Marks items as done, or opens them again.
pub async fn done(context: &Context, args: &DoneArgs) -> anyhow::Result<ExitCode> {
    let page = today::read(context).await?;
    let (state, said) = match args.undo {
        true => (State::Open, "Open again"),
        false => (State::Done(page.as_of), "Done"),
    };
    set(context, &page, &args.ids, said, |_| state.clone()).await
}

/// Puts items off.
pub async fn snooze(context: &Context, args: &SnoozeArgs) -> anyhow::Result<ExitCode> {
    let page = today::read(context).await?;
    let day = match args.until.as_deref().map(|typed| days::to_come(typed, page.as_of)).transpose() {
        Ok(day) => day,
        Err(why) => return refused(&why.to_string()),
    };
    let until = |item: &Item| day.map_or_else(|| Until::Change(item.situation.clone()), Until::Day);
    let said = day.map_or_else(|| "Snoozed until something changes".to_owned(), |day| format!("Snoozed until {day}"));
    set(context, &page, &args.ids, &said, |item| State::Snoozed(until(item))).await
}

/// All of the items are looked up before the first one is changed.
async fn set(
    context: &Context,
    page: &Attention,
    ids: &[ItemId],
    said: &str,
    state: impl Fn(&Item) -> State,
) -> anyhow::Result<ExitCode> {
    let find = |id: &ItemId| {
        let found = page.items.iter().find(|item| item.id == *id);
        found
            .with_context(|| format!("there is no item {id} on {}: cs-copilot today names those there are", page.as_of))
    };
    let items = ids.iter().map(find).collect::<anyhow::Result<Vec<&Item>>>()?;
    for item in items {
        context.backend.set_item(&item.id, &item.becomes(state(item))).await?;
        let reason = item.reasons.first().map(ToString::to_string).unwrap_or_default();
        print(&format!("{said}: {}, {reason} ({})\n", item.about.name(), item.id))?;
    }
    Ok(ExitCode::SUCCESS)
}
