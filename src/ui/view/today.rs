//! What deserves attention: two lines a row, who and why, below what the book comes to.

use chrono::NaiveDate;
use contracts::{
    attention::{Item, RenewalMonth, Totals},
    facts::Money,
    health::Risk,
};
use domain::attention::order::{Row, arr};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Extent, Look, failure, list};
use crate::{
    app::{BookState, Pane, SpotIs},
    ui::{
        text::{amount, cut, fit, fit_right, spark, wrap},
        theme::risk_mark,
    },
};

/// Lines a row takes.
const LINES: usize = 2;
/// The longest there is is `999 d ago`, with a space before it.
const DAY: usize = 10;
const ARR: usize = 7;
/// The narrowest a name may be for the sake of its revenue.
const MIN_NAME: usize = 12;
/// Under so many lines only the first of the totals is shown.
const TOTALS_FROM: u16 = 16;

/// Draws the list and says which rows are on it.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, scroll: &mut list::Scroll) -> Extent {
    let today = &look.model.today;
    let block = look.block(Pane::List, area, title(look), place(look));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let mut rest = inner;
    let width = usize::from(inner.width);
    let Some(page) = today.page() else {
        frame.render_widget(Paragraph::new(nothing(look, width)), rest);
        return Extent::default();
    };
    let shown = if inner.height < TOTALS_FROM { 1 } else { 3 };
    for total in totals(&page.totals, width).into_iter().take(shown) {
        frame.render_widget(Line::styled(total, look.theme.dim), list::row_of(&mut rest));
    }
    if today.failure().is_some() {
        let warning = cut(&look.model.fill(" ✗ not up to date: {reload} reads it again"), width);
        frame.render_widget(Line::styled(warning, look.theme.error), list::row_of(&mut rest));
    }
    if let Some(left) = left(today.left(), width) {
        rest.height = rest.height.saturating_sub(1);
        let bottom = Rect { y: rest.bottom(), height: 1, ..rest };
        frame.render_widget(Line::styled(left, look.theme.dim), bottom);
    }
    if today.rows().is_empty() {
        frame.render_widget(Paragraph::new(nothing(look, width)), rest);
        return Extent::default();
    }
    let (fits, all) = (usize::from(rest.height) / LINES, today.rows().len());
    let first = scroll.follow(today.cursor(), fits, all);
    for (at, row) in today.rows().iter().enumerate().skip(first).take(fits) {
        let is_cursor = at == today.cursor();
        let [who, why] = lines(row, at, page.as_of, width, look);
        let style = match (is_cursor, look.model.focus) {
            (false, _) => look.theme.text,
            (true, Pane::List) => look.theme.cursor,
            (true, _) => look.theme.cursor_idle,
        };
        let upper = list::row_of(&mut rest);
        look.spot(Rect { height: LINES as u16, ..upper }, SpotIs::Row(at));
        frame.render_widget(who.style(style), upper);
        frame.render_widget(why.style(style), list::row_of(&mut rest));
        if is_cursor {
            look.mark(frame, upper, look.has_keys(Pane::List));
        }
    }
    Extent { first, fits, all, ..Extent::default() }
}

