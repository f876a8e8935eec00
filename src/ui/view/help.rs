//! The overlay with every key, from the table of commands.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::{Block, Paragraph},
};

use super::{Look, clear};
use crate::{
    app::Mode,
    ui::{
        keymap::{Command, Scope, commands},
        text::fit,
    },
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
    type IsIn = fn(Scope) -> bool;
    let sections: [(&str, IsIn); 16] = [
        ("", |scope| matches!(scope, Scope::Everywhere | Scope::Normal | Scope::Pane(_))),
        ("After y", |scope| scope == Scope::Mode(Mode::Yank)),
        ("After w", |scope| scope == Scope::Mode(Mode::Out)),
        ("While sending", |scope| scope == Scope::Mode(Mode::Outgoing)),
        ("While asking", |scope| scope == Scope::Mode(Mode::Ask)),
        ("While choosing whom", |scope| scope == Scope::Mode(Mode::Choose)),
        ("Among all tasks", |scope| scope == Scope::Mode(Mode::Tasks)),
        ("While filtering", |scope| scope == Scope::Mode(Mode::Filter)),
        ("While importing", |scope| scope == Scope::Mode(Mode::Import)),
        ("While snoozing", |scope| scope == Scope::Mode(Mode::Snooze)),
        ("While reading why", |scope| scope == Scope::Mode(Mode::Why)),
        ("In timeline and changes", |scope| scope == Scope::Mode(Mode::Sheet)),
        ("While searching there", |scope| scope == Scope::Mode(Mode::Search)),
        ("While noting", |scope| scope == Scope::Mode(Mode::Note)),
        ("Among the evaluations", |scope| scope == Scope::Mode(Mode::Evals)),
        ("While signing in", |scope| scope == Scope::Mode(Mode::SignIn)),
    ];
    let all = commands(look.model);
    let mut lines = Vec::new();
    for (title, is_in) in sections {
        if !title.is_empty() {
            lines.extend([Line::default(), Line::styled(format!(" {title}"), look.theme.heading)]);
        }
        let commands: Vec<&Command> = all.iter().filter(|command| is_in(command.scope)).collect();
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
