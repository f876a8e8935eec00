//! Watches the text of a CSV file for what a lenient reader would swallow: a quote that opens and never closes (it would
//! eat the rest of the file), one that closes in the middle of a value, a NUL byte, a row without end. A quote inside a
//! value that is not quoted is an inch mark or a name, and stays. It also knows on which line each row begins and
//! whether a blank line is before it, whatever the line endings.

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
    /// Behind spaces at the beginning of a value.
    Blank,
    Bare,
    Quoted {
        opened_on: u64,
    },
    QuoteInQuoted {
        opened_on: u64,
    },
}

/// Where a row begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Begin {
    /// The line, counted from 1.
    pub(super) line: u64,
    /// Whether the line before it is blank.
    pub(super) behind_blank: bool,
}

/// Why a file is not read as CSV any further; lines are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NotCsv {
    #[error("line {0} has a NUL byte, which no text has: export the file again")]
    Nul(u64),
    #[error("line {0} has a space before the quote that opens a value: take it out")]
    SpaceBeforeQuote(u64),
    #[error(
        "line {line} goes on after the closing quote of a value that opened on line {opened_on}: write a quote inside a \
         value twice"
    )]
    GoesOn { line: u64, opened_on: u64 },
    #[error("the quote that opens on line {0} is never closed")]
    NeverClosed(u64),
    #[error("line {0} is longer than a megabyte: this does not look like a CSV file")]
    TooLong(u64),
}

impl From<NotCsv> for io::Error {
    fn from(why: NotCsv) -> Self {
        Self::new(io::ErrorKind::InvalidData, why)
    }
}

/// A reader that passes well-formed CSV through unchanged, and fails with a sentence at the first byte that is not.
#[derive(Debug)]
pub(super) struct QuoteGuard<R> {
    inner: R,
    delimiter: u8,
    state: State,
    line: u64,
    after_cr: bool,
    blank: bool,
    row_bytes: usize,
    begins: VecDeque<Begin>,
    failed: Option<NotCsv>,
}

impl<R: Read> QuoteGuard<R> {
    /// Watches over `inner`: UTF-8 without a byte-order mark, with `delimiter` between its values.
    pub(super) fn new(inner: R, delimiter: u8) -> Self {
        Self {
            inner,
            delimiter,
            state: State::RowStart,
            line: 1,
            after_cr: false,
            blank: false,
            row_bytes: 0,
            begins: VecDeque::new(),
            failed: None,
        }
    }

    /// Where the next row begins; to be asked once for each row that has been read.
    pub(super) fn next_begin(&mut self) -> Begin {
        self.begins.pop_front().unwrap_or(Begin { line: self.line, behind_blank: self.blank })
    }

    /// How many of the first of these bytes change nothing, as most do inside of a value.
    fn plain(&self, bytes: &[u8]) -> usize {
        let is_plain = |byte: &u8| match self.state {
            State::Bare => *byte != self.delimiter && !matches!(byte, 0 | b'\r' | b'\n'),
            State::Quoted { .. } => !matches!(byte, 0 | b'"' | b'\r' | b'\n'),
            _ => false,
        };
        bytes.iter().take(MAX_ROW - self.row_bytes).take_while(|byte| is_plain(byte)).count()
    }

    fn step(&mut self, byte: u8) -> Result<(), NotCsv> {
        let line = self.line;
        let ends_line = byte == b'\r' || (byte == b'\n' && !self.after_cr);
        self.state = match (self.state, byte) {
            (_, 0) => return Err(NotCsv::Nul(line)),
            (State::Quoted { opened_on }, b'"') => State::QuoteInQuoted { opened_on },
            (State::Quoted { opened_on }, _) | (State::QuoteInQuoted { opened_on }, b'"') => {
                State::Quoted { opened_on }
            }
            (State::RowStart, b'\r' | b'\n') => {
                self.blank |= ends_line;
                State::RowStart
            }
            (_, b'\r' | b'\n') => State::RowStart,
            (State::RowStart, _) => {
                self.begins.push_back(Begin { line, behind_blank: self.blank });
                self.blank = false;
                self.value_start(byte)
            }
            (State::ValueStart, _) => self.value_start(byte),
            (State::Blank | State::Bare, _) if byte == self.delimiter => State::ValueStart,
            (State::Blank, b'"') => return Err(NotCsv::SpaceBeforeQuote(line)),
            (State::QuoteInQuoted { .. }, _) if byte == self.delimiter => State::ValueStart,
            (State::QuoteInQuoted { opened_on }, _) => return Err(NotCsv::GoesOn { line, opened_on }),
            (State::Blank, b' ') => State::Blank,
            (State::Blank | State::Bare, _) => State::Bare,
        };
        self.line += u64::from(ends_line);
        self.after_cr = byte == b'\r';
        self.row_bytes = if self.state == State::RowStart { 0 } else { self.row_bytes + 1 };
        match self.state {
            _ if self.row_bytes <= MAX_ROW => Ok(()),
            State::Quoted { opened_on } => Err(NotCsv::NeverClosed(opened_on)),
            _ => Err(NotCsv::TooLong(line)),
        }
    }

    fn value_start(&self, byte: u8) -> State {
        match byte {
            b'"' => State::Quoted { opened_on: self.line },
            b' ' => State::Blank,
            _ if byte == self.delimiter => State::ValueStart,
            _ => State::Bare,
        }
    }
}

impl<R: Read> Read for QuoteGuard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(why) = self.failed {
            return Err(why.into());
        }
        let count = self.inner.read(buffer)?;
        if let State::Quoted { opened_on } = self.state
            && count == 0
            && !buffer.is_empty()
        {
            return Err(NotCsv::NeverClosed(opened_on).into());
        }
        let mut at = 0;
        while at < count {
            let plain = self.plain(&buffer[at..count]);
            if plain > 0 {
                (self.row_bytes, self.after_cr) = (self.row_bytes + plain, false);
                at += plain;
                continue;
            }
            if let Err(why) = self.step(buffer[at]) {
                self.failed = Some(why);
                // The rows before it are still read, so that their problems are told too.
                return if at == 0 { Err(why.into()) } else { Ok(at) };
            }
            at += 1;
        }
        Ok(count)
    }
}
