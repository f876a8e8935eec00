//! The overlay that asks before something is done.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::Line,
    widgets::{Block, Padding, Paragraph},
};

use super::{Look, clear};
use crate::{app::Confirm, ui::text::wrap};

/// The widest it gets.
const WIDTH: u16 = 60;

/// Draws the overlay.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, confirm: &Confirm) {
    let width = WIDTH.min(body.width);
    let mut lines: Vec<_> = wrap(&confirm.question, usize::from(width) - 4, 0)
        .into_iter()
        .map(|line| Line::styled(line, look.theme.strong))
        .collect();
    // Two lines are for the frame and two for the answer; what is longer than there is room for is cut.
    let room = usize::from(body.height).saturating_sub(lines.len() + 5);
    let shown: Vec<_> = confirm.shown.lines().flat_map(|line| wrap(line, usize::from(width) - 4, 2)).collect();
    if !shown.is_empty() {
        lines.push(Line::default());
    }
    let is_cut = shown.len() > room;
    let shown = shown.into_iter().take(if is_cut { room.saturating_sub(1) } else { room });
    lines.extend(shown.map(|line| Line::styled(line, look.theme.text)));
    if is_cut {
        lines.push(Line::styled("… and more: read the file before you say yes.", look.theme.warn));
    }
    lines.extend([Line::default(), Line::styled(look.model.fill("{accept}: yes   {back}: no"), look.theme.key)]);
    let area = body.centered(Constraint::Length(width), Constraint::Length(lines.len() as u16 + 2));
    let block = Block::bordered().border_style(look.theme.border_focused).padding(Padding::horizontal(1));
    clear(frame, area, look);
    frame.render_widget(Paragraph::new(lines).block(block), area);
}
