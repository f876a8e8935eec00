//! What wakes the screen.

use std::sync::mpsc::{SendError, Sender};

use super::input::Heard;
use crate::app::{CopyWhat, Message};

/// Everything that can wake the screen.
#[derive(Debug)]
pub(super) enum Incoming {
    /// The terminal said something.
    Heard(Heard),
    /// The terminal has another size, or had for a moment.
    Resized,
    /// The system asks the program to stop until it is continued.
    Suspend,
    /// The program was stopped and goes on.
    Continued,
    /// Something the state machine must know.
    App(Message),
    /// The clipboard is to be reached through the terminal.
    CopyThroughTerminal { what: CopyWhat, chars: usize, sequence: String },
    /// The program is to end, with this exit code: the system asks for it, or the terminal has gone.
    Stop(u8),
}

/// Tells the screen. Once the screen is closed nobody wants to know.
pub(super) fn tell(incoming: &Sender<Incoming>, message: Message) {
    let _: Result<(), SendError<_>> = incoming.send(Incoming::App(message));
}
