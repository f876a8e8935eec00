use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr;

use crate::ui::{
    text::{fit, fit_right, wrap},
    theme::Theme,
};

/// Puts a page together from paragraphs, wrapped to its width.
pub(super) struct Builder<'a> {
    pub(super) theme: &'a Theme,
    pub(super) width: usize,
    lines: Vec<Line<'static>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(width: usize, theme: &'a Theme) -> Self {
        Self { theme, width, lines: Vec::new() }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, spans: Vec<Span<'static>>) {
        self.lines.push(Line::from(spans));
    }

    /// An empty line, unless the page begins here or there is one already.
    pub(super) fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A heading after a gap.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.paragraph(text, self.theme.heading);
    }

    /// Text of one or more lines.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        for line in text.lines() {
            self.lines.extend(wrap(line, self.width, 0).into_iter().map(|line| Line::styled(line, style)));
        }
    }

    /// A paragraph behind a mark; its lines stand under each other.
    pub(super) fn item(&mut self, mark: Span<'static>, text: &str, style: Style) {
        let indent = mark.width();
        let mut mark = Some(mark);
        for line in wrap(text, self.width.saturating_sub(indent), 0) {
            let first = mark.take().unwrap_or_else(|| Span::raw(" ".repeat(indent)));
            self.lines.push(Line::from(vec![first, Span::styled(line, style)]));
        }
    }

    /// A label, its value and, behind or below, where the value comes from.
    pub(super) fn figure(&mut self, label: &str, label_width: usize, value: &str, source: &str) {
        let label = Span::styled(fit(label, label_width) + " ", self.theme.dim);
        let indent = label.width();
        self.item(label, value, self.theme.text);
        match self.lines.last_mut() {
            Some(last) if last.width() + 3 + source.width() <= self.width => {
                let room = self.width - last.width();
                last.push_span(Span::styled(fit_right(source, room), self.theme.dim));
            }
            _ => self.item(Span::raw(" ".repeat(indent)), source, self.theme.dim),
        }
    }

    pub(super) fn finish(self) -> Vec<Line<'static>> {
        self.lines
    }
}
