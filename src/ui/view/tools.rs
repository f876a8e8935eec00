//! The calls of the run on the screen, as they happen: bars to one scale from the run's start, and the selected
//! call's time split into where it went.

use contracts::run::{CallTiming, ToolOutcome};
use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::{Look, failure};
use crate::{
    app::{Call, CallState, Pane, Run},
    ui::text::{cut, fit, fit_right, wrap},
    words::duration,
};

const MILLIS: usize = 9;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let run = look.model.run();
    let block = look.block(Pane::Tools, area, Line::styled(" Tools ", look.theme.title), clock(run, look));
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let width = usize::from(inner.width);
    let Some(run) = run.filter(|run| !run.calls.is_empty()) else {
        let text = cut("Every call is shown here as it happens.", width);
        frame.render_widget(Paragraph::new(Line::styled(text, look.theme.dim)), inner);
        return;
    };
    let lines = if inner.height < 2 { vec![strip(run, look)] } else { waterfall(run, inner, look) };
    let rows = usize::from(inner.height);
    let first = if rows <= look.model.call { look.model.call + 1 - rows } else { 0 };
    frame.render_widget(Paragraph::new(lines).scroll((first as u16, 0)), inner);
}

/// From the run's start until its end, or until now.
fn span_ms(run: &Run, look: &Look<'_>) -> f64 {
    let elapsed = look.now.saturating_sub(run.started).as_secs_f64() * 1000.0;
    if run.is_running() { run.last_ms.max(elapsed) } else { run.last_ms }
}

fn clock(run: Option<&Run>, look: &Look<'_>) -> Line<'static> {
    run.map_or(Line::default(), |run| Line::styled(format!(" {} ", duration(span_ms(run, look))), look.theme.dim))
}

/// All calls in a line, for low screens.
fn strip(run: &Run, look: &Look<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    for call in &run.calls {
        let (mark, style) = mark(call, look);
        let short = call.tool.as_str().rsplit('_').next().unwrap_or_default();
        spans.extend([Span::styled(mark, style), Span::styled(format!(" {short}  "), look.theme.dim)]);
    }
    Line::from(spans)
}

fn waterfall(run: &Run, area: Rect, look: &Look<'_>) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    let mut lines: Vec<_> =
        run.calls.iter().enumerate().map(|(i, call)| row(call, i == look.model.call, run, width, look)).collect();
    if let Some(call) = run.calls.get(look.model.call) {
        let detail = detail(call, width, look);
        if lines.len() + 1 + detail.len() <= usize::from(area.height) {
            lines.push(Line::default());
        }
        lines.extend(detail);
    }
    lines
}

fn mark(call: &Call, look: &Look<'_>) -> (&'static str, Style) {
    let theme = look.theme;
    match &call.state {
        CallState::Waiting => ("·", theme.dim),
        CallState::Running { .. } => (look.spinner(), theme.accent),
        CallState::Ended { outcome, .. } => match outcome {
            ToolOutcome::Answered => ("✓", theme.ok),
            ToolOutcome::Missing { .. } => ("○", theme.warn),
            ToolOutcome::Failed { .. } => ("✗", theme.error),
        },
    }
}

fn row(call: &Call, is_selected: bool, run: &Run, width: usize, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let (name, width_of_name) = match call.tool.as_str() {
        name if width < 44 => (name.trim_start_matches("get_"), 17),
        name => (name, 22),
    };
    let bar = width.saturating_sub(2 + width_of_name + MILLIS);
    let (mark, style) = mark(call, look);
    let mut spans = vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(
            fit(&cut(name, width_of_name - 1), width_of_name),
            if is_selected { theme.strong } else { theme.text },
        ),
    ];
    spans.extend(track(call, span_ms(run, look), bar, look));
    let time = match &call.state {
        CallState::Waiting => String::new(),
        CallState::Running { .. } => "…".to_owned(),
        CallState::Ended { timing, .. } => duration(timing.total_ms),
    };
    spans.push(Span::styled(fit_right(&time, MILLIS), theme.text));
    let cursor = match (is_selected, look.model.focus) {
        (true, Pane::Tools) => theme.cursor,
        _ => Style::new(),
    };
    Line::from(spans).style(cursor)
}

