//! The customers. Only the rows that are visible are built.

use contracts::{
    book::{BookSort, CustomerRow, Standing},
    facts::{Part, Trend},
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, failure, footer::FIND_MARK, line_input};
use crate::{
    app::{Action, BookState, Mode, Pane, Run, SpotIs},
    ui::{
        text::{amount, cut, fit, fit_right, spark, wrap},
        theme::risk_mark,
    },
    words,
};

/// The narrowest a name may be for the sake of another column.
const MIN_NAME: usize = 12;
const SCORE: usize = 5;
const DAYS: usize = 7;
const ARR: usize = 7;
const SPARK: usize = 9;

/// The first row on the screen, so that the list moves only when the cursor would leave it.
#[derive(Debug, Default)]
pub(super) struct Scroll {
    first: usize,
}

impl Scroll {
    /// The first row on the screen now, where so many of all fit.
    pub(super) fn follow(&mut self, cursor: usize, fits: usize, all: usize) -> usize {
        self.first = self.first.clamp((cursor + 1).saturating_sub(fits), cursor);
        self.first = self.first.min(all.saturating_sub(fits));
        self.first
    }
}

/// The columns that there is room for.
struct Columns {
    name: usize,
    days: bool,
    arr: bool,
    spark: bool,
}

impl Columns {
    fn within(width: usize) -> Self {
        let mut columns = Self { name: width.saturating_sub(4 + SCORE), days: false, arr: false, spark: false };
        for (wanted, cost) in [(&mut columns.days, DAYS), (&mut columns.arr, ARR), (&mut columns.spark, SPARK)] {
            if columns.name < MIN_NAME + cost {
                break;
            }
            columns.name -= cost;
            *wanted = true;
        }
        columns
    }
}

/// Draws the list and says which customers are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, scroll: &mut Scroll) -> Extent {
    let title = title(look, usize::from(area.width).saturating_sub(2));
    let order = order(look, usize::from(area.width).saturating_sub(title.width() + 3));
    let block = look.block(Pane::List, area, title, order);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let mut rest = inner;
    if look.model.mode() == Mode::Filter || look.model.book.is_filtered() {
        filter(frame, row_of(&mut rest), look);
        if let Some(line) = hint(look, usize::from(rest.width)) {
            frame.render_widget(line, row_of(&mut rest));
        }
    }
    if look.model.book.is_empty() {
        frame.render_widget(Paragraph::new(nothing(look, usize::from(rest.width))), rest);
        return Extent::default();
    }
    let columns = Columns::within(usize::from(inner.width));
    frame.render_widget(Paragraph::new(Line::styled(headings(&columns), look.theme.dim)), row_of(&mut rest));
    if let BookState::Failed(_) = look.model.book.state() {
        let warning = cut(&look.model.fill(" ✗ not up to date: {reload} reads it again"), usize::from(rest.width));
        frame.render_widget(Paragraph::new(Line::styled(warning, look.theme.error)), row_of(&mut rest));
    }
    let fits = usize::from(rest.height);
    let cursor = look.model.book.cursor();
    let first = scroll.follow(cursor, fits, look.model.book.len());
    for place in first..(first + fits).min(look.model.book.len()) {
        let Some(customer) = look.model.book.row(place) else { break };
        let line = row(customer, place, &columns, look);
        let area = row_of(&mut rest);
        look.spot(area, SpotIs::Row(place));
        frame.render_widget(line, area);
        if place == cursor {
            look.mark(frame, area, look.has_keys(Pane::List));
        }
    }
    Extent { first, fits, all: look.model.book.len(), ..Extent::default() }
}

/// Takes the first row of what is left.
pub(super) fn row_of(rest: &mut Rect) -> Rect {
    let row = Rect { height: rest.height.min(1), ..*rest };
    rest.y += row.height;
    rest.height -= row.height;
    row
}

