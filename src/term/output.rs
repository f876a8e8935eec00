//! One buffered, synchronized write a frame, so that a terminal never shows half of one.

use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};

use crossterm::{
    queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use ratatui::{Frame, Terminal, backend::CrosstermBackend};

/// Collects what is written until it is sent as a whole; ratatui's own flushes in between do nothing.
#[derive(Debug, Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal's output side.
#[derive(Debug)]
pub(super) struct Output {
    buffer: Buffer,
    terminal: Terminal<CrosstermBackend<Buffer>>,
    is_stale: bool,
}

impl Output {
    pub(super) fn new() -> io::Result<Self> {
        let buffer = Buffer::default();
        let terminal = Terminal::new(CrosstermBackend::new(buffer.clone()))?;
        Ok(Self { buffer, terminal, is_stale: false })
    }

    /// Draws a frame and sends it.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.buffer, BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.is_stale) {
            // Forgets what was drawn, and the size with it.
            self.terminal.resize(self.terminal.size()?.into())?;
        }
        self.terminal.draw(render)?;
        queue!(self.buffer, EndSynchronizedUpdate)?;
        self.send()
    }

    /// Has the next frame drawn whole: nobody knows what is on the terminal.
    pub(super) fn repaint(&mut self) {
        self.is_stale = true;
    }

    /// Has a control sequence sent with the next frame, before it.
    pub(super) fn queue(&mut self, sequence: &str) {
        self.buffer.0.borrow_mut().extend_from_slice(sequence.as_bytes());
    }

    /// Sends a control sequence between frames.
    pub(super) fn sequence(&mut self, sequence: &str) -> io::Result<()> {
        self.buffer.write_all(sequence.as_bytes())?;
        self.send()
    }

    /// Sends what is queued.
    pub(super) fn send(&self) -> io::Result<()> {
        let mut bytes = self.buffer.0.borrow_mut();
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()?;
        bytes.clear();
        Ok(())
    }
}
