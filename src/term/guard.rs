//! Entering the terminal, and leaving it as it was, however the program ends.

use std::{
    io::{self, Write},
    panic,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange},
    execute,
    terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

static ENTERED: AtomicBool = AtomicBool::new(false);

/// The terminal, taken over until this is dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        ENTERED.store(true, Ordering::SeqCst);
        let guard = Self(());
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Leaves the terminal as it was; does nothing the second time. What fails here has no one left to be told.
fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(
            out,
            EndSynchronizedUpdate,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

/// From now on a panic is a line in the log. One of this thread, which draws the screen or carries a command out, also
/// gives the terminal back and says so in a plain sentence; other threads leave the terminal alone, and whoever waits for
/// them says what failed.
pub fn tame_panics(log_dir: Option<&Path>) {
    let main = thread::current().id();
    let log = log_dir.map(|dir| format!(" The log in {} says more.", dir.display())).unwrap_or_default();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        if thread::current().id() == main {
            restore();
            let _ = writeln!(io::stderr(), "cs-copilot stopped because of a defect in it; your data is safe.{log}");
        }
    }));
}
