//! Workbooks of Excel. Each sheet is written into a CSV file of its own, a line for each of its rows, and read as such:
//! days as `2026-12-24`, numbers in full, texts as they are.

use std::io::{self, BufReader};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{
    Place,
    archive::{Unseen, broken, unseen},
    bytes::Bytes,
    dialect::Dialect,
    encoding::Encoding,
    raw::Text,
    too_much,
};
use crate::sources::problem::Problem;

/// Excel has no more columns.
const COLUMNS: u32 = 16_384;

/// Excel has no more rows.
const ROWS: u32 = 1_048_576;

/// What is in a workbook: a sheet as a text, or why it is left out.
pub(super) type Sheet = Result<Text, &'static str>;

type Workbook = Xlsx<BufReader<std::fs::File>>;

/// The sheets of a workbook, or why one is left out; and what is not seen of it. What they take is taken off
/// `left`.
pub(super) fn sheets(file: &str, bytes: &Bytes, left: &mut u64) -> Result<(Vec<(Place, Sheet)>, Unseen), Problem> {
    let failed = |error: XlsxError| match error {
        XlsxError::Zip(error) => broken(file, &error),
        XlsxError::Password => Problem::of(file, "is locked by a password: save it without one"),
        error => Problem::of(file, format_args!("is a workbook that cannot be read: {error}")),
    };
    let unseen = unseen(bytes).map_err(|error| broken(file, &error))?;
    let unseen = unseen.ok_or_else(|| Problem::of(file, "unpacks to more than 256 MB: save its sheets as CSV"))?;
    let text = bytes.open().map_err(|error| failed(error.into()))?;
    let mut workbook = Workbook::new(BufReader::new(text)).map_err(failed)?;
    let mut sheets = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        let place = Place { file: file.to_owned(), sheet: Some(sheet.name.clone()) };
        let text = if sheet.typ != SheetType::WorkSheet {
            Err("is no sheet of cells")
        } else if sheet.visible != SheetVisible::Visible {
            Err("is hidden: show it in Excel and save it, if it is to be read")
        } else {
            let unpacked = Bytes::unpacked(*left, |out| write(&mut workbook, &sheet.name, out));
            let bytes = unpacked.map_err(|error| match error {
                XlsxError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => too_much(&place),
                error => failed(error),
            })?;
            *left -= bytes.len().map_err(|error| failed(error.into()))?;
            Ok(Text { bytes, encoding: Encoding::Utf8, dialect: Dialect::OWN })
        };
        sheets.push((place, text));
    }
    Ok((sheets, unseen))
}

/// Writes the cells of a sheet as CSV.
fn write(workbook: &mut Workbook, sheet: &str, out: impl io::Write) -> Result<(), XlsxError> {
    let mut merged = Merged::new(workbook.merge_cells_by_sheet_name(sheet)?);
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let mut line = |row: &mut Vec<String>, at: u32| {
        merged.fill(row, at);
        let written = csv.write_record(&*row).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => XlsxError::Io(error),
            other => XlsxError::Io(io::Error::other(format!("{other:?}"))),
        });
        row.clear();
        written
    };
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let (mut row, mut at) = (Vec::new(), 0);
    while let Some(cell) = cells.next_cell()? {
        let (r, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() || column >= COLUMNS || r >= ROWS || r < at {
            continue;
        }
        while at < r {
            line(&mut row, at)?;
            at += 1;
        }
        while row.len() < column as usize {
            row.push(String::new());
        }
        row.push(text);
    }
    line(&mut row, at)?;
    csv.flush()?;
    Ok(())
}

/// Cells that were merged over several rows, of which Excel keeps the first alone: it is that of all these rows.
struct Merged {
    /// Those to come, the next one last.
    ahead: Vec<Dimensions>,
    /// Those that the rows are in, with what they say.
    within: Vec<(Dimensions, String)>,
}

impl Merged {
    fn new(mut all: Vec<Dimensions>) -> Self {
        all.retain(|cells| cells.start.0 < cells.end.0);
        all.sort_by_key(|cells| std::cmp::Reverse(cells.start));
        Self { ahead: all, within: Vec::new() }
    }

    /// Fills in what the row at `at` says in merged cells. A row of which nothing else is there stays blank.
    fn fill(&mut self, row: &mut Vec<String>, at: u32) {
        self.within.retain(|(cells, _)| cells.end.0 >= at);
        let is_blank = row.is_empty();
        for (cells, says) in self.within.iter().filter(|_| !is_blank) {
            let column = cells.start.1 as usize;
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column].clone_from(says);
        }
        while let Some(cells) = self.ahead.pop_if(|cells| cells.start.0 <= at) {
            let says = row.get(cells.start.1 as usize).filter(|says| cells.start.0 == at && !says.is_empty());
            self.within.extend(says.map(|says| (cells, says.clone())));
        }
    }
}

/// A cell as text, without line breaks, so that a row is a line.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => figure(*number),
        DataRef::String(text) => one_line(text),
        DataRef::SharedString(text) => one_line(text),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() => day(*moment),
        DataRef::DateTime(span) => figure(span.as_f64()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) => "#N/A".to_owned(),
        DataRef::Empty => String::new(),
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// The most that a workbook knows exactly: it keeps fifteen digits.
const EXACT: f64 = 1e15;

/// A number in full. Three decimals get a fourth: behind a point, three digits could be thousands. One that has lost digits
/// is written so that nobody takes it for an id.
fn figure(number: f64) -> String {
    if number.abs() >= EXACT {
        return format!("{number:e}").replace('e', "E+");
    }
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

fn day(moment: ExcelDateTime) -> String {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
