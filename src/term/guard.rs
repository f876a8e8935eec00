//! Entering the terminal, and leaving it as it was, however the program ends.

use std::{
    io::{self, Write},
    panic,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossterm::{
    cursor::Show,
    event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange},
    execute, queue,
    style::Print,
    terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

/// Breaks a sequence off that was thrown away halfway.
const CANCEL: &str = "\x18";
/// Tells every key apart, text and place on the keyboard with it (kitty's keyboard protocol).
const TELL_KEYS: &str = "\x1b[>29u";
/// As it was before.
const TELL_KEYS_NO_MORE: &str = "\x1b[<u";

/// Tells of the mouse while a button is held, and of its wheel.
const HEAR_MOUSE: &str = "\x1b[?1002h\x1b[?1006h";
/// As it was before.
const HEAR_MOUSE_NO_MORE: &str = "\x1b[?1006l\x1b[?1002l";
/// Keeps the title that the terminal has.
const KEEP_TITLE: &str = "\x1b[22;0t";
/// Brings it back.
const OLD_TITLE: &str = "\x1b[23;0t";

/// Whether the terminal is taken over.
static ENTERED: Mutex<bool> = Mutex::new(false);
/// Whether the end must not wait for a terminal that does not read.
static IN_HASTE: AtomicBool = AtomicBool::new(false);
static TELLS_KEYS: AtomicBool = AtomicBool::new(false);
static HEARS_MOUSE: AtomicBool = AtomicBool::new(false);
static HAS_TITLE: AtomicBool = AtomicBool::new(false);

/// The terminal, taken over until this is dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        let guard = Self(());
        take()?;
        Ok(guard)
    }

    /// Has a terminal that can do so tell keys apart.
    pub(super) fn tell_keys(&self) -> io::Result<()> {
        TELLS_KEYS.store(true, Ordering::SeqCst);
        execute!(io::stdout(), Print(TELL_KEYS))
    }

    /// Has the terminal tell of the mouse, or not any more: by this sequence, now and whenever it is taken over.
    pub(super) fn hear_mouse(&self, is_heard: bool) -> &'static str {
        HEARS_MOUSE.store(is_heard, Ordering::SeqCst);
        if is_heard { HEAR_MOUSE } else { HEAR_MOUSE_NO_MORE }
    }

    /// Has the terminal keep its title for later: by this sequence, now and whenever it is taken over.
    pub(super) fn keep_title(&self) -> &'static str {
        HAS_TITLE.store(true, Ordering::SeqCst);
        KEEP_TITLE
    }

    /// Gives the terminal back to the shell for a while.
    pub(super) fn give_back(&self) {
        restore();
    }

    /// Takes the terminal over again, whatever was done to it meanwhile.
    pub(super) fn take_again(&self) -> io::Result<()> {
        // Else crossterm would believe that nothing needs doing.
        let _ = disable_raw_mode();
        take()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn entered() -> MutexGuard<'static, bool> {
    ENTERED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Throws away what the terminal has not read of the screen, so that nobody waits for it, and does so once more before
/// the terminal is given back. Whether it is still taken over.
#[cfg(unix)]
pub(super) fn hasten() -> bool {
    let entered = entered();
    IN_HASTE.store(true, Ordering::SeqCst);
    // Never what gives the terminal back.
    if *entered {
        discard();
        // Whoever waits to write does not notice that there is room until a signal makes it look.
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::WINCH);
    }
    *entered
}

fn discard() {
    #[cfg(unix)]
    let _ = rustix::termios::tcflush(io::stdout(), rustix::termios::QueueSelector::OFlush);
}

fn take() -> io::Result<()> {
    *entered() = true;
    enable_raw_mode()?;
    let mut out = io::stdout().lock();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    for (is_on, sequence) in [(&TELLS_KEYS, TELL_KEYS), (&HEARS_MOUSE, HEAR_MOUSE), (&HAS_TITLE, KEEP_TITLE)] {
        if is_on.load(Ordering::SeqCst) {
            queue!(out, Print(sequence))?;
        }
    }
    out.flush()
}

/// Leaves the terminal as it was; does nothing the second time. What fails here has no one left to be told.
fn restore() {
    let mut entered = entered();
    if !std::mem::take(&mut *entered) {
        return;
    }
    if IN_HASTE.load(Ordering::SeqCst) {
        discard();
    }
    drop(entered);
    let mut out = io::stdout().lock();
    let undo = [(&TELLS_KEYS, TELL_KEYS_NO_MORE), (&HEARS_MOUSE, HEAR_MOUSE_NO_MORE), (&HAS_TITLE, OLD_TITLE)];
    let undo = undo.into_iter().filter(|(is_on, _)| is_on.load(Ordering::SeqCst)).map(|(_, sequence)| sequence);
    let undo: String = undo.collect();
    let _ = execute!(out, Print(CANCEL), EndSynchronizedUpdate, Print(undo), DisableFocusChange);
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// From now on a panic is a line in the log. One of this thread, which draws the screen or carries a command out, also
/// gives the terminal back and says so in a plain sentence; other threads leave the terminal alone, and whoever waits for
/// them says what failed.
pub fn log_panics(log_dir: Option<&Path>) {
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
