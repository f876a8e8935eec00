//! The outline of a meeting: sections and what to say in them.

use contracts::tools::QbrOutline;
use ratatui::text::Span;

use super::Builder;

pub(super) fn write(page: &mut Builder<'_>, outline: &QbrOutline) {
    let theme = page.theme;
    page.paragraph(outline.title.as_str(), theme.strong);
    for (i, section) in outline.sections.iter().enumerate() {
        page.heading(&format!("{}. {}", i + 1, section.title));
        for point in &section.talking_points {
            page.item(Span::styled(" • ", theme.accent), point.as_str(), theme.text);
        }
    }
}
