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
    app::{Action, BookState, Check, Identified, Origin},
    backend::Identity,
    config::Planner,
    ui::text::cut,
};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let right = right(look);
    let brand = " cs-copilot ";
    let room = usize::from(area.width).saturating_sub(right.width() + brand.width() + 2);
    let left = Line::from(vec![
        Span::styled(brand, look.theme.brand),
        Span::raw(" "),
        Span::styled(whereabouts(look, room), look.theme.dim),
    ]);
    frame.render_widget(Paragraph::new(left), area);
    frame.render_widget(Paragraph::new(right.right_aligned()), area);
}

fn whereabouts(look: &Look<'_>, room: usize) -> String {
    let origin = match &look.model.settings.origin {
        Origin::Embedded => "this machine",
        Origin::Server(address) => address.as_str(),
    };
    let (who, whose) = match &look.model.identity {
        Identified::NotYet => ("…", String::new()),
        Identified::As(Identity { sign_in: Some(sign_in), .. }) => (sign_in.account.name.as_str(), String::new()),
        Identified::As(identity) if identity.writable => ("guest", format!(" ({})", identity.owner)),
        Identified::As(identity) => ("guest, read-only", format!(" ({})", identity.owner)),
        Identified::Failed(_) => ("not connected", String::new()),
    };
    let model = look.model.model_name.as_ref().map(|name| format!(" ({name})"));
    let (planner, model) = match (look.model.planner, model) {
        (Planner::Deterministic, _) | (_, None) => ("rules", String::new()),
        (Planner::Auto, Some(model)) => ("auto", model),
        (Planner::Llm, Some(model)) => ("model", model),
    };
    let candidates = [
        format!("{origin} · {who}{whose} · {planner} planner{model}"),
        format!("{origin} · {who} · {planner}{model}"),
        format!("{origin} · {who} · {planner}"),
    ];
    let [.., shortest] = &candidates;
    cut(candidates.iter().find(|text| text.width() <= room).unwrap_or(shortest), room)
}

fn right(look: &Look<'_>) -> Line<'static> {
    if let (Some(batch), Some(progress)) = (&look.model.batch, look.model.progress()) {
        let (done, title) = (progress.answered + progress.failed, look.model.tasks.title(&batch.task));
        return Line::styled(format!("{} {title}: {done} of {} ", look.spinner(), progress.all), look.theme.accent);
    }
    let running = look.model.runs.in_flight();
    if running > 0 {
        return Line::styled(format!("{} {running} running ", look.spinner()), look.theme.accent);
    }
    match look.model.sign_in_warning(look.now) {
        Some(0) => return Line::styled(look.model.fill("sign-in has ended: {sign-in} "), look.theme.warn),
        Some(minutes) => {
            return Line::styled(
                format!("sign-in ends in {minutes} min: {} ", look.model.key(Action::SignIn)),
                look.theme.warn,
            );
        }
        None => {}
    }
    match look.model.book.state() {
        BookState::Loading => Line::styled(format!("{} opening ", look.spinner()), look.theme.accent),
        BookState::Failed(_) => Line::styled("✗ no book ", look.theme.error),
        BookState::Ready if matches!(look.model.check, Check::Failed(_)) => {
            let day = look.model.book.as_of().map(|day| format!("as of {day}, ")).unwrap_or_default();
            Line::styled(format!("! {day}not checked "), look.theme.warn)
        }
        BookState::Ready => {
            let day = look.model.book.as_of().map(|day| format!("as of {day} ")).unwrap_or_default();
            Line::styled(day, look.theme.dim)
        }
    }
}
