//! The evaluations, in the place of all panes: what one comes to, its results worst first, and a result taken apart.

mod detail;
mod table;

use contracts::{
    eval::{EvalResult, EvalSession, Verdict},
    planner::PlanSource,
};
use ratatui::{
    Frame,
    layout::{Margin, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Block, Paragraph},
};

use super::{Extent, Look, failure, reader};
use crate::{
    app::{Evals, Loaded, Viewport},
    eval::measures::measured,
    ui::text::wrap,
    words,
};

/// Draws the evaluations and says what there was room for.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, evals: &Evals) -> Viewport {
    let block = Block::bordered().border_style(look.theme.border_focused).title_top(title(evals, look));
    let inner = block.inner(area).inner(Margin::new(1, 0));
    frame.render_widget(block, area);
    let width = usize::from(inner.width);
    let fixed = |frame: &mut Frame<'_>, lines: Vec<Line<'static>>| {
        frame.render_widget(Paragraph::new(lines), inner);
        look.model.viewport.clone()
    };
    let session = match (&evals.sessions, evals.session()) {
        (Loaded::Loading, _) => return fixed(frame, vec![reading("the evaluations", look)]),
        (Loaded::Failed(why), _) => {
            return fixed(frame, failure::card(why, "Press {evals} to try again.", width, look));
        }
        (Loaded::Ready(_), None) => return fixed(frame, nothing(width, look)),
        (Loaded::Ready(_), Some(session)) => session,
    };
    let results = match &evals.results {
        Loaded::Loading => return fixed(frame, vec![reading("the results", look)]),
        Loaded::Failed(why) => return fixed(frame, failure::card(why, "Press {evals} to try again.", width, look)),
        Loaded::Ready(results) => results,
    };
    let extent = match (&evals.opened, evals.result()) {
        (Some(opened), Some(result)) => detail::draw(frame, inner, look, result, opened),
        _ => {
            let head = head(session, results, width, look);
            let height = (head.len() as u16).min(inner.height / 2);
            frame.render_widget(Paragraph::new(head), Rect { height, ..inner });
            let rest = Rect { y: inner.y + height, height: inner.height - height, ..inner };
            table::draw(frame, rest, look, evals, results)
        }
    };
    look.thumb(frame, area, &extent);
    extent.seen(look.model.viewport.clone())
}

fn title(evals: &Evals, look: &Look<'_>) -> Line<'static> {
    let which = match evals.session() {
        Some(session) => {
            let day = session.created_at.format("%Y-%m-%d %H:%M UTC");
            format!("· {} of {}, {day} ", evals.at + 1, evals.len())
        }
        None => String::new(),
    };
    Line::from(vec![Span::styled(" Evaluations ", look.theme.title), Span::styled(which, look.theme.dim)])
}

fn reading(what: &str, look: &Look<'_>) -> Line<'static> {
    Line::styled(format!("{} Reading {what}…", look.spinner()), look.theme.accent)
}

fn nothing(width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    let mut paragraph = |text: &str, style: Style| {
        lines.extend(wrap(text, width, 0).into_iter().map(|line| Line::styled(line, style)));
    };
    paragraph("There is no evaluation yet.", look.theme.text);
    paragraph("", look.theme.text);
    paragraph("This runs every task for every customer, judges each answer and keeps what it found:", look.theme.dim);
    paragraph("cs-copilot eval --all", look.theme.strong);
    paragraph("", look.theme.text);
    paragraph(&look.model.fill("{evals} looks again."), look.theme.dim);
    lines
}

/// What was run, what it came to, and how each task did.
fn head(session: &EvalSession, results: &[EvalResult], width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let (theme, eval, totals) = (look.theme, &session.eval, &session.totals);
    let planner = match (eval.planner, &eval.model) {
        (PlanSource::Deterministic, _) => "rules".to_owned(),
        (PlanSource::Llm, Some(model)) => format!("model {model}"),
        (PlanSource::Llm, None) => "model".to_owned(),
    };
    let repeat = if eval.repeat > 1 { format!(", {} times", eval.repeat) } else { String::new() };
    let what = format!(
        "{} by {}{repeat} · {planner} · as of {}",
        words::count(u64::from(eval.customers), "customer"),
        words::count(eval.tasks.len() as u64, "task"),
        eval.as_of
    );
    let mut lines: Vec<_> = wrap(&what, width, 0).into_iter().map(|line| Line::styled(line, theme.text)).collect();
    let mut counts = vec![vec![Span::styled(format!("✓ {} of {} passed  ", totals.passed, totals.cases), theme.ok)]];
    for (count, mark, word, style) in [
        (totals.failed, "✗", "failed", theme.error),
        (totals.timeouts, "◔", "late", theme.warn),
        (totals.errors, "!", "in error", theme.error),
    ] {
        if count > 0 {
            counts.push(vec![Span::styled(format!("{mark} {count} {word}  "), style)]);
        }
    }
    lines.extend(flow(counts, width));
    if session.finished_at.is_none() {
        let missing = eval.cases().saturating_sub(totals.cases);
        lines.push(Line::styled(format!("! {missing} still to come, or broken off."), theme.warn));
    }
    let tasks = eval.tasks.iter().map(|task| {
        let of_task = || results.iter().filter(|result| result.task == *task);
        let (passed, all) = (of_task().filter(|result| result.verdict == Verdict::Pass).count(), of_task().count());
        let style = if passed == all { theme.ok } else { theme.error };
        vec![Span::styled(format!("{task} "), theme.dim), Span::styled(format!("{passed}/{all}  "), style)]
    });
    lines.extend(flow(tasks, width));
    let measures = measured(results, &look.model.settings.eval).into_iter().map(|measured| {
        let (mark, style) = if measured.passed { ("✓", theme.dim) } else { ("✗", theme.error) };
        vec![Span::styled(format!("{mark} {} {}  ", measured.measure.label(), measured.figure()), style)]
    });
    lines.extend(flow(measures, width).into_iter().filter(|line| line.width() > 0));
    lines.push(Line::default());
    lines
}

/// Puts groups of words into lines; none is broken.
fn flow(groups: impl IntoIterator<Item = Vec<Span<'static>>>, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    for group in groups {
        let cells: usize = group.iter().map(Span::width).sum();
        let line = match lines.last_mut() {
            Some(last) if last.width() + cells <= width + 2 => last,
            _ => lines.push_mut(Line::default()),
        };
        line.extend(group);
    }
    lines
}

/// The mark of a verdict and its look.
fn verdict(verdict: Verdict, look: &Look<'_>) -> (&'static str, Style) {
    match verdict {
        Verdict::Pass => ("✓", look.theme.ok),
        Verdict::Fail => ("✗", look.theme.error),
        Verdict::Timeout => ("◔", look.theme.warn),
        Verdict::Error => ("!", look.theme.error),
    }
}

/// The tokens of a result, read and written ones together; none where there was no model.
fn tokens(result: &EvalResult) -> Option<u64> {
    let (read, written) = (result.input_tokens, result.output_tokens);
    (read.is_some() || written.is_some()).then(|| read.unwrap_or(0) + written.unwrap_or(0))
}
