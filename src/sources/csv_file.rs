//! A CSV file, read row by row in bounded memory: without its byte-order mark, watched for broken quotes, each row
//! UTF-8 and as wide as the header.

use std::{
    fs::File,
    io::{self, Chain, Cursor, Read},
    path::Path,
};

use csv::{ByteRecord, ErrorKind, StringRecord};
use indicatif::{ProgressBar, ProgressBarIter};

use super::{problem::Problem, quotes::QuoteGuard};

type Bytes = Chain<Cursor<Vec<u8>>, ProgressBarIter<File>>;

/// An open CSV file, after its header.
#[derive(Debug)]
pub struct CsvFile {
    name: String,
    header: StringRecord,
    rows: csv::Reader<QuoteGuard<Bytes>>,
    ended: bool,
}

impl CsvFile {
    /// Opens the file at `path` and reads its header; `bar` follows the bytes. None where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, is no text, or is empty.
    pub fn open(path: &Path, bar: &ProgressBar) -> Result<Option<Self>, Problem> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unreadable = |error: io::Error| Problem::of(&name, format_args!("cannot be read: {error}"));
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(Problem::of(&name, "is not a file"));
        }
        bar.set_length(about.len());
        bar.set_position(0);
        bar.set_message(name.clone());
        let head = without_mark(&mut file).map_err(unreadable)?.map_err(|what| Problem::of(&name, what))?;
        let bytes = QuoteGuard::new(Cursor::new(head).chain(bar.wrap_read(file)));
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut csv = Self { name, header: StringRecord::new(), rows, ended: false };
        csv.header = csv.next_row().transpose()?.map(|(_, header)| header).unwrap_or_default();
        if csv.header.is_empty() {
            return Err(Problem::of(&csv.name, "is empty; expected a header and rows"));
        }
        Ok(Some(csv))
    }

    /// The file's name, without its directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The header, as it stands there.
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The next row with the line it begins on; none at the end. After some problems the rows behind them can still
    /// be read, after others the file has ended.
    pub fn next_row(&mut self) -> Option<Result<(u64, StringRecord), Problem>> {
        if self.ended {
            return None;
        }
        let mut record = ByteRecord::new();
        match self.rows.read_byte_record(&mut record) {
            Ok(true) => {
                let line = self.rows.get_mut().next_row_line();
                Some(StringRecord::from_byte_record(record).map(|row| (line, row)).map_err(|_| {
                    let what = format!("line {line} is not UTF-8 text: save the file as \"CSV UTF-8\"");
                    Problem::of(&self.name, what)
                }))
            }
            Ok(false) => {
                self.ended = true;
                None
            }
            Err(error) => Some(Err(self.problem(&error))),
        }
    }

    fn problem(&mut self, error: &csv::Error) -> Problem {
        if let ErrorKind::UnequalLengths { expected_len, len, .. } = error.kind() {
            let line = self.rows.get_mut().next_row_line();
            let what = format_args!("line {line} and the header differ in width: {len} and {expected_len} cells");
            return Problem::of(&self.name, what);
        }
        self.ended = true;
        match error.kind() {
            ErrorKind::Io(error) if error.kind() == io::ErrorKind::InvalidData => Problem::of(&self.name, error),
            _ => Problem::of(&self.name, format_args!("cannot be read to its end: {error}")),
        }
    }
}

/// The first bytes of the file without a UTF-8 byte-order mark; the inner error says what the file is instead of text.
fn without_mark(file: &mut File) -> io::Result<Result<Vec<u8>, &'static str>> {
    let mut head = Vec::with_capacity(3);
    file.take(3).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [0xEF, 0xBB, 0xBF] => Ok(Vec::new()),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err("is UTF-16 text: save it as \"CSV UTF-8\""),
        [b'P', b'K', 3] => Err("is a spreadsheet or archive: save it as \"CSV UTF-8\""),
        _ => Ok(head),
    })
}
