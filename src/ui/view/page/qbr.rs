//! The outline of a meeting: sections and what to say in them.

use contracts::{
    block::{Block, By},
    tools::QbrOutline,
};
use ratatui::text::Span;

use super::{Builder, said};

pub(super) fn write(page: &mut Builder<'_>, outline: &QbrOutline, points: &[Block]) {
    let theme = page.theme;
    page.paragraph(outline.title.as_str(), theme.strong);
    for (i, section) in points.chunk_by(|one, next| one.section == next.section).enumerate() {
        let title = section.first().and_then(|point| point.section.as_ref());
        page.heading(&format!("{}. {}", i + 1, title.map(ToString::to_string).unwrap_or_default()));
        for point in section {
            match point.by {
                By::Program | By::User => page.item(Span::styled(" • ", theme.accent), point.text.as_str(), theme.text),
                By::Model => said::model(page, point.text.as_str()),
            }
        }
    }
}
