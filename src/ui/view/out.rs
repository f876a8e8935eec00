//! The overlay that shows an answer before it goes out: what becomes of it, why it should wait, and what is in it.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    style::Style,
    text::Line,
    widgets::{Block, Padding},
};

use super::{Extent, Look, clear, reader};
use crate::{
    app::Outgoing,
    ui::text::{cut, wrap},
};

/// The widest it gets.
const WIDTH: u16 = 90;

/// Draws the overlay and says which of its lines are on it.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, outgoing: &Outgoing) -> Extent {
    let width = WIDTH.min(body.width);
    let room = usize::from(width).saturating_sub(4);
    let prepared = &outgoing.prepared;
    let path = look.model.settings.folder.join(prepared.file());
    let styled = |text: &str, style: Style| wrap(text, room, 0).into_iter().map(move |line| Line::styled(line, style));
    let mut lines: Vec<_> = styled(&format!("Would be written to {}", path.display()), look.theme.dim).collect();
    if let Some(hold) = &outgoing.hold {
        lines.extend(styled(&format!("Hold: {hold}"), look.theme.warn));
    }
    lines.push(Line::default());
    lines.extend(outgoing.shown.lines().flat_map(|line| styled(line, look.theme.text)));
    let height = (lines.len() as u16 + 2).min(body.height);
    let last = lines.len().saturating_sub(usize::from(height).saturating_sub(2));
    let scroll = outgoing.scroll.min(last);
    let title = cut(&format!(" Out: {} ", prepared.form.label()), room);
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(title, look.theme.title))
        .title_bottom(Line::styled(if scroll < last { " ↓ more " } else { "" }, look.theme.accent).right_aligned())
        .padding(Padding::horizontal(1));
    let area = body.centered(Constraint::Length(width), Constraint::Length(height));
    clear(frame, area, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    reader::draw(frame, inner, look, &lines, scroll)
}
