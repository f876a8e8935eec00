//! What the user's hands did, as messages.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::{
    input::{Heard, Pressed},
    runner::Runner,
    screen::Loop,
};
use crate::{
    app::{Action, Message, Model},
    ui::keymap::dispatch,
};

impl Loop {
    pub(super) fn hear(&mut self, heard: Heard, runner: &Runner) {
        match heard {
            Heard::Key(pressed) => self.press(pressed, runner),
            Heard::Paste { text, is_cut } => self.update(Message::Paste { text, is_cut }, runner),
            Heard::Burst { text, is_cut } => self.burst(&text, is_cut, runner),
            Heard::Focused => self.update(Message::Focused, runner),
            Heard::Unfocused => self.update(Message::Unfocused, runner),
            Heard::Mouse(mouse) => self.update(Message::Mouse(mouse), runner),
            // The terminal's, not the user's.
            Heard::Reply(_) => {}
        }
    }

    /// Does what the key means; if it means nothing, what it means otherwise.
    fn press(&mut self, Pressed { key, otherwise }: Pressed, runner: &Runner) {
        let meant = |model: &Model, key| dispatch(model, &Event::Key(key));
        let message = meant(&self.model, key);
        if !otherwise.is_empty() && matches!(message, Some(Message::OtherKey(_))) {
            for key in otherwise {
                if let Some(message) = meant(&self.model, key) {
                    self.update(message, runner);
                }
            }
        } else if let Some(message) = message {
            self.update(message, runner);
        }
    }

    /// Takes what came at once for a paste, but for the key before it that opens a line and, where it is a single line,
    /// the Enter behind it: so write programs that type for their users.
    fn burst(&mut self, text: &str, is_cut: bool, runner: &Runner) {
        let first = text.chars().next().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        let opens = first.and_then(|key| dispatch(&self.model, &Event::Key(key)));
        let text = match opens {
            Some(
                opens @ Message::Do(
                    Action::Ask | Action::Palette | Action::Find | Action::Note | Action::FollowUp | Action::Import,
                ),
            ) => {
                self.update(opens, runner);
                &text[1..]
            }
            _ => text,
        };
        let line = text.strip_suffix(['\r', '\n']).filter(|line| !line.contains(['\r', '\n']));
        self.update(Message::Paste { text: line.unwrap_or(text).to_owned(), is_cut }, runner);
        if line.is_some() && self.model.mode().is_typing() {
            self.press(Pressed { key: KeyCode::Enter.into(), otherwise: Vec::new() }, runner);
        }
    }
}
