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
    lines.extend([Line::default(), Line::styled(look.model.fill("{accept}: yes   {back}: no"), look.theme.key)]);
    let area = body.centered(Constraint::Length(width), Constraint::Length(lines.len() as u16 + 2));
    let block = Block::bordered().border_style(look.theme.border_focused).padding(Padding::horizontal(1));
    clear(frame, area, look);
    frame.render_widget(Paragraph::new(lines).block(block), area);
}
