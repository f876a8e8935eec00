//! What was decided about a file before its cells were read, and said of it.

use std::fmt;

use super::{dialect::Dialect, encoding::Encoding};
use crate::{sources::problem::quoted, words::count};

/// Something that was decided about a table; each is told as one sentence behind the table's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Its letters are not written in plain UTF-8. The example is a cell with such letters.
    Encoding {
        /// How they are written.
        encoding: Encoding,
        /// A cell by which a reader sees whether that is right.
        example: Option<String>,
    },
    /// Letters of a column that were made UTF-8 twice, as `MÃ¼ller` for `Müller`.
    Twice {
        /// The column.
        column: String,
        /// How many of its cells have them.
        cells: u64,
        /// The first of these, and what it was.
        first: (String, String),
    },
    /// Rows of a workbook that Excel does not show.
    Hidden(u64),
    /// Formulas of a workbook whose results are not in it.
    Uncalculated(u64),
    /// Something else than commas is between its values.
    Delimiter(u8),
    /// Rows above the header.
    Titles {
        /// How many.
        rows: u64,
        /// What the first says.
        first: String,
    },
    /// A name in the header has something in it that cannot be seen.
    Unseen(String),
    /// Rows that add others up.
    Totals {
        /// How many.
        rows: u64,
        /// The line of the first.
        line: u64,
        /// Its first words.
        first: String,
    },
    /// Rows behind the table.
    Footer {
        /// How many.
        rows: u64,
        /// The line of the first.
        line: u64,
        /// Its first words.
        first: String,
    },
    /// Rows that say one thing and nothing else, as titles of groups do.
    Bare {
        /// How many.
        rows: u64,
        /// The line of the first.
        line: u64,
        /// What it says.
        first: String,
    },
    /// The header once more, among the rows.
    Headers {
        /// How often.
        rows: u64,
        /// The line of the first.
        line: u64,
    },
    /// Rows with fewer cells than the header has.
    Short {
        /// How many.
        rows: u64,
        /// The line of the first.
        line: u64,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding { encoding, example } => {
                match encoding {
                    Encoding::BrokenUtf8 => f.write_str("some letters are broken and read as \u{FFFD}")?,
                    Encoding::Windows1252 => f.write_str("read as Windows-1252, because it is not UTF-8")?,
                    other => write!(f, "read as {other}")?,
                }
                match example {
                    Some(example) => write!(f, ", such as {}", quoted(example)),
                    None => Ok(()),
                }
            }
            Self::Twice { column, cells, first: (first, was) } => write!(
                f,
                "column {column}: letters of {} were written in UTF-8 twice, and are kept as they are: {} was {}; export the \
                 file again as UTF-8",
                count(*cells, "cell"),
                quoted(first),
                quoted(was)
            ),
            Self::Hidden(rows) => {
                let rows = count(*rows, "row");
                write!(f, "{rows} of the workbook that Excel hides, as a filter does: they are read like all others")
            }
            Self::Uncalculated(cells) => {
                let cells = count(*cells, "cell");
                write!(
                    f,
                    "formulas in {cells} of the workbook have no result there and count as empty: open it in Excel, save it, and \
                     import it again"
                )
            }
            Self::Delimiter(delimiter) => write!(f, "its columns are separated by {}", Dialect::name(*delimiter)),
            Self::Titles { rows, first } => {
                write!(f, "left out {} above the header, {}", count(*rows, "line"), quoted(first))
            }
            Self::Unseen(name) => write!(f, "a column's name has something that cannot be seen: {}", quoted(name)),
            Self::Totals { rows, line, first } => {
                write!(f, "left out {} of the rows, line {line}: {}", count(*rows, "total"), quoted(first))
            }
            Self::Footer { rows, line, first } => {
                write!(f, "left out {} below the table, from line {line}: {}", count(*rows, "line"), quoted(first))
            }
            Self::Bare { rows, line, first } => {
                write!(
                    f,
                    "in {} nothing but one cell is filled, such as line {line}: {}; if that is the title of a group, take it out",
                    count(*rows, "row"),
                    quoted(first)
                )
            }
            Self::Headers { rows, line } => {
                write!(f, "left out the header that is there again ({}, line {line})", count(*rows, "time"))
            }
            Self::Short { rows, line } => {
                write!(
                    f,
                    "{} shorter than the header, such as line {line}: what is not there counts as empty",
                    are(*rows)
                )
            }
        }
    }
}

fn are(rows: u64) -> String {
    if rows == 1 { "1 row is".to_owned() } else { format!("{} are", count(rows, "row")) }
}
