//! The customer's card: what the list knows, and what can be asked. It stands there before any answer and beside each.

use contracts::{book::CustomerRow, facts::Part};
use domain::attention::order::Row;
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::Look;
use crate::{
    app::{Lens, Topic},
    ui::{
        text::{cut, spark, wrap},
        theme::risk_mark,
    },
    words,
};

/// What the list knows of the customer, and what can be asked.
pub(super) fn lines(customer: &CustomerRow, area: Rect, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let risk = theme.risk(customer.risk);
    let score = match customer.score {
        None => "no score".to_owned(),
        Some(score) if customer.coverage < 100 => {
            format!("{score} of 100 on {}% of the data; judged on the worst the rest allows", customer.coverage)
        }
        Some(score) => format!("{score} of 100"),
    };
    let mut lines = vec![
        Line::default(),
        Line::from(vec![
            Span::styled(format!("{} {} risk", risk_mark(customer.risk), customer.risk.as_str()), risk),
            Span::styled(format!("   {score}"), theme.strong),
        ]),
        Line::default(),
    ];
    lines.extend(reasons(usize::from(area.width), look));
    let unknown = |part| {
        let is_old = customer.stale.contains(&part);
        if is_old { "too old to speak of as present".to_owned() } else { "not known".to_owned() }
    };
    let usage = || format!("{}  {}", spark(&customer.spark, 12), words::trend(customer.trend)).trim().to_owned();
    let is_old = customer.stale.contains(&Part::Usage);
    let figures = [
        ("Renewal", customer.days_to_renewal.map_or_else(|| unknown(Part::Contracts), words::distance)),
        ("ARR", customer.arr.as_ref().map_or_else(|| unknown(Part::Contracts), words::money)),
        ("Tickets", customer.open_tickets.map_or_else(|| unknown(Part::Tickets), |open| format!("{open} open"))),
        ("Usage", if is_old { unknown(Part::Usage) } else { usage() }),
    ];
    for (label, value) in figures {
        let value = cut(&value, usize::from(area.width).saturating_sub(10));
        lines.push(Line::from(vec![Span::styled(format!("{label:<10}"), theme.dim), Span::styled(value, theme.text)]));
    }
    lines.push(Line::default());
    let words = |topic: &Topic| match topic {
        Topic::Ask => "Ask in your own words".to_owned(),
        task => look.model.title(task).to_string(),
    };
    let key = |topic: &Topic| Span::styled(format!("{}  ", look.model.key_of(topic)), theme.key);
    let keys: Vec<_> = look.model.topics().map(|topic| (key(&topic), words(&topic))).collect();
    if lines.len() + keys.len() <= usize::from(area.height) {
        lines.extend(keys.into_iter().map(|(key, title)| Line::from(vec![key, Span::styled(title, theme.text)])));
    } else {
        lines.push(
            keys.into_iter().map(|(key, _)| key).chain([Span::styled("run a task or ask", theme.text)]).collect(),
        );
    }
    lines
}

/// Why the row of today is there, with all its reasons, each once; nothing in the book.
fn reasons(width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let row = look.model.today.selected().filter(|_| look.model.lens == Lens::Today);
    let mut reasons: Vec<_> = Vec::new();
    for reason in row.into_iter().flat_map(Row::items).flat_map(|ranked| &ranked.item.reasons) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let lines = reasons.into_iter().flat_map(|reason| wrap(&format!("• {reason}"), width, 2));
    let lines: Vec<_> = lines.map(|line| Line::styled(line, look.theme.text)).collect();
    let gap = (!lines.is_empty()).then(Line::default);
    lines.into_iter().chain(gap).collect()
}

/// There is no customer to speak of.
pub(super) fn draw_empty(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let reasons = reasons(usize::from(area.width), look);
    if !reasons.is_empty() {
        frame.render_widget(Paragraph::new(reasons), area);
        return;
    }
    let text = "Choose a customer, press a key, read the answer.";
    let lines = wrap(text, usize::from(area.width), 0).into_iter().map(|line| Line::styled(line, look.theme.dim));
    let lines: Vec<_> = [Line::default()].into_iter().chain(lines).collect();
    frame.render_widget(Paragraph::new(lines), area);
}
