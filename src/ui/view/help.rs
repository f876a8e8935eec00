//! The overlay with every key, from the table of commands.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use super::{Extent, Look, reader};
use crate::{
    app::{
        Action, Mode, View,
        keys::{Command, Scope, Section, TASKS, sections},
    },
    ui::text::{fit, wrap},
};

/// The widest it gets.
const WIDTH: u16 = 76;
/// Columns for the keys.
const KEYS: usize = 18;

/// What every sign means.
const SIGNS: [(&str, &str); 22] = [
    ("▲ ◆ ○ ●", "risk: high, medium, unknown, low"),
    ("▌", "the row under the cursor"),
    ("+", "marked: tasks, ways out, done and snooze are for all of them"),
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
    let width = WIDTH.min(body.width);
    let lines = lines(look, below.mode(), usize::from(width).saturating_sub(4));
    reader::over(frame, body, look, " Keys and signs ", (width, &lines), scroll)
}

/// What a command does, and by which name it is looked up, where that is another word.
fn says(command: &Command) -> String {
    let Command { name, help, .. } = command;
    if help.contains(&**name) { help.to_string() } else { format!("{help} ({name})") }
}

/// The keys of where the user is, then all others, then the signs.
fn lines(look: &Look<'_>, mode: Mode, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let row = |keys: &str, says: &str| {
        let says = wrap(says, width.saturating_sub(KEYS), 0).into_iter().enumerate();
        let row = says.map(|(place, says)| {
            let keys = fit(if place == 0 { keys } else { "" }, KEYS);
            Line::from(vec![Span::styled(keys, look.theme.key), Span::styled(says, look.theme.text)])
        });
        row.collect::<Vec<_>>()
    };
    let is_here = |section: &&Section| section.rows.iter().any(|row| row.scope == Scope::Mode(mode));
    let here = sections().filter(is_here);
    for section in here.chain(sections().filter(|section| !is_here(section))) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(look.model.fill(section.title), look.theme.heading));
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
            lines.extend(row(&keys, &says(same[0])));
        }
    }
    lines.extend([Line::default(), Line::styled("Signs", look.theme.heading)]);
    lines.extend(SIGNS.into_iter().flat_map(|(sign, says)| row(sign, says)));
    lines
}
