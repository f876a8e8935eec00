//! The answer in a few sentences, the figures behind it with their sources, and what the reader must know.

use contracts::{
    block::{Block, Place},
    planner::{Completeness, PlanSource, PlannerResult},
};
use ratatui::text::Span;

use super::{Builder, figures, said, signals};
use crate::{app::Run, words};

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
    match &run.writing {
        Some(blocks) => writing(page, blocks),
        None => said::sentences(page, &result.lines_of(Place::Summary)),
    }
    if result.has_model_lines() {
        said::legend(page);
    }
    if result.completeness() != Completeness::Complete {
        page.gap();
        page.item(Span::styled("! ", theme.warn), "Not everything was there: this answer is partial.", theme.warn);
    }
    figures::write(page, "Figures", &result.facts);
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

/// The points as far as they are written, with a mark where the next one will stand.
pub(super) fn writing(page: &mut Builder<'_>, blocks: &[Block]) {
    said::sentences(page, blocks);
    page.paragraph("▌", page.theme.text);
}

/// Who planned, and what a model took.
fn planner(result: &PlannerResult) -> String {
    let planner = match (result.plan_source, &result.question) {
        (PlanSource::Llm, _) => "The model chose and the program wrote, from the data, what has no mark.".to_owned(),
        (PlanSource::Deterministic, None) => "Answered by the rules.".to_owned(),
        (PlanSource::Deterministic, Some(_)) => format!("Answered by the rules: {}.", result.title()),
    };
    match &result.usage {
        Some(usage) => format!("{planner} {}.", words::model_usage(usage)),
        None => planner,
    }
}
