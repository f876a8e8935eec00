//! The answer in a few sentences, the figures behind it with their sources, and what the reader must know.

use contracts::planner::{Completeness, PlannerResult};
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{Builder, signals};

pub(super) fn write(page: &mut Builder<'_>, result: &PlannerResult) {
    let theme = page.theme;
    if let Some(report) = &result.health {
        signals::verdict(page, report);
        page.gap();
    }
    if let Some(summary) = &result.summary {
        page.paragraph(summary.as_str(), theme.text);
    }
    if result.completeness() != Completeness::Complete {
        page.gap();
        page.item(Span::styled("! ", theme.warn), "Not everything was there: this answer is partial.", theme.warn);
    }
    if !result.facts.is_empty() {
        page.heading("Figures");
        let label = result.facts.iter().map(|fact| fact.label.as_str().width()).max().unwrap_or(0).min(page.width / 3);
        for fact in &result.facts {
            let source = format!("{}, {}", fact.source.origin, fact.source.as_of);
            page.figure(fact.label.as_str(), label, fact.value.as_str(), &source);
        }
    }
    if !result.notes.is_empty() {
        page.heading("Notes");
        for note in &result.notes {
            page.item(Span::styled("• ", theme.warn), note.as_str(), theme.text);
        }
    }
}
