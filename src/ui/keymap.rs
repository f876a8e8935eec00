//! Which key means what: by the table of commands, else as a letter of what is typed.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;

use crate::{
    app::{Action, Message, Mode, Model, keys::Command},
    key::Key,
};

/// Alt where shells take it for a word: whoever reads the line's keys calls it meta.
fn as_in_a_shell(pressed: KeyEvent) -> Event {
    let is_of_a_word = pressed.modifiers == KeyModifiers::ALT && matches!(pressed.code, KeyCode::Char('b' | 'f' | 'd'));
    Event::Key(KeyEvent { modifiers: if is_of_a_word { KeyModifiers::META } else { pressed.modifiers }, ..pressed })
}

/// What the terminal's event asks for, if anything.
pub fn dispatch(model: &Model, event: &Event) -> Option<Message> {
    let Event::Key(pressed) = event else { return None };
    if pressed.kind == KeyEventKind::Release {
        return None;
    }
    let key = Key::of(*pressed);
    let listens = |command: &&Command| command.listens(model) && command.keys.contains(&key);
    Some(match model.commands().iter().find(listens) {
        Some(command) => Message::Do(command.action),
        None if model.viewport.is_too_small => Message::OtherKey(None),
        None if model.mode().is_typing() => {
            to_input_request(&as_in_a_shell(*pressed)).map_or(Message::OtherKey(None), Message::Edit)
        }
        // Any other key after `y` or `w` means: nothing after all.
        None if matches!(model.mode(), Mode::Yank | Mode::Out) => Message::Do(Action::Escape),
        None => Message::OtherKey(
            pressed.code.as_char().filter(|_| pressed.modifiers.difference(KeyModifiers::SHIFT).is_empty()),
        ),
    })
}
