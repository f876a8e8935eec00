//! A key of the keyboard, as it is pressed, written in the settings and shown in the hints.

use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;

/// A key with its modifier; shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys that have a name: how it is written, and how it is shown.
const NAMED: [(KeyCode, &str, &str); 14] = [
    (KeyCode::Esc, "esc", "esc"),
    (KeyCode::Enter, "enter", "enter"),
    (KeyCode::Tab, "tab", "tab"),
    (KeyCode::BackTab, "shift-tab", "shift-tab"),
    (KeyCode::Char(' '), "space", "space"),
    (KeyCode::Backspace, "backspace", "backspace"),
    (KeyCode::Up, "up", "↑"),
    (KeyCode::Down, "down", "↓"),
    (KeyCode::Left, "left", "←"),
    (KeyCode::Right, "right", "→"),
    (KeyCode::PageUp, "pgup", "pgup"),
    (KeyCode::PageDown, "pgdn", "pgdn"),
    (KeyCode::Home, "home", "home"),
    (KeyCode::End, "end", "end"),
];

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no key: write a character, such as x or X, a name such as enter, esc, space, tab, up or f5, and ctrl- or alt- before it"
)]
pub struct NoKey(String);

impl Key {
    /// The key of this code alone.
    pub const fn of_code(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// The key of a character.
    pub const fn char(c: char) -> Self {
        Self::of_code(KeyCode::Char(c))
    }

    /// The key of a character with the control key.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
    }

    /// The key that was pressed.
    pub fn of(event: KeyEvent) -> Self {
        let modifiers = match event.code {
            KeyCode::Char(_) | KeyCode::BackTab => event.modifiers.difference(KeyModifiers::SHIFT),
            _ => event.modifiers,
        };
        Self { code: event.code, modifiers }
    }

    /// The key as people read it.
    pub fn label(self) -> String {
        let named = NAMED.iter().find(|(code, ..)| *code == self.code);
        let name = match (named, self.code) {
            (Some((_, _, shown)), _) => (*shown).to_owned(),
            (None, KeyCode::Char(c)) => c.to_string(),
            (None, KeyCode::F(n)) => format!("f{n}"),
            (None, other) => other.to_string(),
        };
        let modifier = [(KeyModifiers::CONTROL, "ctrl-"), (KeyModifiers::ALT, "alt-")];
        let modifiers = modifier.into_iter().filter(|(modifier, _)| self.modifiers.contains(*modifier));
        modifiers.map(|(_, word)| word).chain([name.as_str()]).collect()
    }

    /// Whether pressing it types a character into a line.
    pub fn is_typed(self) -> bool {
        matches!(self.code, KeyCode::Char(_) | KeyCode::Backspace) && self.modifiers.is_empty()
    }
}

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        for (word, modifier) in [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)] {
            if let Some(behind) = rest.strip_prefix(word) {
                (rest, modifiers) = (behind, modifiers | modifier);
            }
        }
        let named = NAMED.iter().find(|(_, name, shown)| *name == rest || *shown == rest);
        let function = rest.strip_prefix('f').and_then(|number| number.parse().ok()).filter(|n| (1..=12).contains(n));
        let mut characters = rest.chars();
        let code = match (named, function, characters.next(), characters.next()) {
            (Some((code, ..)), ..) => *code,
            (None, Some(number), ..) => KeyCode::F(number),
            (None, None, Some(c), None) if !c.is_control() => KeyCode::Char(c),
            _ => return Err(NoKey(text.to_owned())),
        };
        Ok(Self { code, modifiers })
    }
}

impl TryFrom<String> for Key {
    type Error = NoKey;

    fn try_from(text: String) -> Result<Self, NoKey> {
        text.parse()
    }
}
