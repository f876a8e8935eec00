//! The overlay that shows an answer before it goes out: what becomes of it, why it should wait, and what is in it.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use super::{Extent, Look, reader};
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
    lines.extend(styled("A file of this name that is there gives way to it.", look.theme.dim));
    if let Some(hold) = &outgoing.hold {
        lines.extend(styled(&format!("Hold: {hold}"), look.theme.warn));
    }
    lines.push(Line::default());
    lines.extend(outgoing.shown.lines().flat_map(|line| styled(line, look.theme.text)));
    let title = cut(&format!(" Out: {} ", prepared.form.label()), room);
    reader::over(frame, body, look, &title, (width, &lines), outgoing.scroll)
}
