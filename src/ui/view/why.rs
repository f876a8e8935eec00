//! The overlay that explains why a row stands where it stands: each item's reasons, and its priority by its factors.

use domain::attention::{order::Row, words};
use ratatui::{Frame, layout::Rect, text::Line};

use super::{Extent, Look, reader};
use crate::ui::text::{cut, wrap};

/// The widest it gets.
const WIDTH: u16 = 78;

/// Draws the overlay and says which of its lines are on it.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, row: &Row, scroll: usize) -> Extent {
    let width = WIDTH.min(body.width);
    let room = usize::from(width).saturating_sub(4);
    let mut lines = Vec::new();
    for ranked in row.items() {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        for reason in &ranked.item.reasons {
            lines.extend(wrap(reason.as_str(), room, 2).into_iter().map(|line| Line::styled(line, look.theme.strong)));
        }
        for says in words::priority(ranked, &look.model.settings.attention.weights) {
            lines.extend(wrap(&says, room, 2).into_iter().map(|line| Line::styled(line, look.theme.text)));
        }
    }
    let title = cut(&format!(" Why {} ", row.about().name()), room);
    reader::over(frame, body, look, &title, (width, &lines), scroll)
}
