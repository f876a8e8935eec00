//! A query from the command line: typed, put together of options, or kept under a name.

use std::collections::BTreeMap;

use contracts::{
    outcome::{QueryPage, QueryRequest},
    query::Query,
};
use domain::{
    facts::Fact,
    query::{Problem, parse, parse_filter, text},
};

use super::{Context, WrongUsage, progress};
use crate::{agent::book, config::View};

/// The query that is typed, or kept under this name; none where neither is said.
///
/// # Errors
/// What is wrong with it and where, or which names there are.
pub(super) fn asked(context: &Context, typed: Option<&str>, view: Option<&str>) -> anyhow::Result<Option<Query>> {
    let kept = |name: &str| match context.config.views.get(name) {
        Some(view) => Ok(view.as_str()),
        None => Err(WrongUsage(no_view(name, &context.config.views))),
    };
    let wanted = match (typed, view) {
        (Some(typed), _) => Some(typed),
        (None, Some(name)) => Some(kept(name)?),
        (None, None) => None,
    };
    wanted.map(read).transpose()
}

/// Reads a query.
///
/// # Errors
/// What is wrong with it, marked in its place.
pub(super) fn read(typed: &str) -> anyhow::Result<Query> {
    Ok(parse(typed).map_err(|problem| unread(typed, &problem))?)
}

/// The condition that is typed, for the tools server to pick customers by.
///
/// # Errors
/// What is wrong with it, marked in its place.
pub(super) fn condition(typed: Option<&str>) -> anyhow::Result<Option<String>> {
    let read = |typed: &str| parse_filter(typed).map_err(|problem| unread(typed, &problem));
    typed.map(read).transpose()?;
    Ok(typed.map(str::to_owned))
}

fn unread(typed: &str, problem: &Problem) -> WrongUsage {
    WrongUsage(format!("this query is not understood:\n{}", problem.shown(typed)))
}

/// What a query comes to, with these facts of the customers that it shows besides those it is about.
pub(super) async fn found(context: &Context, query: &Query, columns: &[&'static Fact]) -> anyhow::Result<QueryPage> {
    let mut facts: Vec<_> = book::columns(query).iter().chain(columns).map(|fact| fact.id.as_str()).collect();
    facts.sort_unstable();
    facts.dedup();
    let facts = Some(facts.join(","));
    let request = QueryRequest { query: text(query), facts, as_of: context.as_of, ..QueryRequest::default() };
    asked_of(context, &request).await
}

/// Has everything of the book evaluated that queries ask about, so that the first one need not wait for it.
pub(super) async fn prepare(context: &Context) -> anyhow::Result<()> {
    let nothing = QueryRequest { limit: Some(0), as_of: context.as_of, ..QueryRequest::default() };
    asked_of(context, &nothing).await.map(drop)
}

async fn asked_of(context: &Context, request: &QueryRequest) -> anyhow::Result<QueryPage> {
    let bar = progress(true, "Evaluating the book {wide_bar} {human_pos} of {human_len} customers");
    let page = context.backend.ask(request, |progress| {
        bar.set_length(progress.of.into());
        bar.set_position(progress.done.into());
    });
    let page = page.await;
    bar.finish_and_clear();
    Ok(page?)
}

/// The query with these clauses added to it.
///
/// # Errors
/// What is wrong with them, marked in their place.
pub(super) fn with(query: &Query, clauses: &[(&str, Option<&str>)]) -> anyhow::Result<Query> {
    let said = clauses.iter().filter_map(|(key, value)| Some(format!("{key}:{}", (*value)?)));
    let before = text(query);
    let all: Vec<String> = [before].into_iter().filter(|text| !text.is_empty()).chain(said).collect();
    read(&all.join(" "))
}

fn no_view(name: &str, views: &BTreeMap<String, View>) -> String {
    match views.len() {
        0 => format!("There is no view “{name}”: none is kept under [views] in the configuration."),
        _ => {
            let names: Vec<_> = views.keys().map(String::as_str).collect();
            format!("There is no view “{name}”. There are {}.", crate::words::list(&names))
        }
    }
}
