//! The keys that work now, from the table of commands; or the message of the moment.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};
use tui_input::Input;
use unicode_width::UnicodeWidthStr;

use super::{Look, line_input};
use crate::{
    app::{Action, Mode, Noting, Pane, Run, Snooze, SpotIs, Toast, View, keys::Command},
    note::FOLLOW_UP,
    ui::text::{cut, fit, wrap},
};

/// What stands before a question.
const MARK: &str = " {ask} ";
/// What stands before a note.
const NOTE_MARK: &str = " {note} ";
/// What stands before words that are looked for.
pub(super) const FIND_MARK: &str = " {find} ";
/// What stands before a path.
const IMPORT_MARK: &str = " import ";

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    if let Some(find) = look.model.find.as_ref().filter(|find| find.is_typed) {
        let count = if look.model.words().is_some() { found(look) } else { "words to look for".to_owned() };
        return typed(frame, area, FIND_MARK, &find.line, Some(&count), look);
    }
    match &look.model.view {
        View::Ask => prompt(frame, area, look),
        View::Note { noting, .. } => note(frame, area, noting, look),
        View::Snooze(Snooze { line, .. }) => snooze(frame, area, line, look),
        View::Import(line) => {
            let example = line.value().is_empty().then_some("a file or a folder, such as ~/Downloads");
            typed(frame, area, IMPORT_MARK, line, example, look)
        }
        View::Help { .. }
        | View::Why { .. }
        | View::Yank
        | View::Out
        | View::Outgoing(_)
        | View::Palette(_)
        | View::Confirm(_)
        | View::Choose(_)
        | View::Tasks { .. } => {
            return keys(frame, area, look);
        }
        View::Panes | View::Filter | View::SignIn(_) | View::Evals(_) | View::Sheet(_) | View::Sendings(_) => {
            return match &look.model.toast {
                Some(toast) => message(frame, area, toast, look),
                None => keys(frame, area, look),
            };
        }
    }
    // What is typed keeps its line.
    if let Some(toast) = &look.model.toast {
        message(frame, Rect { y: area.y.saturating_sub(1), ..area }, toast, look);
    }
}

fn keys(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let (line, commands) = hints(look, usize::from(area.width));
    let mut x = area.x + line.spans[0].width() as u16;
    for (command, pair) in commands.iter().zip(line.spans[1..].chunks(2)) {
        let width = pair.iter().map(Span::width).sum::<usize>() as u16;
        look.spot(Rect { x, width, ..area }, SpotIs::Hint(command.action));
        x += width;
    }
    frame.render_widget(line, area);
}

