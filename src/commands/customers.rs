//! `customers`: the book as a table, as JSON or for a spreadsheet.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use comfy_table::{CellAlignment, Table, presets};
use contracts::{
    book::{BookPage, BookQuery, CustomerRow},
    facts::Trend,
};

use super::{Context, print};
use crate::{
    cli::{CustomersArgs, CustomersFormat},
    words,
};

/// Lists the book.
pub async fn execute(context: &Context, args: &CustomersArgs) -> anyhow::Result<ExitCode> {
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

fn nobody(args: &CustomersArgs) -> &'static str {
    match args.filter {
        Some(_) => "No customer fits the filter.",
        None => "The book is empty. Bring customers in with `cs-copilot import DIR`, or see `cs-copilot demo add`.",
    }
}

fn table(page: &BookPage) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["CUSTOMER", "ID", "RISK", "SCORE", "RENEWAL", "ARR", "USAGE", "OPEN TICKETS"]);
    for row in &page.customers {
        table.add_row(cells(row));
    }
    for column in [3, 5, 7] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn cells(row: &CustomerRow) -> [String; 8] {
    let known = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    [
        row.name.to_string(),
        row.id.to_string(),
        row.risk.as_str().to_owned(),
        known(row.score.map(|score| words::score(score, row.coverage))),
        known(row.days_to_renewal.map(words::distance)),
        known(row.arr.as_ref().map(words::money)),
        known(row.trend.map(|trend| trend.as_str().to_owned())),
        known(row.open_tickets.map(|open| open.to_string())),
    ]
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
            row.arr.as_ref().map(|arr| amount(arr.minor)).unwrap_or_default(),
            row.arr.as_ref().map(|arr| inert(arr.currency.as_str())).unwrap_or_default(),
            row.trend.map(Trend::as_str).unwrap_or_default().to_owned(),
            number(row.open_tickets.map(i64::from)),
            page.as_of.to_string(),
        ])?;
    }
    Ok(String::from_utf8(csv.into_inner()?)?)
}

/// Whole units and cents, without grouping: `120000.00`.
fn amount(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

/// Foreign text that a spreadsheet would take for a formula, made plain text.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
