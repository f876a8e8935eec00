//! What the terminal says: keys, pastes, and the replies to what it is asked. crossterm's own reader takes replies for
//! keys, knows no time, and never ends once the terminal has gone.

mod decode;
mod parser;

use std::sync::{Mutex, PoisonError};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use parser::Parser;

use super::theme;
use crate::app::{Mouse, ThemeName};

/// Held by whoever reads what the terminal says: the thread that listens, or another program.
pub(super) static EAR: Mutex<()> = Mutex::new(());

/// Does something while another program reads what the terminal says.
pub(super) fn elsewhere<T>(work: impl FnOnce() -> T) -> T {
    let _ear = EAR.lock().unwrap_or_else(PoisonError::into_inner);
    work()
}

/// The exit code of a program whose terminal has gone, as shells give it.
pub(super) const HUNG_UP: u8 = 129;

/// Asks the terminal whether it can tell keys apart, for its background where that is wanted, and last what it is.
pub(super) fn questions(background: bool) -> String {
    format!("{}\x1b[?u\x1b[c", if background { theme::QUESTION } else { "" })
}

/// One thing that the terminal said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A key.
    Key(Pressed),
    /// A paste, and whether its end is missing because it was too long.
    #[expect(missing_docs, reason = "the names say it")]
    Paste { text: String, is_cut: bool },
    /// So much at once that nobody typed it: a paste in a terminal that does not mark them, or a program at the keys.
    #[expect(missing_docs, reason = "the names say it")]
    Burst { text: String, is_cut: bool },
    /// The user came back to the terminal.
    Focused,
    /// The user looks elsewhere.
    Unfocused,
    /// The mouse did something.
    Mouse(Mouse),
    /// The reply to a question.
    Reply(Reply),
}

/// A key that was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pressed {
    /// The key.
    pub key: KeyEvent,
    /// What was pressed if that key means nothing: Esc and the letter instead of alt and the letter, the key in the same
    /// place in a layout that is not Latin.
    pub otherwise: Vec<KeyEvent>,
}

/// What a terminal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Its background is dark or light.
    Background(ThemeName),
    /// It can tell keys apart by the kitty keyboard protocol.
    Keyboard,
    /// What it is: every terminal answers that, and the questions before it are answered by then, or never will be.
    Last,
}

impl Pressed {
    pub(super) fn new(key: KeyEvent) -> Self {
        Self { key, otherwise: Vec::new() }
    }
}

impl Heard {
    fn key(code: KeyCode, modifiers: KeyModifiers) -> Self {
        Self::Key(Pressed::new(KeyEvent::new(code, modifiers)))
    }
}