/// ` Today 9 of 31 · 2 h · 3 done `.
fn title(look: &Look<'_>) -> Line<'static> {
    let today = &look.model.today;
    let (fits, all) = (today.rows().len(), today.rows().len() + today.left().len());
    let count = match look.model.settings.attention.time {
        Some(time) => format!("{fits} of {all} · {time} "),
        None => format!("{all} "),
    };
    let done = if today.done() > 0 { format!("· {} done ", today.done()) } else { String::new() };
    let said = if today.page().is_some() { count + &done } else { String::new() };
    Line::from(vec![Span::styled(" Today ", look.theme.title), Span::styled(said, look.theme.dim), list::marked(look)])
}

fn place(look: &Look<'_>) -> Line<'static> {
    let today = &look.model.today;
    let place = if today.rows().is_empty() {
        String::new()
    } else {
        format!(" {}/{} ", today.cursor() + 1, today.rows().len())
    };
    Line::styled(place, look.theme.dim)
}

/// Amounts of several currencies in few cells: `$2.4M, €1.1M`.
fn amounts(arr: &[Money]) -> String {
    arr.iter().map(amount).collect::<Vec<_>>().join(", ")
}

/// What the book comes to: revenue of those at high risk alone, who is silent or stale, and the renewals by month.
fn totals(totals: &Totals, width: usize) -> [String; 3] {
    let at_risk = if totals.at_risk.is_empty() { "none".to_owned() } else { amounts(&totals.at_risk) };
    [
        cut(&format!(" ARR at risk {at_risk} ({} high)", totals.high), width),
        cut(&format!(" silent {} · stale {}", totals.silent, totals.stale), width),
        renewals(&totals.renewals, width),
    ]
}

/// As many months as there is room for, each with a bar that tells how many customers renew beside the others.
fn renewals(months: &[RenewalMonth], width: usize) -> String {
    let counts: Vec<f64> = months.iter().map(|month| month.customers.into()).collect();
    let bars = spark(&counts, counts.len());
    let each = months.iter().zip(bars.chars()).map(|(month, bar)| format!(" {} {bar}", month.month.format("%b")));
    let mut line = " renews".to_owned();
    for month in each {
        if line.width() + month.width() > width {
            break;
        }
        line.push_str(&month);
    }
    line
}

fn left(rows: &[Row], width: usize) -> Option<String> {
    let arr = arr(rows);
    let worth = if arr.is_empty() { String::new() } else { format!(", {}", amounts(&arr)) };
    (!rows.is_empty()).then(|| cut(&format!(" left for another day: {}{worth}", rows.len()), width))
}

/// Who it is with revenue and day, and why.
fn lines(row: &Row, place: usize, as_of: NaiveDate, width: usize, look: &Look<'_>) -> [Line<'static>; 2] {
    let theme = look.theme;
    let item = &row.first.item;
    let customer = row.about().customer().and_then(|id| look.model.book.find(id));
    let (mark, mark_style) = match customer {
        Some(customer) => (risk_mark(customer.risk), theme.risk(customer.risk)),
        None => ("≡", theme.risk(Risk::Unknown)),
    };
    let arr: Vec<Money> = item.arr().take(1).cloned().collect();
    let has_arr = width >= 4 + MIN_NAME + ARR + DAY;
    let name = width.saturating_sub(4 + DAY + if has_arr { ARR } else { 0 });
    let news = customer.map_or(Span::raw("  "), |customer| list::news(customer, look));
    let marked = customer.map_or(Span::raw(" "), |customer| list::mark(customer, place, look));
    let mut who =
        vec![Span::styled(mark, mark_style), marked, Span::styled(fit(row.about().name(), name), theme.strong)];
    if has_arr {
        who.push(Span::styled(fit_right(arr.first().map(amount).as_deref().unwrap_or("–"), ARR), theme.text));
    }
    let day = item.day.map(|day| distance(day, as_of)).unwrap_or_default();
    who.extend([Span::styled(fit_right(&day, DAY), theme.dim), news]);
    let reasons: Vec<_> = row.items().flat_map(|ranked| first_reason(&ranked.item)).collect();
    let why = fit(&format!("  {}", reasons.join("; ")), width);
    [Line::from(who), Line::from(Span::styled(why, theme.dim))]
}

fn first_reason(item: &Item) -> Option<&str> {
    item.reasons.first().map(|reason| reason.as_str())
}

/// `in 31 d`, `12 d ago`, `today`, `3 y ago`.
fn distance(day: NaiveDate, as_of: NaiveDate) -> String {
    let days = day.signed_duration_since(as_of).num_days();
    let far = match days.unsigned_abs() {
        days @ ..1000 => format!("{days} d"),
        days => format!("{} y", days / 365),
    };
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {far}"),
        _ => format!("{far} ago"),
    }
}

/// What stands there instead of rows.
fn nothing(look: &Look<'_>, width: usize) -> Vec<Line<'static>> {
    let today = &look.model.today;
    let room = width.saturating_sub(2);
    let paragraph = |text: &str| -> Vec<Line<'static>> {
        wrap(text, room, 0).into_iter().map(|line| Line::styled(format!(" {line}"), look.theme.text)).collect()
    };
    let mut lines = vec![Line::default()];
    match (today.failure(), today.page()) {
        (_, None) if matches!(look.model.book.state(), BookState::Failed(_)) => return list::nothing(look, width),
        (_, Some(_)) if !today.left().is_empty() => lines.extend(paragraph("There is no time for more today.")),
        (_, Some(_)) if look.model.book.total() == 0 && *look.model.book.state() == BookState::Ready => {
            return list::nothing(look, width);
        }
        (_, Some(_)) => lines.extend(paragraph(&look.model.fill("Nothing waits. {book} shows the whole book."))),
        (Some(why), None) => {
            lines.extend(failure::card(why, "Press {reload} to try again, {book} for the book.", room, look))
        }
        (None, None) => return list::nothing(look, width),
    }
    lines
}
