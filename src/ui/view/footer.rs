//! The keys that work now, from the table of commands; or the message of the moment.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr;

use super::Look;
use crate::{
    app::{Action, Mode},
    ui::{
        keymap::{COMMANDS, Command},
        text::fit,
    },
};

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let width = usize::from(area.width);
    if let (Some(toast), Mode::Normal | Mode::SignIn) = (&look.model.toast, look.model.mode) {
        let style = if toast.is_error { look.theme.toast_error } else { look.theme.toast };
        frame.render_widget(Line::styled(fit(&format!(" {}", toast.text), width), style), area);
        return;
    }
    frame.render_widget(hints(look, width), area);
}

/// As many hints as fit; help and quit are always among them.
fn hints(look: &Look<'_>, width: usize) -> Line<'static> {
    let live = |command: &&Command| command.hint.is_some() && command.is_live(look.model);
    let is_last = |command: &&Command| matches!(command.action, Action::Help | Action::Quit);
    let last: Vec<_> = COMMANDS.iter().filter(live).filter(is_last).collect();
    let mut room = width.saturating_sub(last.iter().map(|command| cells(command)).sum());
    let mut spans = match look.model.mode {
        Mode::Yank => vec![Span::styled(" copy ", look.theme.strong)],
        Mode::Filter => vec![Span::styled(" filter ", look.theme.strong)],
        Mode::Normal | Mode::Help | Mode::SignIn => Vec::new(),
    };
    room = room.saturating_sub(spans.iter().map(Span::width).sum());
    let first = COMMANDS.iter().filter(live).filter(|command| !is_last(command)).take_while(|command| {
        let fits = cells(command) <= room;
        room = room.saturating_sub(cells(command));
        fits
    });
    for command in first.chain(last) {
        spans.push(Span::styled(format!(" {}", key(command)), look.theme.key));
        spans.push(Span::styled(format!(" {} ", command.hint.unwrap_or_default()), look.theme.dim));
    }
    Line::from(spans)
}

fn key(command: &Command) -> String {
    command.keys.first().map(|key| key.label()).unwrap_or_default()
}

fn cells(command: &Command) -> usize {
    key(command).width() + command.hint.unwrap_or_default().width() + 3
}
