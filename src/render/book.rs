//! An answer about the whole book, and the list of its customers.

use comfy_table::{CellAlignment, Table, presets};
use contracts::{book::CustomerRow, reading::Knowledge};
use domain::{facts::Fact, words};
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::{Column, markdown::escaped};
use crate::agent::book::{BookAnswer, Group};

/// A table of customers for a terminal: name, id and these columns.
pub fn table(rows: &[CustomerRow], columns: &[Column]) -> String {
    let headings: Vec<_> = columns.iter().map(|column| (column.heading(), column.is_figure())).collect();
    let cells = |row: &CustomerRow| columns.iter().map(|column| column.cell(row)).collect();
    laid_out(&headings, true, rows.iter().map(|row| named(row, true, cells(row))))
}

/// The same of facts of the catalogue, which the rows hold.
pub fn facts(rows: &[CustomerRow], facts: &[&Fact]) -> String {
    of_facts(rows, facts, true)
}

/// What a row has of a fact, as a cell.
pub fn cell(row: &CustomerRow, fact: &Fact) -> String {
    let reading = row.facts.iter().find(|reading| reading.fact == fact.id);
    words::cell(reading.map_or(&Knowledge::Missing, |reading| &reading.knowledge))
}

fn of_facts(rows: &[CustomerRow], facts: &[&Fact], has_id: bool) -> String {
    let headings: Vec<_> = facts.iter().map(|fact| (fact.heading, fact.kind.is_figure())).collect();
    let cells = |row: &CustomerRow| facts.iter().map(|fact| cell(row, fact)).collect();
    laid_out(&headings, has_id, rows.iter().map(|row| named(row, has_id, cells(row))))
}

fn named(row: &CustomerRow, has_id: bool, cells: Vec<String>) -> Vec<String> {
    let id = has_id.then(|| row.id.to_string());
    [row.name.to_string()].into_iter().chain(id).chain(cells).collect()
}

/// Columns by their headings, and whether their figures stand at the right.
fn laid_out(columns: &[(impl AsRef<str>, bool)], has_id: bool, rows: impl Iterator<Item = Vec<String>>) -> String {
    let headings = columns.iter().map(|(heading, _)| heading.as_ref().to_uppercase());
    let id = has_id.then(|| "ID".to_owned());
    let mut table = empty(["CUSTOMER".to_owned()].into_iter().chain(id).chain(headings));
    for row in rows {
        table.add_row(row);
    }
    for (place, _) in columns.iter().enumerate().filter(|(_, (_, is_figure))| *is_figure) {
        at_the_right(&mut table, place + 1 + usize::from(has_id));
    }
    table.trim_fmt()
}

fn empty(headings: impl Iterator<Item = String>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(headings);
    table
}

fn at_the_right(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// What stands above the columns of groups.
pub const GROUPS: [&str; 3] = ["Group", "Customers", "Comes to"];

/// The cells of a group below [`GROUPS`].
pub fn group(group: &Group) -> [String; 3] {
    [group.name.to_string(), crate::words::grouped(&group.customers.to_string()), group.comes_to.to_string()]
}

fn groups(answer: &BookAnswer) -> String {
    let mut table = empty(GROUPS.iter().map(|heading| heading.to_uppercase()));
    for it in &answer.groups {
        table.add_row(group(it));
    }
    (1..GROUPS.len()).for_each(|column| at_the_right(&mut table, column));
    table.trim_fmt()
}

/// The table that a line of so many cells holds: without the ids, then without the last columns, as far as there is need.
fn fitted(answer: &BookAnswer, width: usize) -> String {
    let fits = |table: &String| table.lines().all(|line| line.width() <= width);
    let columns = &answer.columns;
    let narrower = (1..=columns.len()).rev().map(|n| of_facts(&answer.rows, &columns[..n], false));
    let mut tables = [facts(&answer.rows, columns)].into_iter().chain(narrower).peekable();
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
    let mut out = format!("{}\n", filled(&format!("{} · as of {}", answer.understood(), answer.as_of), ""));
    if let Some(question) = &answer.question {
        out.push_str(&format!("Asked: {question}\n"));
    }
    out.push_str(&format!("{}\n\n{}\n", filled(&answer.in_words(), ""), filled(answer.summary.as_str(), "")));
    if !answer.groups.is_empty() {
        out.push_str(&format!("\n{}\n", groups(answer)));
    }
    if !answer.rows.is_empty() {
        let table = width.map_or_else(|| facts(&answer.rows, &answer.columns), |width| fitted(answer, width));
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
    let mut out = format!("# {} · as of {}\n\n", said(&answer.understood()), answer.as_of);
    if let Some(question) = &answer.question {
        out.push_str(&format!("*Asked: {}*\n\n", said(question.as_str())));
    }
    out.push_str(&format!("{}\n\n{}\n", said(&answer.in_words()), said(answer.summary.as_str())));
    let line =
        |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| said(cell)).collect::<Vec<_>>().join(" | "));
    let rule = |at_right: bool| if at_right { "---:|" } else { "---|" };
    if !answer.groups.is_empty() {
        out.push_str(&format!("\n{}|---|---:|---:|\n", line(&GROUPS.map(str::to_owned))));
        out.extend(answer.groups.iter().map(|it| line(&group(it))));
    }
    if !answer.rows.is_empty() {
        let headings = answer.columns.iter().map(|fact| fact.heading.to_owned());
        let headings: Vec<_> = ["Customer".to_owned(), "Id".to_owned()].into_iter().chain(headings).collect();
        let rules: String = answer.columns.iter().map(|fact| rule(fact.kind.is_figure())).collect();
        out.push_str(&format!("\n{}|---|---|{rules}\n", line(&headings)));
        for row in &answer.rows {
            let cells = answer.columns.iter().map(|fact| cell(row, fact)).collect();
            out.push_str(&line(&named(row, true, cells)));
        }
    }
    if !answer.notes.is_empty() {
        out.push_str("\n## Notes\n\n");
        out.extend(answer.notes.iter().map(|note| format!("- {}\n", said(note.as_str()))));
    }
    out
}
