//! The answer as the wire has it.

use contracts::planner::PlannerResult;
use ratatui::text::Span;

use super::Builder;
use crate::render;

pub(super) fn write(page: &mut Builder<'_>, result: &PlannerResult) {
    let theme = page.theme;
    for line in render::json(result).lines() {
        let body = line.trim_start();
        let indent = (line.len() - body.len()).min(page.width / 2);
        let (key, value) = match body.split_once("\": ") {
            Some((key, value)) if body.starts_with('"') => (format!("{}{key}\": ", " ".repeat(indent)), value),
            _ => (" ".repeat(indent), body),
        };
        page.item(Span::styled(key, theme.accent), value, theme.text);
    }
}
