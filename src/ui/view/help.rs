//! The overlay with every key, from the table of commands.

use ratatui::{
    Frame,
    layout::{Constraint, Rect},
    text::{Line, Span},
    widgets::Block,
};

use super::{Extent, Look, clear, reader};
use crate::{
    app::{
        Action, Mode, View,
        keys::{Command, Scope, Section, TASKS, sections},
    },
    ui::text::fit,
};

/// The widest it gets.
const WIDTH: u16 = 66;
/// Columns for the keys.
const KEYS: usize = 18;

/// What every sign means.
const SIGNS: [(&str, &str); 22] = [
    ("▲ ◆ ○ ●", "risk: high, medium, unknown, low"),
    ("▌", "the row under the cursor"),
    ("+", "marked: tasks, done and snooze are for all of them"),
    ("•", "an answer that you have not seen"),
    ("≡", "an item about a source and not a customer"),
    ("◇", "a line that the language model wrote"),
    ("✓ ✗ –", "of a run or a call: answered, failed, cancelled"),
    ("!", "older than the data, or partial"),
    ("⠋", "under way"),
    ("◔", "of an evaluation: late"),
    ("┃", "what part of a text is on the screen"),
    ("▁▃▆", "use over time, each line by its own scale"),
    ("silent", "no use of the product any more"),
    ("old", "what is known is too old"),
    ("–", "not on record"),
    ("churned", "no customer any more"),
    ("gone", "lost by every source that knew it"),
    ("left", "churned and gone together"),
    ("$ € £ ¥ k M B", "amounts; thousands, millions, billions"),
    ("d", "days to the renewal; below 0 it has passed"),
    ("auto model rules", "who plans: both, the model, the rules"),
    ("…", "there is more than fits"),
];

/// Draws the overlay and says which of its lines are on it.
pub(super) fn draw(frame: &mut Frame<'_>, body: Rect, look: &Look<'_>, below: &View, scroll: usize) -> Extent {
    let lines = lines(look, below.mode());
    let height = (lines.len() as u16 + 2).min(body.height);
    let area = body.centered(Constraint::Length(WIDTH.min(body.width)), Constraint::Length(height));
    let last = lines.len().saturating_sub(usize::from(height).saturating_sub(2));
    let more = if scroll < last { " ↓ more " } else { "" };
    let search = look.model.fill(" {find} searches ");
    let block = Block::bordered()
        .border_style(look.theme.border_focused)
        .title_top(Line::styled(" Keys and signs ", look.theme.title))
        .title_top(Line::styled(search, look.theme.accent).right_aligned())
        .title_bottom(Line::styled(more, look.theme.accent).right_aligned());
    clear(frame, area, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    reader::draw(frame, inner, look, &lines, scroll)
}

/// The keys of where the user is, then all others, then the signs.
fn lines(look: &Look<'_>, mode: Mode) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let is_here = |section: &&Section| section.rows.iter().any(|row| row.scope == Scope::Mode(mode));
    let here = sections().filter(is_here);
    for section in here.chain(sections().filter(|section| !is_here(section))) {
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
    lines.extend([Line::default(), Line::styled(" Signs", look.theme.heading)]);
    lines.extend(SIGNS.map(|(sign, says)| {
        let sign = Span::styled(format!(" {}", fit(sign, KEYS)), look.theme.key);
        Line::from(vec![sign, Span::styled(says, look.theme.text)])
    }));
    lines
}
