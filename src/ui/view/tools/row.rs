//! One line a call or a turn: its name, its bar at its place in the run, and how long it took.

use contracts::run::{ModelTurn, ToolOutcome};
use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr;

use super::{Look, span_ms};
use crate::{
    agent::book::BookAnswer,
    app::{Call, CallState, Pane, Row, Run, RunStatus, Turn, TurnState},
    ui::{
        text::{cut, fit, fit_right},
        view::failure,
    },
    words::{count, duration, number},
};

const MILLIS: usize = 9;
/// Columns for a turn's figures, where there is room.
const FIGURES: usize = 42;

/// How wide the parts of a line are.
pub(super) struct Columns {
    name: usize,
    bar: usize,
    figures: usize,
}

impl Columns {
    pub(super) fn within(width: usize, run: &Run) -> Self {
        let name = if width < 44 { 17 } else { 22 };
        let has_turns = run.rows.iter().any(|row| matches!(row, Row::Turn(_)));
        let figures = if has_turns && width >= 100 { FIGURES } else { 0 };
        Self { name, bar: width.saturating_sub(2 + name + MILLIS + figures), figures }
    }
}

/// Where a bar begins and ends in the run, what it looks like, and the words behind it.
struct Bar {
    from_ms: f64,
    /// None while it grows.
    to_ms: Option<f64>,
    style: Style,
    note: String,
}

/// Whether it answered.
pub(super) fn is_well(row: &Row) -> bool {
    match row {
        Row::Tool(Call { state: CallState::Ended { outcome, .. }, .. }) => *outcome == ToolOutcome::Answered,
        Row::Turn(Turn { state: TurnState::Ended { failure, .. }, .. }) => failure.is_none(),
        Row::Tool(_) | Row::Turn(_) => false,
    }
}

/// A mark and a word, for low screens.
pub(super) fn short(row: &Row, run: &Run, look: &Look<'_>) -> [Span<'static>; 2] {
    let (mark, style) = mark(row, run, look);
    let word = match row {
        Row::Tool(call) => {
            call.tool.as_str().trim_end_matches("_info").rsplit('_').next().unwrap_or_default().to_owned()
        }
        Row::Turn(turn) => format!("turn {}", turn.number + 1),
    };
    [Span::styled(mark, style), Span::styled(format!(" {word}  "), look.theme.dim)]
}

pub(super) fn line(row: &Row, is_selected: bool, run: &Run, columns: &Columns, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let name = match row {
        Row::Tool(call) if columns.name < 22 => call.tool.as_str().trim_start_matches("get_").to_owned(),
        Row::Tool(call) => call.tool.as_str().to_owned(),
        Row::Turn(turn) => format!("model turn {}", turn.number + 1),
    };
    let (mark, style) = mark(row, run, look);
    let mut spans = vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(
            fit(&cut(&name, columns.name - 1), columns.name),
            if is_selected { theme.strong } else { theme.text },
        ),
    ];
    spans.extend(track(bar(row, run, look), span_ms(run, look), columns.bar));
    let (time, figures) = match row {
        Row::Tool(Call { state: CallState::Waiting, .. }) => (String::new(), String::new()),
        Row::Tool(Call { state: CallState::Ended { timing, .. }, .. }) => (duration(timing.total_ms), String::new()),
        Row::Turn(Turn { state: TurnState::Ended { took, .. }, .. }) => (duration(took.total_ms), figures(took)),
        Row::Tool(Call { state: CallState::Stopped { from_ms, to_ms }, .. })
        | Row::Turn(Turn { state: TurnState::Stopped { from_ms, to_ms }, .. }) => {
            (duration(to_ms - from_ms), String::new())
        }
        Row::Tool(Call { state: CallState::Running { .. }, .. })
        | Row::Turn(Turn { state: TurnState::Running { .. }, .. }) => ("…".to_owned(), String::new()),
    };
    spans.push(Span::styled(fit_right(&time, MILLIS), theme.text));
    spans.push(Span::styled(fit(&format!("  {figures}"), columns.figures), theme.dim));
    let cursor = match (is_selected, look.model.focus) {
        (true, Pane::Tools) => theme.cursor,
        _ => Style::new(),
    };
    Line::from(spans).style(cursor)
}

