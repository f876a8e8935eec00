//! An answer about the whole book.

use chrono::NaiveDate;
use comfy_table::{CellAlignment, Table, presets};
use contracts::book::CustomerRow;

use super::markdown::escaped;
use crate::agent::book::{BookAnswer, Column};

/// A table of customers for a terminal: name, id and these columns.
pub fn table(rows: &[CustomerRow], columns: &[Column], as_of: NaiveDate) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(
        ["CUSTOMER".to_owned(), "ID".to_owned()]
            .into_iter()
            .chain(columns.iter().map(|&column| column.heading().to_uppercase())),
    );
    for row in rows {
        let cells = columns.iter().map(|&column| column.cell(row, as_of));
        table.add_row([row.name.to_string(), row.id.to_string()].into_iter().chain(cells));
    }
    for (place, _) in columns.iter().enumerate().filter(|&(_, &column)| column.is_figure()) {
        if let Some(column) = table.column_mut(place + 2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// The whole answer as plain text.
pub fn text(answer: &BookAnswer) -> String {
    let mut out =
        format!("{} · as of {}\nAsked: {}\n\n{}\n", answer.title, answer.as_of, answer.question, answer.summary);
    if !answer.rows.is_empty() {
        out.push_str(&format!("\n{}\n", table(&answer.rows, &answer.columns, answer.as_of)));
    }
    if !answer.notes.is_empty() {
        out.push_str("\nNOTES\n");
        out.extend(answer.notes.iter().map(|note| format!("- {note}\n")));
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
