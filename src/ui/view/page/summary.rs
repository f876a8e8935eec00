//! The answer in a few sentences, the figures behind it with their sources, and what the reader must know.

use contracts::{
    Text,
    planner::{Completeness, PlanSource, PlannerResult},
};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{Builder, figures, signals};
use crate::{app::Run, ui::text::fit, words};

pub(super) fn write(page: &mut Builder<'_>, run: &Run, result: &PlannerResult) {
    let theme = page.theme;
    if let Some(report) = &result.health {
        signals::verdict(page, report);
        page.gap();
    }
    if let Some(hint) = &result.plan_hint {
        page.item(Span::styled("! ", theme.warn), hint.as_str(), theme.warn);
        page.gap();
    }
    match (&run.writing, &result.summary) {
        (Some(summary), _) => writing(page, summary),
        (None, Some(summary)) => page.paragraph(summary.as_str(), theme.text),
        (None, None) => {}
    }
    if result.completeness() != Completeness::Complete {
        page.gap();
        page.item(Span::styled("! ", theme.warn), "Not everything was there: this answer is partial.", theme.warn);
    }
    figures::write(page, "Figures", &result.facts);
    if !result.evidence.is_empty() {
        page.heading("What the figures rest on");
        let figures = result.evidence.iter().map(|evidence| evidence.figure.as_str());
        let label = figures.map(UnicodeWidthStr::width).max().unwrap_or(0).min(page.width / 3);
        for evidence in &result.evidence {
            let figure = Span::styled(fit(evidence.figure.as_str(), label) + "  ", theme.strong);
            page.item(figure, evidence.basis.as_str(), theme.dim);
        }
    }
    if !result.notes.is_empty() {
        page.heading("Notes");
        for note in &result.notes {
            page.item(Span::styled("• ", theme.warn), note.as_str(), theme.text);
        }
    }
    if !result.decision_log.is_empty() {
        page.heading("Why each tool was called");
        for decision in &result.decision_log {
            page.item(
                Span::styled(format!("{:>2}  ", decision.step), theme.accent),
                decision.tool.as_str(),
                theme.text,
            );
            page.item(Span::raw("    "), decision.reason.as_str(), theme.dim);
        }
    }
    page.gap();
    if let Some(question) = &result.question {
        page.paragraph(&format!("Asked: {question}"), theme.dim);
    }
    if !run.is_running() {
        page.paragraph(&planner(result), theme.dim);
    }
}

/// The summary as far as it is written, with a mark where the next word will stand.
pub(super) fn writing(page: &mut Builder<'_>, summary: &Text) {
    page.paragraph(&format!("{summary}▌"), page.theme.text);
}

/// Who planned, and what a model took.
fn planner(result: &PlannerResult) -> String {
    let planner = match (result.plan_source, &result.question) {
        (PlanSource::Llm, _) => "Written by the model; every figure was checked against the data.".to_owned(),
        (PlanSource::Deterministic, None) => "Answered by the rules.".to_owned(),
        (PlanSource::Deterministic, Some(_)) => format!("Answered by the rules: {}.", result.title()),
    };
    match &result.usage {
        Some(usage) => format!("{planner} {}.", words::model_usage(usage)),
        None => planner,
    }
}
