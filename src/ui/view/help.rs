//! The overlay with every key, from the table of commands.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Block, Paragraph},
};

use super::{Look, clear};
use crate::{
    app::{
        Action,
        keys::{Command, TASKS, sections},
    },
    ui::text::fit,
};

const KEYS: usize = 18;

/// What the list says in place of a figure.
const SIGNS: [(&str, &str); 5] = [
    ("silent", "no use of the product any more"),
    ("old", "what is known is too old"),
    ("–", "not on record"),
    ("churned", "no customer any more"),
    ("gone", "lost by every source that knew it"),
];

/// Draws the overlay and says how far it can be scrolled.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, scroll: usize) -> usize {
    let lines = lines(look);
    let height = (lines.len() as u16 + 2).min(body.height);
    let area = body.centered(Constraint::Length(56.min(body.width)), Constraint::Length(height));
    let last = lines.len().saturating_sub(usize::from(height).saturating_sub(2));
    let scroll = scroll.min(last);
    let more = if scroll < last { " ↓ more " } else { "" };
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(" Keys ", look.theme.title))
        .title_bottom(Line::styled(more, look.theme.accent).right_aligned());
    clear(frame, area, look);
    frame.render_widget(Paragraph::new(lines).scroll((scroll as u16, 0)).block(block), area);
    last
}

fn lines(look: &Look<'_>) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for section in sections() {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(format!(" {}", section.title), look.theme.heading));
        let of_section = |command: &&Command| {
            let is_task = section.title == TASKS && matches!(command.action, Action::Run(_));
            is_task || section.rows.iter().any(|row| (row.action, row.scope) == (command.action, command.scope))
        };
        let commands: Vec<&Command> = look.model.commands().iter().filter(of_section).collect();
        // Neighbours that do the same are one line.
        for same in commands.chunk_by(|one, next| one.help == next.help) {
            let keys: Vec<_> = same.iter().flat_map(|command| command.keys.iter()).map(|key| key.label()).collect();
            let keys = match keys.as_slice() {
                [first, .., last] if keys.len() > 4 => format!("{first} to {last}"),
                _ => keys.join("  "),
            };
            lines.push(Line::from(vec![
                Span::styled(format!(" {}", fit(&keys, KEYS)), look.theme.key),
                Span::styled(same[0].help.to_string(), look.theme.text),
            ]));
        }
    }
    lines.extend([Line::default(), Line::styled(" In the list", look.theme.heading)]);
    lines.extend(SIGNS.map(|(sign, says)| {
        let sign = Span::styled(format!(" {}", fit(sign, KEYS)), look.theme.key);
        Line::from(vec![sign, Span::styled(says, look.theme.text)])
    }));
    lines
}
