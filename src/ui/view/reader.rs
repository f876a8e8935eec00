//! A text that is scrolled and looked through.

use std::ops::Range;

use ratatui::{Frame, layout::Rect, text::Line, widgets::Paragraph};
use unicode_width::UnicodeWidthChar;

use super::{Extent, Look};

/// Draws the lines from the one that is scrolled to, and what is looked for among them.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    look: &Look<'_>,
    lines: &[Line<'static>],
    scroll: usize,
) -> Extent {
    let (fits, all) = (usize::from(area.height), lines.len());
    let first = scroll.min(all.saturating_sub(fits));
    let shown = &lines[first..all.min(first + fits)];
    frame.render_widget(Paragraph::new(shown.to_vec()), area);
    let hits = hits(look, lines.iter().map(Line::to_string));
    for (text, row) in shown.iter().zip(area.rows()) {
        highlight(frame, row, || text.to_string(), look);
    }
    Extent { first, fits, all, hits }
}

/// Which of these have the words that are looked for.
pub(super) fn hits(look: &Look<'_>, texts: impl Iterator<Item = String>) -> Vec<usize> {
    let Some(words) = look.model.words() else { return Vec::new() };
    let has = |(place, text): (usize, String)| places(&text, words).next().map(|_| place);
    texts.enumerate().filter_map(has).collect()
}

/// Marks the words in a row that shows this text from its first cell.
pub(super) fn highlight(frame: &mut Frame<'_>, row: Rect, text: impl FnOnce() -> String, look: &Look<'_>) {
    let Some(words) = look.model.words() else { return };
    for cells in places(&text(), words) {
        let cells = cells.start.min(row.width)..cells.end.min(row.width);
        let area = Rect { x: row.x + cells.start, width: cells.end - cells.start, ..row };
        frame.buffer_mut().set_style(area, look.theme.found);
    }
}

/// The cells of the text that have the words, whether or not their letters are capitals.
fn places(text: &str, words: &str) -> impl Iterator<Item = Range<u16>> {
    let small = |text: &str| text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect::<Vec<_>>();
    let (text, words) = (small(text), small(words));
    let starts: Vec<_> = (0..text.len()).filter(|&at| text[at..].starts_with(&words)).collect();
    let cells = move |chars: &[char]| chars.iter().map(|c| c.width().unwrap_or(0) as u16).sum::<u16>();
    starts.into_iter().map(move |at| {
        let before = cells(&text[..at]);
        before..before + cells(&text[at..at + words.len()])
    })
}