/// The message of the moment. One that is too long for the line takes some of the screen above.
fn message(frame: &mut Frame<'_>, area: Rect, toast: &Toast, look: &Look<'_>) {
    let style = if toast.is_error { look.theme.toast_error } else { look.theme.toast };
    let width = usize::from(area.width);
    let lines = wrap(&toast.text, width.saturating_sub(2), 0);
    let height = (lines.len() as u16).clamp(1, area.y);
    let area = Rect { y: area.bottom() - height, height, ..area };
    let lines: Vec<_> = lines.iter().map(|line| Line::styled(fit(&format!(" {line}"), width), style)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// Until when an item is put off, as it is typed; or what could be typed.
fn snooze(frame: &mut Frame<'_>, area: Rect, line: &Input, look: &Look<'_>) {
    const MARK: &str = " until ";
    line_input::draw(frame, area, MARK, line, true, look);
    if line.value().is_empty() {
        let used = MARK.width() as u16;
        let free = Rect { x: area.x + used, width: area.width.saturating_sub(used), ..area };
        let says = look.model.fill("3d, friday, 2026-12-24; {accept} alone: until something changes");
        frame.render_widget(Line::styled(cut(&says, usize::from(free.width)), look.theme.dim), free);
    }
}

/// The question as it is typed, or what could be asked.
fn prompt(frame: &mut Frame<'_>, area: Rect, look: &Look<'_>) {
    let input = look.model.asking.input();
    let example = input.value().is_empty().then(|| example(look));
    typed(frame, area, MARK, input, example.as_deref(), look);
}

/// The note as it is typed, or what could be noted.
fn note(frame: &mut Frame<'_>, area: Rect, noting: &Noting, look: &Look<'_>) {
    let example = match noting.line.value() {
        "" => Some(format!("{} · call: what was said agreed: … follow-up:+3d", noting.name)),
        FOLLOW_UP => Some(format!("friday send the order form · {}", noting.name)),
        _ => None,
    };
    typed(frame, area, NOTE_MARK, &noting.line, example.as_deref(), look);
}

/// A line that is typed, and behind it an example of what to type, else the keys where there is room.
fn typed(frame: &mut Frame<'_>, area: Rect, mark: &'static str, line: &Input, example: Option<&str>, look: &Look<'_>) {
    let (value, mark) = (line.value(), look.model.fill(mark));
    line_input::draw(frame, area, &mark, line, true, look);
    let used = (mark.width() + value.width()).min(usize::from(area.width)) as u16;
    let free = Rect { x: area.x + used, width: area.width - used, ..area };
    if let Some(example) = example {
        let example = cut(example, usize::from(free.width));
        frame.render_widget(Line::styled(example, look.theme.dim), free);
        return;
    }
    let (keys, _) = hints(look, usize::from(area.width));
    if keys.width() + 2 <= usize::from(free.width) {
        frame.render_widget(keys.right_aligned(), free);
    }
}

fn example(look: &Look<'_>) -> String {
    let whom = look.model.selected().map_or("this customer", |row| row.name.as_str());
    format!("What should I worry about at {whom} before the renewal?")
}

/// As many hints as fit; what leads to everything else is always among them.
fn hints<'a>(look: &'a Look<'_>, width: usize) -> (Line<'static>, Vec<&'a Command>) {
    let commands = look.model.commands();
    let live = |command: &&Command| command.hint.is_some() && !command.keys.is_empty() && command.is_live(look.model);
    let is_last =
        |command: &&Command| matches!(command.action, Action::Palette | Action::Find | Action::Help | Action::Quit);
    let last: Vec<_> = commands.iter().filter(live).filter(is_last).collect();
    let mut room = width.saturating_sub(last.iter().map(|command| cells(command, look)).sum());
    let title = match look.model.mode() {
        Mode::Yank => " copy ",
        Mode::Out => " out ",
        Mode::Filter => " filter ",
        Mode::Choose => " whom? ",
        _ => "",
    };
    let title = match look.model.words() {
        Some(words) if look.model.mode() != Mode::Find => format!(" /{} {} ", cut(words, width / 4), found(look)),
        _ => title.to_owned(),
    };
    let mut spans = vec![Span::styled(title, look.theme.strong)];
    room = room.saturating_sub(spans.iter().map(Span::width).sum());
    // Who reads an answer copies it, sends it, or turns its tabs.
    let is_of_answer = |command: &&Command| {
        look.model.focus != Pane::List
            && matches!(command.action, Action::Escape | Action::Visit | Action::Yank | Action::Out | Action::NextTab)
    };
    let (of_answer, others): (Vec<_>, Vec<_>) =
        commands.iter().filter(live).filter(|command| !is_last(command)).partition(is_of_answer);
    let first = of_answer.into_iter().chain(others).take_while(|command| {
        let fits = cells(command, look) <= room;
        room = room.saturating_sub(cells(command, look));
        fits
    });
    let shown: Vec<_> = first.chain(last).collect();
    for command in &shown {
        spans.push(Span::styled(format!(" {}", key(command)), look.theme.key));
        spans.push(Span::styled(format!(" {} ", hint(command, look)), look.theme.dim));
    }
    (Line::from(spans), shown)
}

/// Which of the places that have the words is gone to: ` 3/12`.
fn found(look: &Look<'_>) -> String {
    let all = look.model.viewport.hits.len();
    match &look.model.find {
        Some(find) if all > 0 => format!(" {}/{all}", find.at % all + 1),
        _ => " nothing has them".to_owned(),
    }
}

fn key(command: &Command) -> String {
    command.key().unwrap_or_default()
}

fn cells(command: &Command, look: &Look<'_>) -> usize {
    key(command).width() + hint(command, look).width() + 3
}

/// The word for what the key does now.
fn hint<'a>(command: &'a Command, look: &Look<'_>) -> &'a str {
    let cancels = look.model.mode() == Mode::Normal && look.model.run().is_some_and(Run::is_running);
    match command.action {
        Action::Escape if cancels => "cancel",
        Action::Accept if look.model.view.sendings().is_some_and(|sendings| sendings.is_begun) => "customer",
        _ => command.hint.as_deref().unwrap_or_default(),
    }
}
