//! A text that is scrolled and looked through.

use std::ops::Range;

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::Line,
    widgets::{Block, Padding, Paragraph},
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Extent, Look, clear};

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

/// Draws them so many cells wide in a box of their own over what is on the screen.
pub(super) fn over(
    frame: &mut Frame<'_>,
    body: Rect,
    look: &Look<'_>,
    title: &str,
    (width, lines): (u16, &[Line<'static>]),
    scroll: usize,
) -> Extent {
    let height = (lines.len() as u16 + 2).min(body.height);
    let last = lines.len().saturating_sub(usize::from(height).saturating_sub(2));
    let scroll = scroll.min(last);
    let search = look.model.fill(" {find} searches ");
    let search = if title.width() + search.width() + 4 <= usize::from(width) { search } else { String::new() };
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(title.to_owned(), look.theme.title))
        .title_top(Line::styled(search, look.theme.accent).right_aligned())
        .title_bottom(Line::styled(if scroll < last { " ↓ more " } else { "" }, look.theme.accent).right_aligned())
        .padding(Padding::horizontal(1));
    let area = body.centered(Constraint::Length(width), Constraint::Length(height));
    clear(frame, area, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    draw(frame, inner, look, lines, scroll)
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
