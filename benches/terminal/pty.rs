//! A program in a pseudo-terminal of 120x40, its screen, and when each piece of output came.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: NonZeroU16 = NonZeroU16::new(40).expect("more than none");
const COLS: NonZeroU16 = NonZeroU16::new(120).expect("more than none");
/// A column that nothing but the selection colours, in either program.
const MARKED_COLUMN: u16 = 30;
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program and what is on its screen.
pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    started: Instant,
}

impl Program {
    /// Starts `program` with `args`.
    pub fn start(program: &Path, args: &[&str]) -> Self {
        Self::start_with(program, args, &[])
    }

    /// The same with variables of its environment.
    pub fn start_with(program: &Path, args: &[&str], variables: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal can be opened");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("CS_COPILOT_THEME", "dark");
        command.env("CS_COPILOT_CLIPBOARD", "off");
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let keys = pair.master.take_writer().expect("the terminal can be written to");
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        let screen = vt100::Parser::new(ROWS, COLS, 0);
        Self { child, _master: pair.master, keys, output, screen, started }
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("the program is running")
    }

    /// How long after its start the screen first showed what `shows` looks for.
    pub fn shown_after(&mut self, shows: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let started = self.started;
        self.wait(shows).duration_since(started)
    }

    /// Types `keys` and returns how long it took until the screen showed what `shows` looks for.
    pub fn answer_time(&mut self, keys: &str, shows: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let sent = Instant::now();
        self.keys.write_all(keys.as_bytes()).expect("keys can be typed");
        self.wait(shows).duration_since(sent)
    }

    /// Waits until nothing has been written for `quiet`.
    pub fn settle(&mut self, quiet: Duration) {
        while let Ok((_, bytes)) = self.output.recv_timeout(quiet) {
            self.screen.process(&bytes);
        }
    }

    /// How many bytes the program writes within `span`.
    pub fn bytes_within(&mut self, span: Duration) -> usize {
        let end = Instant::now() + span;
        let mut bytes = 0;
        while let Ok((_, chunk)) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            bytes += chunk.len();
            self.screen.process(&chunk);
        }
        bytes
    }

    /// The row of the selection.
    pub fn marked_row(&self) -> Option<u16> {
        marked_row(self.screen.screen())
    }

    fn wait(&mut self, shows: impl Fn(&vt100::Screen) -> bool) -> Instant {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok((at, bytes)) => {
                    self.screen.process(&bytes);
                    if shows(self.screen.screen()) {
                        return at;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("the screen never showed it:\n{}", self.screen.screen().contents())
                }
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The row of the selection on `screen`: the one whose cells stand out.
pub fn marked_row(screen: &vt100::Screen) -> Option<u16> {
    let stands_out = |cell: &vt100::Cell| cell.inverse() || cell.bgcolor() != vt100::Color::Default;
    (0..ROWS.get()).find(|row| screen.cell(*row, MARKED_COLUMN).is_some_and(stands_out))
}
