//! The line over an answer that does not belong to the book on the screen.

use domain::words::date;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::Look;
use crate::{app::Outdated, ui::text::cut};

/// Says why and what to press, in at most `room` cells.
pub(super) fn line(why: Outdated, room: usize, look: &Look<'_>) -> Line<'static> {
    let whole = match why {
        Outdated::DataChanged => "! The data changed since this was made: . runs it again.".to_owned(),
        Outdated::OtherDay(day) => format!("! This was made for {}: . runs it again.", date(day)),
    };
    let text = if whole.width() <= room { whole } else { cut("! Out of date: . runs again.", room) };
    Line::styled(text, look.theme.warn)
}
