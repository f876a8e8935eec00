//! The email as it will be read.

use contracts::tools::EmailDraft;
use ratatui::text::Span;

use super::Builder;

pub(super) fn write(page: &mut Builder<'_>, draft: &EmailDraft) {
    let theme = page.theme;
    page.item(Span::styled("Subject  ", theme.dim), draft.subject.as_str(), theme.strong);
    page.line(vec![Span::styled("─".repeat(page.width), theme.border)]);
    page.paragraph(draft.body.as_str(), theme.text);
}
