//! Where the time of the selected call or turn went, or why it came to nothing.

use contracts::{
    failure::Failure,
    run::{CallTiming, ModelTurn, ToolOutcome},
};
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Look, row};
use unicode_width::UnicodeWidthStr;

use crate::{
    app::{Call, CallState, Row, Turn, TurnState},
    ui::{text::wrap, view::failure},
    words::number,
};

/// A part of the time: its word, a shorter one, and how long it was.
type Part = (&'static str, &'static str, f64);

/// The lines below the rows, of which there is room for so many; none while it is under way.
pub(super) fn detail(row: &Row, width: usize, room: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    match row {
        Row::Tool(Call { state: CallState::Ended { outcome, timing, .. }, .. }) => match outcome {
            // A bar without its legend says nothing.
            ToolOutcome::Answered if room < 2 => Vec::new(),
            ToolOutcome::Answered => of_call(timing, width, look),
            ToolOutcome::Missing { what } => {
                let mut lines = paragraph(what.as_str(), width, look.theme.warn);
                lines.extend(of_call(timing, width, look));
                lines
            }
            ToolOutcome::Failed { failure } => why(failure, width, look),
        },
        Row::Turn(Turn { state: TurnState::Ended { failure: Some(failure), .. }, .. }) => why(failure, width, look),
        Row::Turn(Turn { state: TurnState::Ended { failure: None, .. }, .. }) if room < 2 => Vec::new(),
        Row::Turn(Turn { state: TurnState::Ended { took, failure: None, .. }, .. }) => of_turn(took, width, look),
        Row::Tool(_) | Row::Turn(_) => Vec::new(),
    }
}

fn paragraph(text: &str, width: usize, style: Style) -> Vec<Line<'static>> {
    wrap(text, width, 0).into_iter().map(|line| Line::styled(line, style)).collect()
}

fn why(failure: &Failure, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let mut lines = paragraph(failure.message.as_str(), width, look.theme.error);
    lines.extend(paragraph(&failure::provenance(failure), width, look.theme.dim));
    lines
}

fn of_call(timing: &CallTiming, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let parts: [Option<Part>; 5] = [
        Some(("client", "cli", timing.client_ms)),
        timing.network_ms.map(|ms| ("network", "net", ms)),
        Some(("auth", "auth", timing.auth_ms)),
        Some(("database", "db", timing.db_ms)),
        Some(("tool", "tool", timing.tool_ms)),
    ];
    let parts = parts.into_iter().zip(look.theme.split).filter_map(|(part, style)| Some((part?, style)));
    split(parts, width, look)
}

fn of_turn(took: &ModelTurn, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let [_, waits, .., writes] = look.theme.split;
    let mut lines = match took.first_token_ms {
        Some(first) => {
            let parts: [Part; 2] = [("first token", "first", first), ("writing", "writing", took.total_ms - first)];
            split(parts.into_iter().zip([waits, writes]), width, look)
        }
        None => Vec::new(),
    };
    let figures = [
        took.input_tokens.map(|tokens| format!("{} tokens read", number(tokens as f64))),
        took.output_tokens.map(|tokens| format!("{} written", number(tokens as f64))),
        row::pace(took).map(|pace| format!("{} a second", number(pace))),
    ];
    let figures = figures.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let figures = if figures.is_empty() { "The server did not count the tokens." } else { &figures };
    lines.extend(paragraph(figures, width, look.theme.dim));
    lines
}

/// One bar over the whole width, and a legend.
fn split(
    parts: impl Iterator<Item = (Part, (&'static str, Style))>,
    width: usize,
    look: &Look<'_>,
) -> Vec<Line<'static>> {
    let parts: Vec<_> = parts.collect();
    let total: f64 = parts.iter().map(|((_, _, ms), _)| ms.max(0.0)).sum();
    let mut bar = Vec::new();
    let (mut sum, mut drawn) = (0.0, 0);
    for ((_, _, ms), (glyph, style)) in &parts {
        sum += ms.max(0.0);
        let end = ((sum / total.max(0.001) * width as f64).round() as usize).min(width);
        bar.push(Span::styled(glyph.repeat(end - drawn), *style));
        drawn = end;
    }
    let mut lines = vec![Line::from(bar), Line::default()];
    for ((word, short, ms), (glyph, style)) in parts {
        let figure = if ms >= 9.95 { format!("{ms:.0}") } else { format!("{ms:.1}") };
        let (label, figure) = match width {
            72.. => (format!("{glyph} {word} "), format!("{figure} ms  ")),
            58..72 => (format!("{glyph} {short} "), format!("{figure}  ")),
            _ => (format!("{short} "), format!("{figure} ")),
        };
        let legend = match lines.last_mut() {
            Some(last) if last.width() + label.width() + figure.trim_end().width() <= width => last,
            _ => lines.push_mut(Line::default()),
        };
        legend.extend([Span::styled(label, style), Span::styled(figure, look.theme.text)]);
    }
    lines
}
