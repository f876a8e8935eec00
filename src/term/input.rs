//! What the terminal says: keys, and the reply to the one question it is asked.

use std::{sync::mpsc::Sender, thread};

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};

use super::{screen::Incoming, theme};
use crate::app::ThemeName;

/// Reads the terminal on a thread of its own, which sleeps until there is something to read.
pub(super) fn listen(incoming: Sender<Incoming>) -> std::io::Result<()> {
    let read = move || {
        loop {
            let message = event::read().map_or(Incoming::TerminalGone, Incoming::Terminal);
            let is_gone = matches!(message, Incoming::TerminalGone);
            if incoming.send(message).is_err() || is_gone {
                return;
            }
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read).map(drop)
}

/// What an event turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sorted {
    /// The user's.
    Event(Event),
    /// A part of the terminal's reply.
    Reply,
    /// The end of the reply: the background is dark or light.
    Theme(ThemeName),
}

/// Picks the terminal's reply to the question for its background out of the keys.
///
/// crossterm has no notion of such a reply and reports it as keys: alt-], then `11;rgb:…` letter by letter, then alt-\
/// or ctrl-g. Nobody may take those for commands.
#[derive(Debug, Default)]
pub struct ReplyFilter {
    reply: Option<String>,
}

impl ReplyFilter {
    /// Sorts an event.
    pub fn sort(&mut self, event: Event) -> Sorted {
        let Event::Key(KeyEvent { code: KeyCode::Char(c), modifiers, .. }) = event else { return Sorted::Event(event) };
        let alt = modifiers.contains(KeyModifiers::ALT);
        let Some(reply) = &mut self.reply else {
            if c == ']' && alt {
                self.reply = Some(String::new());
                return Sorted::Reply;
            }
            return Sorted::Event(event);
        };
        let is_end = (c == '\\' && alt) || (c == 'g' && modifiers.contains(KeyModifiers::CONTROL));
        if is_end {
            let theme = reply.strip_prefix("11;").and_then(theme::of_reply);
            self.reply = None;
            return theme.map_or(Sorted::Reply, Sorted::Theme);
        }
        reply.push(c);
        if belongs(reply) {
            Sorted::Reply
        } else {
            self.reply = None;
            Sorted::Event(event)
        }
    }
}

/// Whether a reply can begin like this: `11;`, a name, a colon, hexadecimal digits and slashes.
fn belongs(reply: &str) -> bool {
    const BEGINNING: &str = "11;rgb:";
    if reply.len() <= BEGINNING.len() {
        return BEGINNING.starts_with(reply);
    }
    reply.len() < 32
        && reply.strip_prefix(BEGINNING).is_some_and(|rest| rest.chars().all(|c| c == '/' || c.is_ascii_hexdigit()))
}
