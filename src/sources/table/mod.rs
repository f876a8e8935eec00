//! Tables of text: CSV files, members of archives and sheets of workbooks, each with its header found. Files are never
//! held whole: a table is looked at once ([`Table::survey`]), which decides how its columns are read, and read a second
//! time row by row ([`Table::rows`]).

mod archive;
mod bytes;
mod dialect;
mod encoding;
mod header;
mod layout;
mod note;
mod open;
mod quotes;
mod raw;
mod sides;
mod survey;
mod workbook;

use std::{fmt, io, path::Path};

use csv::StringRecord;

use self::{dialect::is_blank, layout::is_total, raw::Text, sides::Sides};
pub use self::{
    encoding::Encoding,
    header::{Header, folded},
    note::Note,
    open::{Opened, Unused, open},
    survey::{Rows, Survey},
};
use super::problem::{Problem, Problems};

/// How many rows are kept to see what a table holds.
pub const SAMPLE: usize = 200;

/// The most bytes of all files together, unpacked.
pub const MAX_FILES: u64 = 2 * 1024 * 1024 * 1024;

/// What the names of files end in that may hold tables.
const ENDINGS: [&str; 8] = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xls", "zip"];

/// Where a table is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's name, without its directory; behind that of its archive, where it is in one: `export.zip/deals.csv`.
    pub file: String,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}, sheet {sheet}", self.file),
            None => f.pad(&self.file),
        }
    }
}

/// A row, as wide as the header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, or the row of the sheet, counted from 1.
    pub line: u64,
    /// Its cells.
    pub cells: StringRecord,
}

/// A table whose header has been found.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where it is.
    pub place: Place,
    /// Its columns.
    pub header: Vec<Header>,
    /// Its first rows, at most [`SAMPLE`].
    pub sample: Vec<Row>,
    /// What was decided so far.
    pub notes: Vec<Note>,
    text: Text,
    titles: StringRecord,
    header_line: u64,
}

impl Table {
    /// The table of the file at `path`.
    ///
    /// # Errors
    /// It cannot be read, or holds none or more than one.
    pub fn only(path: &Path) -> Result<Self, Problems> {
        let mut opened = open(&[path.to_owned()])?;
        match (opened.tables.pop(), opened.unused.pop()) {
            (Some(table), None) if opened.tables.is_empty() => Ok(table),
            (_, Some(unused)) => Err(Problem::of(unused.place, unused.why).into()),
            (None, None) => Err(Problem::of(path.display(), "is not a file").into()),
            _ => Err(Problem::of(path.display(), "holds more than one table").into()),
        }
    }

    /// The names of its columns, as they were written.
    pub fn titles(&self) -> &StringRecord {
        &self.titles
    }

    /// About how many bytes there are to read.
    pub fn bytes(&self) -> u64 {
        self.text.bytes.len().unwrap_or_default()
    }

    /// The column with this name, as it is compared.
    pub fn column(&self, folded: &str) -> Option<usize> {
        self.header.iter().position(|header| header.folded == folded)
    }

    /// Whether its letters are plain UTF-8.
    fn is_plain(&self) -> bool {
        self.text.encoding == Encoding::Utf8
    }

    /// Finds the header in a text. None where there is no row.
    ///
    /// # Errors
    /// The text cannot be read, or its beginning cannot be told apart.
    fn find(place: Place, text: Text) -> Result<Option<Self>, Problem> {
        let failed = |error: io::Error| unreadable(&place, &error);
        let mut raw = text.rows().map_err(failed)?;
        let mut rows = Vec::new();
        let mut row = StringRecord::new();
        while rows.len() < SAMPLE + layout::TITLES
            && let Some(begin) = raw.next(&mut row).map_err(failed)?
        {
            rows.push((begin.line, row.clone()));
        }
        let cells = rows.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>();
        let Some(at) = layout::header_at(&cells) else { return Ok(None) };
        let (header_line, titles) = rows[at].clone();
        let titles = until_last(&titles);
        let header = Header::of(&titles);
        let fits = rows[at..].windows(2).filter_map(|pair| match pair {
            [(_, before), (line, row)] if !is_blank(row) && !is_total(row, before) => Some((line, row)),
            _ => None,
        });
        let sample =
            fits.take(SAMPLE).map(|(line, row)| Row { line: *line, cells: fitted(row, titles.len()) }).collect();
        let mut notes = Vec::new();
        let mut sides = Sides::new(&titles);
        rows[at + 1..].iter().for_each(|(_, row)| sides.see(row));
        if let Some(column) = sides.parting() {
            return Err(side_by_side(&place, column));
        }
        let above = rows[..at].iter().filter(|(_, row)| !is_blank(row)).collect::<Vec<_>>();
        // Titles of columns together stand right above the header; what stands higher and names its columns is a table.
        if above.iter().any(|(line, row)| line + 1 < header_line && layout::is_other_header(row, &titles)) {
            return Err(two_tables(&place, header_line));
        }
        if let Some((_, first)) = above.first() {
            notes.push(Note::Titles { rows: above.len() as u64, first: first_words(first) });
        }
        notes.extend(
            header.iter().filter(|header| header.hides_something()).map(|header| Note::Unseen(header.shown.clone())),
        );
        Ok(Some(Self { place, header, sample, notes, text, titles, header_line }))
    }
}

/// A row without the empty cells at its end.
fn until_last(row: &StringRecord) -> StringRecord {
    let width = row.len() - row.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
    row.iter().take(width).collect()
}

/// A row as wide as the header: cut, or filled with empty cells.
fn fitted(row: &StringRecord, width: usize) -> StringRecord {
    row.iter().chain(std::iter::repeat("")).take(width).collect()
}

/// The first cell of a row that says something.
fn first_words(row: &StringRecord) -> String {
    row.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default().to_owned()
}

/// That there are two tables one under the other, the second of which begins at a line.
fn two_tables(place: &Place, line: u64) -> Problem {
    Problem::of(place, format_args!("line {line} begins another table: put each on a sheet or into a file of its own"))
}

/// That there are two tables beside one another, with an empty column between them.
fn side_by_side(place: &Place, column: usize) -> Problem {
    let what = format_args!(
        "holds two tables side by side, with the empty column {} between them: put each on a sheet or into a file of its own",
        column + 1
    );
    Problem::of(place, what)
}

/// Why a table cannot be read, or not to its end.
fn unreadable(place: &Place, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::InvalidData => Problem::of(place, error),
        _ => Problem::of(place, format_args!("cannot be read: {error}")),
    }
}

/// Whether a file of this name may hold a table.
fn may_hold_a_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// That there is more to read than is read.
fn too_much(place: &Place) -> Problem {
    let most = MAX_FILES / 1024 / 1024;
    Problem::of(place, format_args!("all files together have more than {most} MB: leave out older rows"))
}