/// The call's bar at its place in the run; a failure says where it failed.
fn track(call: &Call, span: f64, width: usize, look: &Look<'_>) -> Vec<Span<'static>> {
    let theme = look.theme;
    let cell = |ms: f64| ((ms / span.max(0.001) * width as f64).round() as usize).min(width);
    let (from, to, style) = match &call.state {
        CallState::Waiting => return vec![Span::raw(" ".repeat(width))],
        CallState::Running { from_ms } => (cell(*from_ms), width, theme.bar_running),
        CallState::Ended { from_ms, to_ms, outcome, .. } => {
            let style = match outcome {
                ToolOutcome::Answered => theme.bar,
                ToolOutcome::Missing { .. } => theme.warn,
                ToolOutcome::Failed { .. } => theme.error,
            };
            (cell(*from_ms), cell(*to_ms), style)
        }
    };
    let from = from.min(width.saturating_sub(1));
    let long = (to.max(from + 1) - from).min(width);
    let note = match &call.state {
        CallState::Ended { outcome: ToolOutcome::Failed { failure }, .. } => format!(" {}", failure::place(failure)),
        CallState::Ended { outcome: ToolOutcome::Missing { .. }, .. } => " no data".to_owned(),
        _ => String::new(),
    };
    // The words matter more than the length of the bar.
    let long = long.min(width.saturating_sub(note.width()).max(1));
    let from = from.min(width.saturating_sub(long + note.width()));
    vec![
        Span::raw(" ".repeat(from)),
        Span::styled("━".repeat(long), style),
        Span::styled(fit(&note, width.saturating_sub(from + long)), style),
    ]
}

/// Where the selected call's time went, or why it has no answer.
fn detail(call: &Call, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let CallState::Ended { outcome, timing, .. } = &call.state else { return Vec::new() };
    let paragraph = |text: &str, style| -> Vec<Line<'static>> {
        wrap(text, width, 0).into_iter().map(|line| Line::styled(line, style)).collect()
    };
    match outcome {
        ToolOutcome::Answered => split(timing, width, look),
        ToolOutcome::Missing { what } => {
            let mut lines = paragraph(what.as_str(), theme.warn);
            lines.extend(split(timing, width, look));
            lines
        }
        ToolOutcome::Failed { failure } => {
            let mut lines = paragraph(failure.message.as_str(), theme.error);
            lines.extend(paragraph(&failure::provenance(failure), theme.dim));
            lines
        }
    }
}

/// One bar over the whole width, and a legend.
fn split(timing: &CallTiming, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let parts = [
        ("client", "cli", timing.client_ms),
        ("network", "net", timing.network_ms),
        ("auth", "auth", timing.auth_ms),
        ("database", "db", timing.db_ms),
        ("tool", "tool", timing.tool_ms),
    ];
    let total: f64 = parts.iter().map(|(_, _, ms)| ms.max(0.0)).sum();
    let mut bar = Vec::new();
    let (mut sum, mut drawn) = (0.0, 0);
    for ((_, _, ms), (glyph, style)) in parts.iter().zip(look.theme.split) {
        sum += ms.max(0.0);
        let end = ((sum / total.max(0.001) * width as f64).round() as usize).min(width);
        bar.push(Span::styled(glyph.repeat(end - drawn), style));
        drawn = end;
    }
    let mut lines = vec![Line::from(bar), Line::default()];
    for ((word, short, ms), (glyph, style)) in parts.iter().zip(look.theme.split) {
        let figure = if *ms >= 9.95 { format!("{ms:.0}") } else { format!("{ms:.1}") };
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
