//! Where the data is, who is asking, which planner answers, and what is under way.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};
use unicode_width::UnicodeWidthStr;

use super::Look;
use crate::{
    app::{BookState, Identified, Origin},
    ui::text::cut,
};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let right = right(look);
    let brand = " cs-copilot ";
    let room = usize::from(area.width).saturating_sub(right.width() + brand.width() + 2);
    let left = Line::from(vec![
        Span::styled(brand, look.theme.brand),
        Span::raw(" "),
        Span::styled(cut(&whereabouts(look), room), look.theme.dim),
    ]);
    frame.render_widget(Paragraph::new(left), area);
    frame.render_widget(Paragraph::new(right.right_aligned()), area);
}

fn whereabouts(look: &Look<'_>) -> String {
    let origin = match &look.model.settings.origin {
        Origin::Embedded => "this machine",
        Origin::Server(address) => address.as_str(),
    };
    let who = match &look.model.identity {
        Identified::NotYet => "…".to_owned(),
        Identified::As(identity) if identity.writable => format!("guest ({})", identity.owner),
        Identified::As(identity) => format!("guest ({}), read-only", identity.owner),
        Identified::Failed(_) => "not connected".to_owned(),
    };
    format!("{origin} · {who} · rules planner")
}

fn right(look: &Look<'_>) -> Line<'static> {
    let running = look.model.runs.in_flight();
    if running > 0 {
        return Line::styled(format!("{} {running} running ", look.spinner()), look.theme.accent);
    }
    match look.model.book.state() {
        BookState::Loading => Line::styled(format!("{} opening ", look.spinner()), look.theme.accent),
        BookState::Failed(_) => Line::styled("✗ no book ", look.theme.error),
        BookState::Ready { as_of } => Line::styled(format!("as of {as_of} "), look.theme.dim),
    }
}
