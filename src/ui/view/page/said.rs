//! Lines with who wrote them: what a language model wrote has a mark and a look of its own.

use contracts::block::{Block, By};
use domain::tasks::heading;
use ratatui::text::Span;

use super::Builder;
use crate::ui::theme::MODEL_MARK;

/// The lines of a summary: those of the program in one paragraph, up to where the model has a line.
pub(super) fn sentences(page: &mut Builder<'_>, blocks: &[Block]) {
    for run in blocks.chunk_by(|one, next| one.by == next.by) {
        match run.first().map(|block| block.by) {
            Some(By::Model) => run.iter().for_each(|block| line(page, block)),
            _ => {
                let said: Vec<_> = run.iter().map(|block| block.text.as_str()).collect();
                for line in said.join(" ").lines() {
                    match heading(line) {
                        Some(heading) => page.paragraph(heading, page.theme.heading),
                        None => page.paragraph(line, page.theme.text),
                    }
                }
            }
        }
    }
}

/// A line or a paragraph by itself.
pub(super) fn line(page: &mut Builder<'_>, block: &Block) {
    match block.by {
        By::Program | By::User => page.paragraph(block.text.as_str(), page.theme.text),
        By::Model => model(page, block.text.as_str()),
    }
}

/// A line of the model's behind its mark.
pub(super) fn model(page: &mut Builder<'_>, text: &str) {
    page.item(Span::styled(MODEL_MARK, page.theme.accent), text, page.theme.model);
}

/// What the mark means, where it stands anywhere.
pub(super) fn legend(page: &mut Builder<'_>) {
    page.paragraph(&format!("{MODEL_MARK}written by the model, and may be wrong"), page.theme.dim);
}
