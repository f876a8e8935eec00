//! The email as it will be read, with marks at what the model wrote.

use contracts::{
    block::{Block, By},
    tools::EmailDraft,
};
use domain::occasion::words;
use ratatui::text::Span;

use super::{Builder, said};

pub(super) fn write(page: &mut Builder<'_>, draft: &EmailDraft, paragraphs: &[Block]) {
    let theme = page.theme;
    if let Some(hold) = draft.hold() {
        page.item(Span::styled("Hold  ", theme.warn), &words::hold(hold), theme.text);
    }
    if let Some(to) = &draft.to {
        page.item(Span::styled("To  ", theme.dim), to.as_str(), theme.text);
    }
    if paragraphs.iter().any(|paragraph| paragraph.by == By::User) {
        page.item(Span::styled("By  ", theme.dim), "you", theme.text);
    }
    page.item(Span::styled("Subject  ", theme.dim), draft.subject.as_str(), theme.strong);
    page.line(vec![Span::styled("─".repeat(page.width), theme.border)]);
    for (place, paragraph) in paragraphs.iter().enumerate() {
        if place > 0 {
            page.gap();
        }
        said::line(page, paragraph);
    }
}
