//! The overlay with everything there is to do, to find and to set.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Block, Padding},
};
use unicode_width::UnicodeWidthStr;

use super::{Look, clear, line_input};
use crate::{
    app::{Entry, Leads, Palette},
    ui::text::{cut, fit},
};

/// The widest it gets.
const WIDTH: u16 = 84;
/// Columns for the name.
const NAME: usize = 18;
/// The least rows below the line.
const LEAST: u16 = 3;

/// Draws the overlay and says how many entries fit.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, palette: &Palette) -> usize {
    let all = palette.found().len();
    let height = (all as u16).clamp(LEAST, (body.height - 3).max(LEAST));
    let width = WIDTH.min(body.width);
    let area = Rect { height: (height + 3).min(body.height), ..body.centered_horizontally(Constraint::Length(width)) };
    let place = format!(" {}/{all} ", palette.at + 1);
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(" What next? ", look.theme.title))
        .title_top(Line::styled(if all == 0 { String::new() } else { place }, look.theme.dim).right_aligned())
        .padding(Padding::horizontal(1));
    clear(frame, area, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    line_input::draw(frame, Rect { height: 1, ..inner }, ": ", palette.line(), true, look);
    if palette.line().value().is_empty() {
        let hint = "an action, a customer, a view, a setting; or ask";
        let free = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, ..inner };
        frame.render_widget(Line::styled(cut(hint, usize::from(free.width)), look.theme.dim), free);
    }
    let rows = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    let fits = usize::from(rows.height);
    let first = (palette.at + 1).saturating_sub(fits);
    for ((place, entry), area) in palette.found().iter().enumerate().skip(first).zip(rows.rows()) {
        frame.render_widget(line(entry, place == palette.at, usize::from(area.width), look), area);
        if place == palette.at {
            look.mark(frame, area, false);
        }
    }
    fits
}

fn line(entry: &Entry, is_cursor: bool, width: usize, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let key = entry.key.clone().unwrap_or_default();
    // A name of the program's own is short; a customer's takes what it needs.
    let name = entry.name.width().clamp(NAME, width / 2);
    let says = width.saturating_sub(name + key.width() + 2);
    let [named, said] = match &entry.leads {
        Leads::Ask(_) => [theme.accent, theme.strong],
        Leads::To(_) => [theme.strong, theme.dim],
        Leads::Do(_) | Leads::Help(_) => [theme.accent, theme.text],
    };
    Line::from(vec![
        Span::styled(format!("{} ", fit(&entry.name, name)), named),
        Span::styled(format!("{} ", fit(&entry.says, says)), said),
        Span::styled(key, theme.key),
    ])
    .style(if is_cursor { theme.cursor } else { theme.text })
}
