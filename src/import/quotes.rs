//! Watches the raw bytes of a CSV file for what a lenient reader would swallow: a quote that opens and never closes
//! (it would eat the rest of the file), one in the middle of a value, a NUL byte, a row without end.

use std::io::{self, Read};

/// The longest row, in bytes.
const MAX_ROW: usize = 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
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
    row_bytes: usize,
    failed: Option<String>,
}

impl<R: Read> QuoteGuard<R> {
    /// Watches over `inner`, which has no byte-order mark.
    pub fn new(inner: R) -> Self {
        Self { inner, state: State::ValueStart, line: 1, row_bytes: 0, failed: None }
    }

    fn step(&mut self, byte: u8) -> Result<(), String> {
        self.row_bytes += 1;
        if byte == 0 {
            return Err(format!("line {} has a NUL byte: this is not a text file", self.line));
        }
        self.state = match (self.state, byte) {
            (State::ValueStart, b'"') => State::Quoted { opened_on: self.line },
            (State::Bare, b'"') => {
                return Err(format!(
                    "line {} has a stray quote inside a value: put the whole value in quotes and double the quote",
                    self.line
                ));
            }
            (State::Quoted { opened_on }, b'"') => State::QuoteInQuoted { opened_on },
            (State::Quoted { opened_on }, _) => State::Quoted { opened_on },
            (State::QuoteInQuoted { opened_on }, b'"') => State::Quoted { opened_on },
            (_, b',' | b'\r' | b'\n') => State::ValueStart,
            (State::QuoteInQuoted { opened_on }, _) => {
                return Err(format!(
                    "line {} goes on after the closing quote of a value that opened on line {opened_on}",
                    self.line
                ));
            }
            (State::ValueStart | State::Bare, _) => State::Bare,
        };
        if byte == b'\n' {
            self.line += 1;
        }
        if matches!(byte, b'\r' | b'\n') && self.state == State::ValueStart {
            self.row_bytes = 0;
        }
        if self.row_bytes > MAX_ROW {
            return Err(match self.state {
                State::Quoted { opened_on } => never_closed(opened_on),
                _ => format!("line {} is longer than a megabyte: this does not look like a CSV file", self.line),
            });
        }
        Ok(())
    }
}

fn never_closed(opened_on: u64) -> String {
    format!("the quote that opens on line {opened_on} is never closed")
}

impl<R: Read> Read for QuoteGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(sentence) = &self.failed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, sentence.clone()));
        }
        let count = self.inner.read(buffer)?;
        if count == 0
            && !buffer.is_empty()
            && let State::Quoted { opened_on } = self.state
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, never_closed(opened_on)));
        }
        for (at, byte) in buffer[..count].iter().enumerate() {
            if let Err(sentence) = self.step(*byte) {
                self.failed = Some(sentence);
                // The rows before it are still read, so that their problems are told too.
                return if at == 0 { self.read(&mut []) } else { Ok(at) };
            }
        }
        Ok(count)
    }
}
