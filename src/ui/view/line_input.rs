//! A line that is typed into. Where it is too long, what is around its cursor stays on the screen.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span},
};
use tui_input::Input;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Look;
use crate::ui::text::cut;

/// Draws the line behind a mark; the terminal's cursor goes into it where it has the keys.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, mark: &str, input: &Input, has_keys: bool, look: &Look<'_>) {
    let indent = mark.width() as u16;
    let room = usize::from(area.width.saturating_sub(indent + 1));
    let hidden = input.visual_scroll(room);
    let mut skipped = 0;
    let shown = input.value().chars().skip_while(|c| {
        skipped += c.width().unwrap_or(0);
        skipped <= hidden
    });
    let shown: String = shown.collect();
    let spans = vec![Span::styled(mark, look.theme.key), Span::styled(cut(&shown, room), look.theme.strong)];
    frame.render_widget(Line::from(spans), area);
    if has_keys {
        let column = input.visual_cursor().saturating_sub(hidden) as u16;
        frame.set_cursor_position(Position::new(area.x + indent + column, area.y));
    }
}
