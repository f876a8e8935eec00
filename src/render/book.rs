//! An answer about the whole book.

use chrono::NaiveDate;
use comfy_table::{CellAlignment, Table, presets};
use contracts::{book::CustomerRow, reading::Knowledge};
use domain::{facts::Fact, words};
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::markdown::escaped;
use crate::agent::book::{BookAnswer, Column};

/// A table of customers for a terminal: name, id and these columns.
pub fn table(rows: &[CustomerRow], columns: &[Column], as_of: NaiveDate) -> String {
    named(rows, columns, as_of, true)
}

/// The same of facts of the catalogue, which the rows hold.
pub fn facts(rows: &[CustomerRow], facts: &[&Fact]) -> String {
    let headings = facts.iter().map(|fact| (fact.heading, fact.kind.is_figure()));
    laid_out(rows, true, &headings.collect::<Vec<_>>(), |row| {
        let of = |fact: &&Fact| row.facts.iter().find(|reading| reading.fact == fact.id);
        facts
            .iter()
            .map(|fact| words::cell(of(fact).map_or(&Knowledge::Missing, |reading| &reading.knowledge)))
            .collect()
    })
}

fn named(rows: &[CustomerRow], columns: &[Column], as_of: NaiveDate, has_id: bool) -> String {
    let headings = columns.iter().map(|column| (column.heading(), column.is_figure()));
    let cells = |row: &CustomerRow| columns.iter().map(|column| column.cell(row, as_of)).collect();
    laid_out(rows, has_id, &headings.collect::<Vec<_>>(), cells)
}

/// Columns by their headings, and whether their figures stand at the right.
fn laid_out(
    rows: &[CustomerRow],
    has_id: bool,
    columns: &[(impl AsRef<str>, bool)],
    cells: impl Fn(&CustomerRow) -> Vec<String>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let id = |id: &str| has_id.then(|| id.to_owned());
    let headings = columns.iter().map(|(heading, _)| heading.as_ref().to_uppercase());
    table.set_header(["CUSTOMER".to_owned()].into_iter().chain(id("ID")).chain(headings));
    for row in rows {
        table.add_row([row.name.to_string()].into_iter().chain(id(row.id.as_str())).chain(cells(row)));
    }
    for (place, _) in columns.iter().enumerate().filter(|(_, (_, is_figure))| *is_figure) {
        if let Some(column) = table.column_mut(place + 1 + usize::from(has_id)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// The table that a line of so many cells holds: without the ids, then without the last columns, as far as there is need.
fn fitted(rows: &[CustomerRow], columns: &[Column], as_of: NaiveDate, width: usize) -> String {
    let fits = |table: &String| table.lines().all(|line| line.width() <= width);
    let narrower = (1..=columns.len()).rev().map(|n| named(rows, &columns[..n], as_of, false));
    let mut tables = [table(rows, columns, as_of)].into_iter().chain(narrower).peekable();
    let widest = tables.peek().cloned().unwrap_or_default();
    tables.find(fits).unwrap_or(widest)
}

/// The whole answer as plain text; for a screen with lines of so many cells, where there is one.
pub fn text(answer: &BookAnswer, width: Option<usize>) -> String {
    let filled = |text: &str, hang: &'static str| match width {
        Some(width) => {
            textwrap::fill(text, Options::new(width).subsequent_indent(hang).word_splitter(WordSplitter::NoHyphenation))
        }
        None => text.to_owned(),
    };
    let mut out = format!(
        "{}\nAsked: {}\n\n{}\n",
        filled(&format!("{} · as of {}", answer.title, answer.as_of), ""),
        answer.question,
        filled(answer.summary.as_str(), "")
    );
    if !answer.rows.is_empty() {
        let (rows, columns, as_of) = (&answer.rows, &answer.columns, answer.as_of);
        let table = width.map_or_else(|| table(rows, columns, as_of), |width| fitted(rows, columns, as_of, width));
        out.push_str(&format!("\n{table}\n"));
    }
    if !answer.notes.is_empty() {
        out.push_str("\nNOTES\n");
        out.extend(answer.notes.iter().map(|note| format!("{}\n", filled(&format!("- {note}"), "  "))));
    }
    out
}

/// The whole answer as Markdown. Foreign text is escaped.
pub fn markdown(answer: &BookAnswer) -> String {
    let said = |text: &str| escaped(text);
    let mut out = format!("# {} · as of {}\n\n", said(answer.title.as_str()), answer.as_of);
    out.push_str(&format!("*Asked: {}*\n\n{}\n", said(answer.question.as_str()), said(answer.summary.as_str())));
    if !answer.rows.is_empty() {
        let headings = answer.columns.iter().map(|&column| format!(" {} |", column.heading()));
        let rules = answer.columns.iter().map(|&column| if column.is_figure() { "---:|" } else { "---|" });
        out.push_str(&format!(
            "\n| customer | id |{}\n|---|---|{}\n",
            headings.collect::<String>(),
            rules.collect::<String>()
        ));
        for row in &answer.rows {
            let cells = answer.columns.iter().map(|&column| format!(" {} |", said(&column.cell(row, answer.as_of))));
            out.push_str(&format!(
                "| {} | {} |{}\n",
                said(row.name.as_str()),
                said(row.id.as_str()),
                cells.collect::<String>()
            ));
        }
    }
    if !answer.notes.is_empty() {
        out.push_str("\n## Notes\n\n");
        out.extend(answer.notes.iter().map(|note| format!("- {}\n", said(note.as_str()))));
    }
    out
}