/// How many customers there are, and apart from them those that do not count.
fn title(look: &Look<'_>, room: usize) -> Line<'static> {
    const WORD: &str = " Customers ";
    let book = &look.model.book;
    let count = match (book.total(), book.is_filtered()) {
        (0, _) => String::new(),
        (total, true) => format!("{} of {total} ", book.len()),
        (_, false) => {
            let [active, churned, gone] =
                [Standing::Active, Standing::Churned, Standing::Gone].map(|it| book.count(it));
            let apart = |n: usize, word: &str| if n > 0 { format!("· {n} {word} ") } else { String::new() };
            let each = format!("{active} {}{}", apart(churned, "churned"), apart(gone, "gone"));
            if WORD.width() + each.width() <= room {
                each
            } else {
                format!("{active} {}", apart(churned + gone, "left"))
            }
        }
    };
    Line::from(vec![Span::styled(WORD, look.theme.title), Span::styled(count, look.theme.dim), marked(look)])
}

/// The order, and where the cursor is in it; only the latter where there is no room for both.
fn order(look: &Look<'_>, room: usize) -> Line<'static> {
    let book = &look.model.book;
    let word = match book.sort() {
        _ if book.query().is_some_and(|query| query.order.is_some()) => "by the query",
        _ if book.is_ranked() => "best match",
        BookSort::Risk => "by risk",
        BookSort::Renewal => "by renewal",
        BookSort::Arr => "by ARR",
        BookSort::Name => "by name",
        BookSort::Id => "by id",
    };
    if book.is_empty() {
        return Line::styled(format!(" {word} "), look.theme.dim);
    }
    let place = format!("{}/{}", book.cursor() + 1, book.len());
    let both = format!(" {word} · {place} ");
    Line::styled(if both.width() <= room { both } else { format!(" {place} ") }, look.theme.dim)
}

fn filter(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    line_input::draw(
        frame,
        area,
        &look.model.fill(FIND_MARK),
        look.model.book.filter(),
        look.model.mode() == Mode::Filter,
        look,
    );
}

/// What is wrong with the filter, what may come next while it is typed, or who is left out.
fn hint(look: &Look<'_>, width: usize) -> Option<Line<'static>> {
    let book = &look.model.book;
    let is_typed = look.model.mode() == Mode::Filter;
    // What the book has of a fact is looked for in all of it: only while that is of use.
    let offered = if is_typed { book.completions() } else { Vec::new() };
    let offered: Vec<_> = offered.into_iter().map(|it| it.text).collect();
    let (text, style) = match book.problem() {
        _ if is_typed && book.filter().value().contains(':') && !offered.is_empty() => {
            (format!("{}: {}", look.model.key(Action::Complete), offered.join(" · ")), look.theme.dim)
        }
        Some(problem) => (problem.to_string(), look.theme.error),
        None if book.left_out() > 0 => {
            let left_out = words::count(book.left_out() as u64, "customer");
            (format!("left out, because something is missing: {left_out}"), look.theme.dim)
        }
        None => return None,
    };
    Some(Line::styled(cut(&format!(" {text}"), width), style))
}

fn headings(columns: &Columns) -> String {
    let mut text = format!("  {}{}", fit("name", columns.name), fit_right("score", SCORE));
    for (is_shown, word, width) in
        [(columns.days, "renews", DAYS), (columns.arr, "ARR", ARR), (columns.spark, "usage", SPARK)]
    {
        if is_shown {
            text.push_str(&fit_right(word, width));
        }
    }
    text
}

fn row(customer: &CustomerRow, place: usize, columns: &Columns, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let counts = customer.standing == Standing::Active;
    let [text, risk] = [theme.text, theme.risk(customer.risk)].map(|style| if counts { style } else { theme.dim });
    let days = customer.days_to_renewal;
    let word = instead_of_usage(customer, look);
    // Where usage has no column, its word stands behind the name.
    let behind = word.filter(|_| !columns.spark);
    let name = columns.name - behind.map_or(0, |(word, _)| word.width() + 1);
    let mut spans = vec![
        Span::styled(risk_mark(customer.risk), risk),
        mark(customer, place, look),
        Span::styled(fit(customer.name.as_str(), name), text),
    ];
    spans.extend(behind.map(|(word, style)| Span::styled(format!(" {word}"), style)));
    let score = customer.score.map(|score| words::score(score, customer.coverage));
    spans.push(Span::styled(fit_right(score.as_deref().unwrap_or("–"), SCORE), risk));
    let unknown = if customer.stale.contains(&Part::Contracts) { "old" } else { "–" };
    if columns.days {
        let style = if counts && days.is_some_and(|days| days < 0) { theme.error } else { theme.dim };
        let days = days.map(|days| format!("{days}d"));
        spans.push(Span::styled(fit_right(days.as_deref().unwrap_or(unknown), DAYS), style));
    }
    if columns.arr {
        let arr = customer.arr.as_ref().map(amount);
        let style = if arr.is_some() { text } else { theme.dim };
        spans.push(Span::styled(fit_right(arr.as_deref().unwrap_or(unknown), ARR), style));
    }
    if columns.spark {
        let (usage, style) = match word {
            Some((word, style)) => (word.to_owned(), style),
            None if customer.spark.is_empty() => ("–".to_owned(), theme.dim),
            None => (spark(&customer.spark, SPARK - 1), theme.spark),
        };
        spans.push(Span::styled(fit_right(&usage, SPARK), style));
    }
    spans.push(news(customer, look));
    let style = match (place == look.model.book.cursor(), look.model.focus) {
        (false, _) => theme.text,
        (true, Pane::List) => theme.cursor,
        (true, _) => theme.cursor_idle,
    };
    Line::from(spans).style(style)
}

/// Whether something is to be done with the customer.
pub(super) fn mark(customer: &CustomerRow, place: usize, look: &Look<'_>) -> Span<'static> {
    let is_marked = look.model.is_marked(place, &customer.id);
    Span::styled(if is_marked { "+" } else { " " }, look.theme.marked)
}

/// How many customers are marked, for a title; nothing where none is.
pub(super) fn marked(look: &Look<'_>) -> Span<'static> {
    let all = look.model.marks.len();
    let text = if all > 0 { format!("· {all} marked ") } else { String::new() };
    Span::styled(text, look.theme.marked)
}

/// What there is to say instead of how usage went: that the customer left, that nobody knows, that there is none.
fn instead_of_usage(customer: &CustomerRow, look: &Look<'_>) -> Option<(&'static str, Style)> {
    match customer.standing {
        Standing::Active if customer.stale.contains(&Part::Usage) => Some(("old", look.theme.dim)),
        Standing::Active if customer.trend == Some(Trend::Silent) => Some(("silent", look.theme.warn)),
        Standing::Active => None,
        left => Some((left.as_str(), look.theme.dim)),
    }
}

/// What happens for a customer while the user looks elsewhere.
pub(super) fn news(customer: &CustomerRow, look: &Look<'_>) -> Span<'static> {
    let is_running = look.model.runs.of(&customer.id).any(Run::is_running);
    if is_running {
        Span::styled(format!(" {}", look.spinner()), look.theme.accent)
    } else if look.model.has_news(&customer.id) {
        Span::styled(" •", look.theme.accent)
    } else {
        Span::raw("  ")
    }
}

/// What stands there instead of customers.
pub(super) fn nothing(look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let room = width.saturating_sub(2);
    let paragraph = |text: &str, style| -> Vec<Line<'static>> {
        let text = look.model.fill(text);
        wrap(&text, room, 0).into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect()
    };
    let book = &look.model.book;
    let mut lines = vec![Line::default()];
    match book.state() {
        BookState::Loading => {
            lines.push(Line::styled(format!(" {} Opening your book…", look.spinner()), look.theme.accent));
        }
        BookState::Failed(why) => lines.extend(failure::card(why, "Press {reload} to try again.", room, look)),
        BookState::Ready if book.total() > 0 => {
            lines.extend(paragraph("No customer matches the filter.", look.theme.text));
            lines.extend(paragraph("Press {back} to clear it.", look.theme.dim));
        }
        BookState::Ready => {
            lines.extend(paragraph("Your book is empty.", look.theme.text));
            lines.push(Line::default());
            lines.extend(paragraph("Bring in your customers:", look.theme.dim));
            lines.extend(paragraph("cs-copilot import DIR", look.theme.strong));
            lines.extend(paragraph("or take the demo book:", look.theme.dim));
            lines.extend(paragraph("cs-copilot demo add", look.theme.strong));
            lines.push(Line::default());
            lines.extend(paragraph("{reload} reads the book again.", look.theme.dim));
        }
    }
    lines
}
