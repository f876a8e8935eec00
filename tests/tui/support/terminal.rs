use std::{
    io::{Read, Write},
    num::NonZero,
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use vt100::Parser;

/// However slow the machine: after this, the program is stuck.
const PATIENCE: Duration = Duration::from_secs(60);

/// The real program in a pseudo-terminal, and the screen it has drawn.
pub struct Terminal {
    parser: Parser,
    /// Everything the program has written.
    pub raw: Vec<u8>,
    output: Receiver<Vec<u8>>,
    /// Held, it keeps the terminal from reading what the program writes.
    reading: Arc<Mutex<()>>,
    keys: Box<dyn Write + Send>,
    master: Option<Box<dyn MasterPty + Send>>,
    child: Option<Box<dyn Child + Send + Sync>>,
    /// What the terminal answers when it is asked for its background; it says nothing where that is empty.
    pub background: &'static str,
    /// What it answers when it is asked whether it knows the kitty keyboard protocol.
    pub keyboard: &'static str,
    /// What it answers when it is asked what it is.
    pub identity: &'static str,
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

impl Terminal {
    /// Starts the program with its data in `home` and these variables.
    pub fn start(home: &Path, rows: u16, columns: u16, variables: &[(&str, &str)]) -> Self {
        Self::start_other(CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot")), home, rows, columns, variables)
    }

    /// Starts another program the same way.
    pub fn start_other(
        mut command: CommandBuilder,
        home: &Path,
        rows: u16,
        columns: u16,
        variables: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("HOME", home);
        command.env("CS_COPILOT_DATA_DIR", home.join("data"));
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        let reading = Arc::<Mutex<()>>::default();
        let may_read = Arc::clone(&reading);
        thread::spawn(move || {
            let mut bytes = [0; 65536];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..n].to_vec()).is_err() {
                    return;
                }
                drop(may_read.lock());
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self {
            parser: Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
            output,
            reading,
            keys,
            master: Some(pair.master),
            child: Some(child),
            background: "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
            keyboard: "",
            identity: "\x1b[?62;4c",
        }
    }

    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// What can be seen of the screen in some way.
    pub fn see<T>(&self, look: impl Fn(&vt100::Screen) -> T) -> T {
        look(self.parser.screen())
    }

    pub fn cell(&self, row: u16, column: u16) -> &vt100::Cell {
        self.parser.screen().cell(row, column).unwrap()
    }

    /// Whether the program is in the midst of a frame, of which a terminal shows nothing yet.
    fn is_half_drawn(&self) -> bool {
        let last = |sequence: &[u8]| self.raw.windows(sequence.len()).rposition(|bytes| bytes == sequence);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    /// Waits until the screen is as wanted.
    #[track_caller]
    pub fn wait(&mut self, wanted: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_there(self.parser.screen()) || self.is_half_drawn() {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("no {wanted} on the screen ({why}):\n{}", self.screen()),
            }
        }
    }

    /// Waits until this text is on the screen.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits for the screen, and has it show the book with so many customers.
    #[track_caller]
    pub fn open_book(&mut self, customers: usize) {
        self.wait_for("cs-copilot");
        self.press("B");
        self.wait_for(&format!("Customers {customers}"));
    }

    /// Waits until the demo book is on the screen, down to the last line.
    #[track_caller]
    pub fn wait_for_book(&mut self) {
        if !self.screen().contains("Customers 15") {
            self.open_book(15);
        }
        self.wait("book", |screen| ["Customers 15", "h health"].iter().all(|text| screen.contents().contains(text)));
    }

    /// Waits until the program has written this.
    #[track_caller]
    pub fn wait_raw(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !String::from_utf8_lossy(&self.raw).contains(text) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("{text:?} is not written ({why}):\n{}", self.screen()),
            }
        }
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.parser.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().process_id().unwrap()
    }

    /// Waits for the program to end and takes in the last it wrote.
    pub fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.ended(),
                Err(RecvTimeoutError::Timeout) => panic!("the program does not end:\n{}", self.screen()),
            }
        }
    }

    /// Fails unless the terminal is as a shell wants it.
    #[track_caller]
    pub fn is_restored(&self) {
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        let last = String::from_utf8_lossy(&self.raw).rsplit("\x1b[?1004").next().map(|rest| rest.starts_with('l'));
        assert_eq!(last, Some(true), "focus is not told any more");
    }

    /// Held, it keeps the terminal from reading what the program writes, but for what is already on its way.
    pub fn reading(&self) -> Arc<Mutex<()>> {
        Arc::clone(&self.reading)
    }

    /// Sends the program a signal.
    pub fn signal(&self, name: &str) {
        let kill = Command::new("sh").args(["-c", &format!("kill -{name} {}", self.pid())]).status();
        assert!(kill.unwrap().success(), "SIG{name}");
    }

    /// Somebody else writes to the terminal.
    pub fn scribble(&mut self, text: &str) {
        self.parser.process(text.as_bytes());
    }

    /// Takes in what the program wrote before it ended.
    pub fn read_rest(&mut self) {
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.take(&bytes);
        }
    }

    /// Closes the terminal's window.
    pub fn close(&mut self) {
        // The reader notices that nobody listens once it has read something.
        self.output = channel().1;
        self.press("j");
        self.keys = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the program to end, whether or not the terminal reads.
    pub fn ended(&mut self) -> ExitStatus {
        let mut child = self.child.take().unwrap();
        let mut killer = child.clone_killer();
        let (sender, receiver) = channel();
        thread::spawn(move || sender.send(child.wait().unwrap()));
        receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let _ = killer.kill();
            panic!("the program does not end")
        })
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.parser.process(bytes);
        for (question, answer) in
            [("\x1b]11;?", self.background), ("\x1b[?u", self.keyboard), ("\x1b[c", self.identity)]
        {
            let question = question.as_bytes();
            if !answer.is_empty() && bytes.windows(question.len()).any(|window| window == question) {
                self.press(answer);
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
        }
    }
}
