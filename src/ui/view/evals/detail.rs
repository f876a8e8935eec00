//! A result of an evaluation: what it was judged by, and what its calls took.

use contracts::{
    eval::{EvalResult, ExecStep, StepOutcome, Verdict},
    planner::PlanSource,
};
use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{Extent, Look, reader, reading, verdict};
use crate::{
    app::{Loaded, Opened},
    ui::{
        text::{fit, fit_right, wrap},
        view::failure,
    },
    words::{count, duration, number},
};

/// Columns for a tool's name.
const NAME: usize = 22;
/// Columns for a time.
const TIME: usize = 9;

/// Draws the result and says which of its lines are on the screen.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>, result: &EvalResult, opened: &Opened) -> Extent {
    let lines = lines(result, &opened.steps, usize::from(area.width), look);
    reader::draw(frame, area, look, &lines, opened.scroll)
}

fn lines(result: &EvalResult, steps: &Loaded<Vec<ExecStep>>, width: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let paragraph = |text: &str, hang: usize, style: Style| -> Vec<Line<'static>> {
        wrap(text, width, hang).into_iter().map(|line| Line::styled(line, style)).collect()
    };
    let (mark, style) = verdict(result.verdict, look);
    let outcome = match result.verdict {
        Verdict::Pass => "passed every check",
        Verdict::Fail => "failed",
        Verdict::Timeout => "did not answer in time",
        Verdict::Error => "has no answer",
    };
    let title = format!("{} · {}", result.customer_name, look.model.tasks.title(&result.task));
    let mut lines = paragraph(&title, 0, theme.strong);
    lines.extend(paragraph(&format!("{mark} {outcome}, after {}", duration(result.latency_ms)), 2, style));
    lines.extend(paragraph(&planner(result), 0, theme.dim));

    lines.extend([Line::default(), Line::styled("Checks", theme.heading)]);
    let passed = result.checks.iter().filter(|check| check.passed);
    for check in result.failed_checks().chain(passed) {
        let (mark, style) = if check.passed { ("✓", theme.ok) } else { ("✗", theme.error) };
        let name = check.check.as_str().replace('_', " ");
        let text = check.detail.as_ref().map_or(name.clone(), |detail| format!("{name}: {detail}"));
        lines.extend(paragraph(&format!("{mark} {text}"), 2, style));
    }

    lines.extend([Line::default(), Line::styled("Steps", theme.heading)]);
    match steps {
        Loaded::Loading => lines.push(reading("the steps", look)),
        Loaded::Failed(why) => {
            lines.extend(failure::card(why, "Press {back}, then {accept} to try again.", width, look))
        }
        Loaded::Ready(steps) if steps.is_empty() => lines.extend(paragraph("None is on record.", 0, theme.dim)),
        Loaded::Ready(steps) => {
            let longest = steps.iter().map(|step| step.took_ms).fold(0.0, f64::max);
            for step in steps {
                lines.push(row(step, longest, width, look));
                if let Some(error) = &step.error {
                    lines.extend(paragraph(&format!("  {error}"), 2, theme.error));
                }
            }
        }
    }
    lines
}

fn planner(result: &EvalResult) -> String {
    let planner = match result.plan_source {
        PlanSource::Deterministic => "Answered by the rules",
        PlanSource::Llm => "Written by the model",
    };
    let turns = result.rounds.map(|rounds| count(u64::from(rounds), "turn"));
    let read = result.input_tokens.map(|tokens| format!("{} tokens read", number(tokens as f64)));
    let written = result.output_tokens.map(|tokens| format!("{} written", number(tokens as f64)));
    let took: Vec<_> = [turns, read, written].into_iter().flatten().collect();
    let took = if took.is_empty() { String::new() } else { format!(": {}", took.join(", ")) };
    format!("{planner}{took}.")
}

/// A step with its time as a bar, on the scale of the longest one.
fn row(step: &ExecStep, longest: f64, width: usize, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let (mark, style, bar_style) = match step.outcome {
        StepOutcome::Answered => ("✓", theme.ok, theme.bar),
        StepOutcome::Missing => ("○", theme.warn, theme.warn),
        StepOutcome::Failed => ("✗", theme.error, theme.error),
    };
    let name = step.tool.map_or("model turn", |tool| tool.as_str());
    let bar = width.saturating_sub(2 + NAME + TIME).min(60);
    let long = ((step.took_ms / longest.max(0.001) * bar as f64).round() as usize).clamp(1, bar.max(1));
    Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(fit(name, NAME), theme.text),
        Span::styled(fit(&"━".repeat(long), bar), bar_style),
        Span::styled(fit_right(&duration(step.took_ms), TIME), theme.text),
    ])
}
