//! An answer about the whole book: what was understood, the answer, its customers as a table, and what is missing.

use domain::{facts::Fact, words::date};
use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, outdated};
use crate::{
    agent::book::BookAnswer,
    app::{Action, Pane, Report},
    render::book::{GROUPS, cell as cell_of, group},
    ui::{
        text::{cut, fit, fit_right, wrap},
        theme::risk_mark,
    },
};

/// The narrowest a longer name may be for the sake of a column.
const MIN_NAME: usize = 18;
/// How many rows are measured for the widths of the columns.
const MEASURED: usize = 500;

/// Draws the pane and says which lines of the answer are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, report: &Report) -> Extent {
    let answer = &report.answer;
    let asked = answer.question.as_ref().unwrap_or(&answer.query);
    let question = cut(&format!(" · {asked} "), usize::from(area.width).saturating_sub(14));
    let title =
        Line::from(vec![Span::styled(" Your book", look.theme.title), Span::styled(question, look.theme.accent)]);
    let block = look.block(Pane::Result, area, title, Line::default());
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let width = usize::from(inner.width);
    let columns = columns(answer, width);
    let (head, tail) = (head(report, &columns, width, look), tail(answer, width, look));
    let table = head.len()..head.len() + answer.rows.len();
    let (fits, all) = (usize::from(inner.height), table.end + tail.len());
    let last = all.saturating_sub(fits);
    let first = match report.at {
        _ if answer.rows.is_empty() => look.model.scroll.min(last),
        0 => 0,
        at if at + 1 == answer.rows.len() => last,
        at => (table.start + at + 1).saturating_sub(fits),
    };
    let visible = (first..all.min(first + fits)).map(|line| {
        if line < table.start {
            head[line].clone()
        } else if line >= table.end {
            tail[line - table.end].clone()
        } else {
            customer(report, line - table.start, &columns, width, look)
        }
    });
    frame.render_widget(Paragraph::new(visible.collect::<Vec<_>>()), inner);
    let cursor = table.clone().nth(report.at).and_then(|line| line.checked_sub(first)).filter(|&line| line < fits);
    if let Some(line) = cursor {
        look.mark(frame, Rect { y: inner.y + line as u16, ..inner }, look.has_keys(Pane::Result));
    }
    Extent { first, fits, all, ..Extent::default() }
}

fn paragraph(text: &str, hang: usize, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    text.lines().flat_map(move |line| wrap(line, width, hang)).map(move |line| Line::styled(line, style))
}

/// Whether it is out of date, what was understood, the answer, and the table's headings.
fn head(report: &Report, columns: &[(&'static Fact, usize)], width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let Report { answer, made, revision, .. } = report;
    let why = look.model.outdated(Some(*revision), answer.as_of);
    let mut lines: Vec<_> = why.map(|why| outdated::line(why, width, look)).into_iter().collect();
    lines.extend(paragraph(
        &format!("{}  ({} changes it)", answer.understood(), look.model.key(Action::Find)),
        0,
        width,
        look.theme.strong,
    ));
    let made = format!("Made {} as of {}. {}", look.clock(*made), date(answer.as_of), answer.in_words());
    lines.extend(paragraph(&made, 0, width, look.theme.dim));
    lines.push(Line::default());
    lines.extend(paragraph(answer.summary.as_str(), 0, width, look.theme.text));
    lines.extend(groups(answer, width, look));
    if !answer.rows.is_empty() {
        lines.extend([Line::default(), headings(columns, width, look)]);
    }
    lines
}

/// The groups as a table of their own.
fn groups(answer: &BookAnswer, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    if answer.groups.is_empty() {
        return Vec::new();
    }
    let rows: Vec<[String; 3]> = answer.groups.iter().map(group).collect();
    let wide = |column: usize| {
        let cells = rows.iter().map(|row| row[column].width()).chain([GROUPS[column].width()]);
        cells.max().unwrap_or(0)
    };
    let (customers, comes_to) = (wide(1), wide(2).min(width / 2));
    let name = width.saturating_sub(customers + comes_to + 4).min(wide(0));
    let line = |cells: [&str; 3], style: Style| {
        let [first, second, third] = cells;
        let text = format!("{}  {}  {}", fit(first, name), fit_right(second, customers), fit_right(third, comes_to));
        Line::styled(text, style)
    };
    let rows = rows.iter().map(|row| line(row.each_ref().map(String::as_str), look.theme.text));
    [Line::default(), line(GROUPS, look.theme.dim)].into_iter().chain(rows).collect()
}

/// What is missing and why.
fn tail(answer: &BookAnswer, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    if answer.notes.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::default(), Line::styled("Notes", look.theme.heading)];
    for note in &answer.notes {
        lines.extend(paragraph(&format!("• {note}"), 2, width, look.theme.text));
    }
    lines
}

/// The columns that there is room for, most telling first, each with its width. The first rows tell it.
fn columns(answer: &BookAnswer, width: usize) -> Vec<(&'static Fact, usize)> {
    let rows = || answer.rows.iter().take(MEASURED);
    let longest = rows().map(|row| row.name.as_str().width()).max().unwrap_or(0);
    let mut room = width.saturating_sub(2 + longest.min(MIN_NAME));
    let needed = answer.columns.iter().map(|&column| {
        let cells = rows().map(|row| cell_of(row, column).width());
        // One long text does not take the room of the other columns.
        (column, cells.chain([column.heading.width()]).max().unwrap_or(0).min(width / 3))
    });
    let fitting = needed.take_while(|(_, cells)| {
        let fits = cells + 2 <= room;
        room = room.saturating_sub(cells + 2);
        fits
    });
    fitting.collect()
}

fn name_width(columns: &[(&'static Fact, usize)], width: usize) -> usize {
    width.saturating_sub(2 + columns.iter().map(|(_, cells)| cells + 2).sum::<usize>())
}

fn cell(column: &Fact, text: &str, width: usize) -> String {
    let text = if column.kind.is_figure() { fit_right(text, width) } else { fit(text, width) };
    format!("  {text}")
}

fn headings(columns: &[(&'static Fact, usize)], width: usize, look: &Look<'_>) -> Line<'static> {
    let mut text = format!("  {}", fit("customer", name_width(columns, width)));
    text.extend(columns.iter().map(|&(column, width)| cell(column, column.heading, width)));
    Line::styled(text, look.theme.dim)
}

fn customer(
    report: &Report,
    place: usize,
    columns: &[(&'static Fact, usize)],
    width: usize,
    look: &Look<'_>,
) -> Line<'static> {
    let theme = look.theme;
    let row = &report.answer.rows[place];
    let mut spans = vec![
        Span::styled(format!("{} ", risk_mark(row.risk)), theme.risk(row.risk)),
        Span::raw(fit(row.name.as_str(), name_width(columns, width))),
    ];
    spans.extend(columns.iter().map(|&(column, width)| {
        let text = cell(column, &cell_of(row, column), width);
        if column.id.as_str() == "health.risk" { Span::styled(text, theme.risk(row.risk)) } else { Span::raw(text) }
    }));
    let style = match (place == report.at, look.model.focus) {
        (false, _) => theme.text,
        (true, Pane::Result) => theme.cursor,
        (true, _) => theme.cursor_idle,
    };
    Line::from(spans).style(style)
}
