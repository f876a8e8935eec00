//! The book as a table, as JSON or for a spreadsheet.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use contracts::{
    book::{BookPage, BookQuery},
    facts::Trend,
};

use super::{
    super::{Context, print},
    EMPTY_BOOK,
};
use crate::{
    agent::book::Column,
    cli::{CustomersFormat, ListArgs},
    import::cell::inert,
    render, words,
};

/// Lists the book.
pub(super) async fn execute(context: &Context, args: &ListArgs) -> anyhow::Result<ExitCode> {
    let query =
        BookQuery { sort: args.sort, filter: args.filter.clone(), as_of: context.as_of, ..BookQuery::default() };
    let page = context.backend.whole_book(&query).await?;
    match args.format {
        CustomersFormat::Table if page.customers.is_empty() => writeln!(io::stderr(), "{}", nobody(args))?,
        CustomersFormat::Table => print(&format!("{}\n", table(&page)))?,
        CustomersFormat::Json => print(&format!("{}\n", serde_json::to_string_pretty(&page)?))?,
        CustomersFormat::Csv => print(&csv(&page)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn nobody(args: &ListArgs) -> &'static str {
    match args.filter {
        Some(_) => "No customer fits the filter.",
        None => EMPTY_BOOK,
    }
}

fn table(page: &BookPage) -> String {
    use Column::{Arr, OpenTickets, Renewal, Risk, Score, Trend};
    render::book::table(&page.customers, &[Risk, Score, Renewal, Arr, Trend, OpenTickets], page.as_of)
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
    ])?;
    for row in &page.customers {
        let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
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
        ])?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}
