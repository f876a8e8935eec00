//! The line over an answer that does not belong to the book on the screen.

use domain::words::date;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::Look;
use crate::{
    app::{Action, Outdated},
    ui::text::cut,
};

/// Says why and what to press, in at most `room` cells.
pub(super) fn line(why: Outdated, room: usize, look: &Look<'_>) -> Line<'static> {
    let again = look.model.key(Action::Again);
    let whole = match why {
        Outdated::DataChanged => format!("! The data changed since this was made: {again} runs it again."),
        Outdated::OtherDay(day) => format!("! This was made for {}: {again} runs it again.", date(day)),
    };
    let text = if whole.width() <= room { whole } else { cut(&format!("! Out of date: {again} runs again."), room) };
    Line::styled(text, look.theme.warn)
}
