//! An answer about the whole book: what was understood, the answer, its customers as a table, and what is missing.

use contracts::book::CustomerRow;
use ratatui::{
    Frame,
    layout::{Margin, Rect},
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look};
use crate::{
    agent::book::{BookAnswer, Column},
    app::{Pane, Report},
    ui::{
        text::{cut, fit, fit_right, wrap},
        theme::risk_mark,
    },
};

/// The narrowest a longer name may be for the sake of a column.
const MIN_NAME: usize = 18;

/// Draws the pane and says which lines of the answer are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, report: &Report) -> Extent {
    let answer = &report.answer;
    let question = cut(&format!(" · {} ", answer.question), usize::from(area.width).saturating_sub(14));
    let title =
        Line::from(vec![Span::styled(" Your book", look.theme.title), Span::styled(question, look.theme.accent)]);
    let block = look.block(Pane::Result, area, title, Line::default());
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let (lines, cursor) = lines(report, usize::from(inner.width), look);
    let (fits, all) = (usize::from(inner.height), lines.len());
    let last = all.saturating_sub(fits);
    let first = match cursor {
        None => look.model.scroll.min(last),
        Some(_) if report.at == 0 => 0,
        Some(_) if report.at + 1 == answer.rows.len() => last,
        Some(line) => (line + 1).saturating_sub(fits),
    };
    frame.render_widget(Paragraph::new(lines).scroll((first as u16, 0)), inner);
    Extent { first, fits, all }
}

/// The lines, and which of them is under the cursor.
fn lines(report: &Report, width: usize, look: &Look<'_>) -> (Vec<Line<'static>>, Option<usize>) {
    let (answer, theme) = (&report.answer, look.theme);
    let mut lines = Vec::new();
    let mut paragraph = |text: &str, style, gap: bool| {
        if gap {
            lines.push(Line::default());
        }
        for line in text.lines() {
            lines.extend(wrap(line, width, 0).into_iter().map(|line| Line::styled(line, style)));
        }
    };
    paragraph(answer.title.as_str(), theme.strong, false);
    paragraph(answer.summary.as_str(), theme.text, true);
    let mut cursor = None;
    if !answer.rows.is_empty() {
        let columns = columns(answer, width);
        lines.extend([Line::default(), headings(&columns, width, look)]);
        cursor = Some(lines.len() + report.at);
        let cells = answer.rows.iter().enumerate().map(|(place, row)| {
            let style = match (place == report.at, look.model.focus) {
                (false, _) => theme.text,
                (true, Pane::Result) => theme.cursor,
                (true, _) => theme.cursor_idle,
            };
            customer(row, &columns, width, answer, look).style(style)
        });
        lines.extend(cells);
    }
    if !answer.notes.is_empty() {
        lines.extend([Line::default(), Line::styled("Notes", theme.heading)]);
        for note in &answer.notes {
            let wrapped = wrap(&format!("• {note}"), width, 2);
            lines.extend(wrapped.into_iter().map(|line| Line::styled(line, theme.text)));
        }
    }
    (lines, cursor)
}

/// The columns that there is room for, most telling first, each with its width.
fn columns(answer: &BookAnswer, width: usize) -> Vec<(Column, usize)> {
    let longest = answer.rows.iter().map(|row| row.name.as_str().width()).max().unwrap_or(0);
    let mut room = width.saturating_sub(2 + longest.min(MIN_NAME));
    let needed = answer.columns.iter().map(|&column| {
        let cells = answer.rows.iter().map(|row| column.cell(row, answer.as_of).width());
        (column, cells.chain([column.heading().width()]).max().unwrap_or(0))
    });
    let fitting = needed.take_while(|(_, cells)| {
        let fits = cells + 2 <= room;
        room = room.saturating_sub(cells + 2);
        fits
    });
    fitting.collect()
}

fn name_width(columns: &[(Column, usize)], width: usize) -> usize {
    width.saturating_sub(2 + columns.iter().map(|(_, cells)| cells + 2).sum::<usize>())
}

fn cell(column: Column, text: &str, width: usize) -> String {
    let text = if column.is_figure() { fit_right(text, width) } else { fit(text, width) };
    format!("  {text}")
}

fn headings(columns: &[(Column, usize)], width: usize, look: &Look<'_>) -> Line<'static> {
    let mut text = format!("  {}", fit("customer", name_width(columns, width)));
    text.extend(columns.iter().map(|&(column, width)| cell(column, column.heading(), width)));
    Line::styled(text, look.theme.dim)
}

fn customer(
    row: &CustomerRow,
    columns: &[(Column, usize)],
    width: usize,
    answer: &BookAnswer,
    look: &Look<'_>,
) -> Line<'static> {
    let risk = look.theme.risk(row.risk);
    let mut spans = vec![
        Span::styled(format!("{} ", risk_mark(row.risk)), risk),
        Span::raw(fit(row.name.as_str(), name_width(columns, width))),
    ];
    spans.extend(columns.iter().map(|&(column, width)| {
        let text = cell(column, &column.cell(row, answer.as_of), width);
        if column == Column::Risk { Span::styled(text, risk) } else { Span::raw(text) }
    }));
    Line::from(spans)
}