/// What stands for the calls where the book on the screen was all it took.
pub(super) fn of_book(answer: &BookAnswer, width: usize, look: &Look<'_>) -> Line<'static> {
    let read = format!("{}, no call", count(answer.total.into(), "customer"));
    Line::from(vec![
        Span::styled("✓ ", look.theme.ok),
        Span::styled(fit("book", 6), look.theme.text),
        Span::styled(cut(&read, width.saturating_sub(8)), look.theme.dim),
    ])
}

/// What a turn took, as far as it was counted: `first token 420 ms · 240 tokens · 126/s`.
fn figures(took: &ModelTurn) -> String {
    let first = took.first_token_ms.map(|ms| format!("first token {}", duration(ms)));
    let written = took.output_tokens.map(|tokens| format!("{} tokens", number(tokens as f64)));
    let pace = pace(took).map(|pace| format!("{}/s", number(pace)));
    [first, written, pace].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Tokens a second, from the first one on; none where one of the figures is.
pub(super) fn pace(took: &ModelTurn) -> Option<f64> {
    let writing_ms = took.total_ms - took.first_token_ms?;
    (writing_ms > 0.0).then_some((took.output_tokens? as f64 / writing_ms * 1000.0).round())
}

fn mark(row: &Row, run: &Run, look: &Look<'_>) -> (&'static str, Style) {
    let theme = look.theme;
    match row {
        Row::Tool(Call { state: CallState::Waiting, .. }) => ("·", theme.dim),
        Row::Tool(Call { state: CallState::Running { .. }, .. })
        | Row::Turn(Turn { state: TurnState::Running { .. }, .. }) => (look.spinner(), theme.accent),
        Row::Tool(Call { state: CallState::Stopped { .. }, .. })
        | Row::Turn(Turn { state: TurnState::Stopped { .. }, .. }) => match run.status {
            RunStatus::Cancelled => ("–", theme.warn),
            _ => ("✗", theme.error),
        },
        Row::Tool(Call { state: CallState::Ended { outcome, .. }, .. }) => match outcome {
            ToolOutcome::Answered => ("✓", theme.ok),
            ToolOutcome::Missing { .. } => ("○", theme.warn),
            ToolOutcome::Failed { .. } => ("✗", theme.error),
        },
        Row::Turn(Turn { state: TurnState::Ended { failure: None, .. }, .. }) => ("✓", theme.ok),
        Row::Turn(Turn { state: TurnState::Ended { failure: Some(_), .. }, .. }) => ("✗", theme.error),
    }
}

fn bar(row: &Row, run: &Run, look: &Look<'_>) -> Option<Bar> {
    let theme = look.theme;
    let bar = match row {
        Row::Tool(Call { state: CallState::Waiting, .. }) => return None,
        Row::Tool(Call { state: CallState::Running { from_ms }, .. })
        | Row::Turn(Turn { state: TurnState::Running { from_ms }, .. }) => {
            Bar { from_ms: *from_ms, to_ms: None, style: theme.bar_running, note: String::new() }
        }
        Row::Tool(Call { state: CallState::Stopped { from_ms, to_ms }, .. })
        | Row::Turn(Turn { state: TurnState::Stopped { from_ms, to_ms }, .. }) => {
            let (style, note) = match &run.status {
                RunStatus::Cancelled => (theme.warn, " cancelled".to_owned()),
                RunStatus::Failed(failure) => (theme.error, format!(" {}", failure::place(failure))),
                RunStatus::Finished | RunStatus::Running => (theme.error, " not finished".to_owned()),
            };
            Bar { from_ms: *from_ms, to_ms: Some(*to_ms), style, note }
        }
        Row::Tool(Call { state: CallState::Ended { from_ms, to_ms, outcome, .. }, .. }) => {
            let (style, note) = match outcome {
                ToolOutcome::Answered => (theme.bar, String::new()),
                ToolOutcome::Missing { .. } => (theme.warn, " no data".to_owned()),
                ToolOutcome::Failed { failure } => (theme.error, format!(" {}", failure::place(failure))),
            };
            Bar { from_ms: *from_ms, to_ms: Some(*to_ms), style, note }
        }
        Row::Turn(Turn { state: TurnState::Ended { from_ms, to_ms, failure, .. }, .. }) => {
            let (style, note) = match failure {
                None => (theme.bar, String::new()),
                Some(failure) => (theme.error, format!(" {}", failure::place(failure))),
            };
            Bar { from_ms: *from_ms, to_ms: Some(*to_ms), style, note }
        }
    };
    Some(bar)
}

/// The bar at its place in the run, and the words behind it.
fn track(bar: Option<Bar>, span: f64, width: usize) -> Vec<Span<'static>> {
    let Some(Bar { from_ms, to_ms, style, note }) = bar else { return vec![Span::raw(" ".repeat(width))] };
    let cell = |ms: f64| ((ms / span.max(0.001) * width as f64).round() as usize).min(width);
    let from = cell(from_ms).min(width.saturating_sub(1));
    let long = (to_ms.map_or(width, cell).max(from + 1) - from).min(width);
    // The words matter more than the length of the bar.
    let long = long.min(width.saturating_sub(note.width()).max(1));
    let from = from.min(width.saturating_sub(long + note.width()));
    vec![
        Span::raw(" ".repeat(from)),
        Span::styled("━".repeat(long), style),
        Span::styled(fit(&note, width.saturating_sub(from + long)), style),
    ]
}
