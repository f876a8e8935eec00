//! A query from the command line: typed, put together of options, or kept under a name.

use std::collections::BTreeMap;

use anyhow::bail;
use contracts::{
    book::{BookPage, BookQuery},
    query::Query,
};
use domain::query::{parse, text};

use super::Context;
use crate::{agent::book, config::View};

/// The query that is typed, or kept under this name; none where neither is said.
///
/// # Errors
/// What is wrong with it and where, or which names there are.
pub(super) fn asked(context: &Context, typed: Option<&str>, view: Option<&str>) -> anyhow::Result<Option<Query>> {
    let kept = |name: &str| match context.config.views.get(name) {
        Some(view) => Ok(view.as_str()),
        None => bail!("{}", no_view(name, &context.config.views)),
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
    parse(typed).map_err(|problem| anyhow::anyhow!("this query is not understood:\n{}", problem.shown(typed)))
}

/// The customers of the whole book, with what the query reads of them.
pub(super) async fn read_for(context: &Context, query: &Query, columns: &[&str]) -> anyhow::Result<BookPage> {
    let wanted = book::wanted(query);
    let mut facts: Vec<&str> = wanted.split(',').collect();
    facts.extend(columns.iter().filter(|column| !wanted.split(',').any(|fact| fact == **column)));
    let facts = facts.join(",");
    let query = BookQuery { as_of: context.as_of, facts: Some(facts), ..BookQuery::default() };
    Ok(context.backend.whole_book(&query).await?)
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
