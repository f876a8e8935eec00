//! What stands between the values of a file: what its first line says (`sep=;`), else what makes the most rows of one
//! width.

use csv::{ReaderBuilder, StringRecord};

/// What is tried, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at.
const ROWS: usize = 200;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What stands between two values.
    pub(super) delimiter: u8,
    /// Whether the first line is `sep=…` and no row.
    pub(super) says_so: bool,
}

impl Dialect {
    /// That of files that the program writes itself.
    pub(super) const OWN: Self = Self { delimiter: b',', says_so: false };

    /// The dialect of a file that begins with `head`.
    pub(super) fn of(head: &str) -> Self {
        let first = head.lines().next().unwrap_or_default().trim_matches('"');
        if let Some(said) = first.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")) {
            let delimiter = match first[said.len()..].bytes().next() {
                Some(delimiter) if delimiter.is_ascii() && delimiter != b'"' => delimiter,
                _ => b'\t',
            };
            return Self { delimiter, says_so: true };
        }
        // The last line of the head may be cut, which makes no odds among so many.
        let fits = |delimiter: &u8| fit(head, *delimiter);
        let best = DELIMITERS.into_iter().rev().max_by_key(fits).unwrap_or(b',');
        Self { delimiter: best, says_so: false }
    }

    /// Its name in words.
    pub(super) fn name(delimiter: u8) -> String {
        match delimiter {
            b',' => "commas".to_owned(),
            b';' => "semicolons".to_owned(),
            b'\t' => "tabs".to_owned(),
            other => format!("\"{}\"", char::from(other)),
        }
    }
}

/// How well a delimiter fits: how many rows in a hundred have the most frequent width, if that is more than one, and how
/// wide they are.
fn fit(head: &str, delimiter: u8) -> (usize, usize) {
    let mut rows =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(head.as_bytes());
    let widths = rows.records().map_while(Result::ok).filter(|row| !is_blank(row)).take(ROWS).map(|row| row.len());
    let widths = widths.collect::<Vec<_>>();
    let often = |width: usize| widths.iter().filter(|other| **other == width).count();
    let width = widths.iter().copied().filter(|width| *width > 1).max_by_key(|width| (often(*width), *width));
    width.map_or((0, 0), |width| (often(width) * 100 / widths.len(), width))
}

/// Whether no cell says anything. Old programs end a file with a sign that cannot be seen.
pub(super) fn is_blank(row: &StringRecord) -> bool {
    row.iter().all(|cell| cell.chars().all(|c| c.is_whitespace() || c.is_control()))
}
