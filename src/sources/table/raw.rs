//! The rows of a file as they stand there, one by one.

use std::io::{self, Read};

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::{
    bytes::Bytes,
    dialect::Dialect,
    encoding::{self, Encoding},
    quotes::{Begin, QuoteGuard},
};

/// How a file is to be read.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) bytes: Bytes,
    pub(super) encoding: Encoding,
    pub(super) dialect: Dialect,
}

impl Text {
    /// Reads it from its beginning.
    pub(super) fn rows(&self) -> io::Result<Raw> {
        let text = encoding::decoded(self.encoding, self.bytes.open()?)?;
        let guard = QuoteGuard::new(text, self.dialect.delimiter);
        let rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .delimiter(self.dialect.delimiter)
            .from_reader(guard);
        let mut raw = Raw { rows };
        if self.dialect.says_so {
            raw.next(&mut StringRecord::new())?;
        }
        Ok(raw)
    }
}

/// The rows of a file.
pub(super) struct Raw {
    rows: csv::Reader<QuoteGuard<Box<dyn Read>>>,
}

impl Raw {
    /// How many bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.rows.position().byte()
    }

    /// Reads the next row into `row` and says where it begins; none at the end. Blank lines are no rows.
    ///
    /// # Errors
    /// The file cannot be read, or not be told apart from here on.
    pub(super) fn next(&mut self, row: &mut StringRecord) -> io::Result<Option<Begin>> {
        match self.rows.read_record(row) {
            Ok(true) => Ok(Some(self.rows.get_mut().next_begin())),
            Ok(false) => Ok(None),
            Err(error) => Err(match error.into_kind() {
                ErrorKind::Io(error) => error,
                _ => io::Error::new(io::ErrorKind::InvalidData, "changed while it was read: import it again"),
            }),
        }
    }
}
