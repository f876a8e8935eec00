//! Watches the raw bytes of a CSV file for what a lenient reader would swallow: a quote that opens and never closes
//! (it would eat the rest of the file), one in the middle of a value, a NUL byte, a row without end. It also knows on
//! which line each row begins, whatever the line endings and however many blank lines there are.

use std::{
    collections::VecDeque,
    io::{self, Read},
};

/// The longest row, in bytes.
const MAX_ROW: usize = 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    RowStart,
    ValueStart,
    Bare,
    Quoted { opened_on: u64 },
    QuoteInQuoted { opened_on: u64 },
}

/// A reader that passes well-formed CSV through unchanged, and fails with a sentence at the first byte that is not.
#[derive(Debug)]
pub struct QuoteGuard<R> {
    inner: R,
    state: State,
    line: u64,
    after_cr: bool,
    row_bytes: usize,
    row_lines: VecDeque<u64>,
    failed: Option<String>,
}

impl<R: Read> QuoteGuard<R> {
    /// Watches over `inner`, which has no byte-order mark.
    pub fn new(inner: R) -> Self {
        Self {
            inner,
            state: State::RowStart,
            line: 1,
            after_cr: false,
            row_bytes: 0,
            row_lines: VecDeque::new(),
            failed: None,
        }
    }

    /// The line on which the next row begins; to be asked once for each row that has been read.
    pub fn next_row_line(&mut self) -> u64 {
        self.row_lines.pop_front().unwrap_or(self.line)
    }

    fn step(&mut self, byte: u8) -> Result<(), String> {
        let line = self.line;
        self.state = match (self.state, byte) {
            (_, 0) => return Err(format!("line {line} has a NUL byte: this is not a text file")),
            (State::Quoted { opened_on }, b'"') => State::QuoteInQuoted { opened_on },
            (State::Quoted { opened_on }, _) | (State::QuoteInQuoted { opened_on }, b'"') => {
                State::Quoted { opened_on }
            }
            (_, b'\r' | b'\n') => State::RowStart,
            (State::RowStart, b'"') => {
                self.row_lines.push_back(line);
                State::Quoted { opened_on: line }
            }
            (State::RowStart, _) => {
                self.row_lines.push_back(line);
                if byte == b',' { State::ValueStart } else { State::Bare }
            }
            (_, b',') => State::ValueStart,
            (State::ValueStart, b'"') => State::Quoted { opened_on: line },
            (State::Bare, b'"') => {
                return Err(format!("line {line} has a stray quote inside a value that is not quoted"));
            }
            (State::QuoteInQuoted { opened_on }, _) => {
                return Err(format!(
                    "line {line} goes on after the closing quote of a value that opened on line {opened_on}"
                ));
            }
            (State::ValueStart | State::Bare, _) => State::Bare,
        };
        self.line += u64::from(byte == b'\r' || (byte == b'\n' && !self.after_cr));
        self.after_cr = byte == b'\r';
        self.row_bytes = if self.state == State::RowStart { 0 } else { self.row_bytes + 1 };
        match self.state {
            _ if self.row_bytes <= MAX_ROW => Ok(()),
            State::Quoted { opened_on } => Err(never_closed(opened_on)),
            _ => Err(format!("line {line} is longer than a megabyte: this does not look like a CSV file")),
        }
    }
}

fn never_closed(opened_on: u64) -> String {
    format!("the quote that opens on line {opened_on} is never closed")
}

fn refused(sentence: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, sentence)
}

impl<R: Read> Read for QuoteGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(sentence) = &self.failed {
            return Err(refused(sentence.clone()));
        }
        let count = self.inner.read(buffer)?;
        if let State::Quoted { opened_on } = self.state
            && count == 0
            && !buffer.is_empty()
        {
            return Err(refused(never_closed(opened_on)));
        }
        for (at, byte) in buffer[..count].iter().enumerate() {
            if let Err(sentence) = self.step(*byte) {
                self.failed = Some(sentence.clone());
                // The rows before it are still read, so that their problems are told too.
                return if at == 0 { Err(refused(sentence)) } else { Ok(at) };
            }
        }
        Ok(count)
    }
}
