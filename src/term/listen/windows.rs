//! Where the system itself tells keys, pastes and sizes apart.

use std::{io, sync::mpsc::Sender, thread};

use crossterm::event::{self, Event, KeyEventKind};

use crate::term::{
    incoming::Incoming,
    input::{Heard, Pressed},
};

/// Reads the terminal on a thread of its own, which sleeps until there is something to read.
pub fn listen(incoming: Sender<Incoming>, _asked: bool) -> io::Result<()> {
    let read = move || {
        loop {
            let message = match event::read() {
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                    Incoming::Heard(Heard::Key(Pressed::new(key)))
                }
                Ok(Event::Paste(text)) => Incoming::Heard(Heard::Paste { text, is_cut: false }),
                Ok(Event::FocusGained) => Incoming::Heard(Heard::Focused),
                Ok(Event::Resize(..)) => Incoming::Resized,
                Ok(_) => continue,
                Err(_) => Incoming::Stop(1),
            };
            let is_last = matches!(message, Incoming::Stop(_));
            if incoming.send(message).is_err() || is_last {
                return;
            }
        }
    };
    thread::Builder::new().name("terminal".to_owned()).spawn(read).map(drop)
}
