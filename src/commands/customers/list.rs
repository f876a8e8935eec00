//! The book as a table, as JSON or for a spreadsheet.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use contracts::{
    book::{BookPage, BookQuery, CustomerRow, Standing},
    facts::{Part, Trend},
    outcome::QueryPage,
    query::Query,
};
use domain::facts::{
    Fact,
    csv::{self as sheet, inert},
};

use super::super::{Context, ask::rendered, book::EMPTY_BOOK, print, query};
use crate::{
    agent::book::{self, BookAnswer},
    cli::{CustomersFormat, ListArgs, RunFormat},
    render::{self, Column},
    words,
};

/// Lists the book.
pub(super) async fn execute(context: &Context, args: &ListArgs) -> anyhow::Result<ExitCode> {
    let facts = facts(args);
    let asked = query::asked(context, args.filter_by.as_deref(), args.view.as_deref())?;
    if asked.is_some() || args.by.is_some() || args.sum.is_some() {
        let clauses = [("by", args.by.as_deref()), ("sum", args.sum.as_deref())];
        return of_query(context, args, &query::with(&asked.unwrap_or_default(), &clauses)?, &facts).await;
    }
    let ids: Vec<_> = facts.iter().map(|fact| fact.id.as_str()).collect();
    let query = BookQuery {
        sort: args.sort,
        filter: args.filter.clone(),
        as_of: context.as_of,
        facts: (!ids.is_empty()).then(|| ids.join(",")),
        ..BookQuery::default()
    };
    let page = context.backend.whole_book(&query).await?;
    match args.format {
        CustomersFormat::Table if page.customers.is_empty() => writeln!(io::stderr(), "{}", nobody(args))?,
        CustomersFormat::Table => {
            print(&format!("{}\n", table(&page, &facts)))?;
            if let Some(left) = left(&page.customers) {
                writeln!(io::stderr(), "{left}")?;
            }
        }
        CustomersFormat::Json => print(&format!("{}\n", serde_json::to_string_pretty(&page)?))?,
        CustomersFormat::Csv if facts.is_empty() => print(&csv(&page)?)?,
        CustomersFormat::Csv => print(&csv_of_facts(&page, &facts)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Answers a query, with the columns that were asked for.
async fn of_query(
    context: &Context,
    args: &ListArgs,
    query: &Query,
    facts: &[&'static Fact],
) -> anyhow::Result<ExitCode> {
    let QueryPage { outcome, customers, as_of, revision, .. } = query::found(context, query, facts).await?;
    let mut answer = book::told(query, None, &outcome, customers, as_of);
    if !facts.is_empty() {
        answer.columns = facts.to_vec();
    }
    match args.format {
        CustomersFormat::Table => print(&rendered(&answer, RunFormat::Text))?,
        CustomersFormat::Json => print(&rendered(&answer, RunFormat::Json))?,
        CustomersFormat::Csv if query.group.is_some() => print(&csv_of_groups(&answer)?)?,
        CustomersFormat::Csv => {
            let (columns, customers) = (answer.columns, answer.rows);
            let total = outcome.shown;
            print(&csv_of_facts(&BookPage { customers, total, next: None, as_of, revision }, &columns)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn csv_of_groups(answer: &BookAnswer) -> anyhow::Result<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["group", "customers", "comes_to"])?;
    for group in &answer.groups {
        let (name, comes_to) = (inert(group.name.as_str()), inert(group.comes_to.as_str()));
        csv.write_record([name, group.customers.to_string(), comes_to])?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

/// The facts that are asked for, each once.
fn facts(args: &ListArgs) -> Vec<&'static Fact> {
    let mut facts: Vec<&'static Fact> = Vec::new();
    for fact in args.columns.iter().flat_map(|columns| &columns.0) {
        if facts.iter().all(|listed| listed.id != fact.id) {
            facts.push(fact);
        }
    }
    facts
}

/// Those at the end of the list that do not count, by why.
fn left(rows: &[CustomerRow]) -> Option<String> {
    let of = |standing| {
        let n = rows.iter().filter(|row| row.standing == standing).count();
        (n > 0).then(|| format!("{} {}", words::grouped(&n.to_string()), standing.as_str()))
    };
    let left: Vec<_> = [Standing::Churned, Standing::Gone].into_iter().filter_map(of).collect();
    (!left.is_empty()).then(|| format!("At the end of the list, no customers any more: {}.", words::list(&left)))
}

fn nobody(args: &ListArgs) -> &'static str {
    match args.filter {
        Some(_) => "No customer fits the filter.",
        None => EMPTY_BOOK,
    }
}

fn table(page: &BookPage, facts: &[&Fact]) -> String {
    use Column::{Arr, OpenTickets, Renewal, Risk, Score, Trend};
    match facts {
        [] => render::book::table(&page.customers, &[Risk, Score, Renewal, Arr, Trend, OpenTickets]),
        facts => render::book::facts(&page.customers, facts),
    }
}

fn csv(page: &BookPage) -> anyhow::Result<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "customer_id",
        "name",
        "risk",
        "score",
        "coverage",
        "days_to_renewal",
        "arr",
        "currency",
        "usage_trend",
        "open_tickets",
        "as_of",
        "standing",
        "stale",
    ])?;
    for row in &page.customers {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
        let stale: Vec<_> = row.stale.iter().copied().map(Part::as_str).collect();
        csv.write_record([
            inert(row.id.as_str()),
            inert(row.name.as_str()),
            row.risk.as_str().to_owned(),
            number(row.score.map(i64::from)),
            row.coverage.to_string(),
            number(row.days_to_renewal),
            row.arr.as_ref().map(|arr| words::amount(arr.minor)).unwrap_or_default(),
            row.arr.as_ref().map(|arr| inert(arr.currency.as_str())).unwrap_or_default(),
            row.trend.map(Trend::as_str).unwrap_or_default().to_owned(),
            number(row.open_tickets.map(i64::from)),
            page.as_of.to_string(),
            row.standing.as_str().to_owned(),
            stale.join("; "),
        ])?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

fn csv_of_facts(page: &BookPage, facts: &[&Fact]) -> anyhow::Result<String> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let begin = ["customer_id", "name", "standing", "as_of"].map(str::to_owned);
    csv.write_record(begin.into_iter().chain(sheet::headings(facts)))?;
    for row in &page.customers {
        let standing = row.standing.as_str().to_owned();
        let begin = [inert(row.id.as_str()), inert(row.name.as_str()), standing, page.as_of.to_string()];
        csv.write_record(begin.into_iter().chain(sheet::cells(facts, &row.facts)))?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}
