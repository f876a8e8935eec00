//! A book of customers from CSV files. All or nothing: the rows become one request, and only if every one is right.
//!
//! The files are UTF-8 (a byte-order mark is fine), separated by commas, with a header line. Columns may come in any
//! order and case (`Customer ID` is `customer_id`); unknown ones are ignored and told. Empty cells are unknown values.
//! Dates are `YYYY-MM-DD`; numbers may group thousands (`120,000.50`). Only `customers.csv` has to be there.
//!
//! | file | column | has to be there | what |
//! |---|---|---|---|
//! | `customers.csv` | `customer_id` | yes | 1 to 100 of `A-Za-z0-9._-`, beginning with a letter or digit; each once |
//! | | `name` | yes | up to 200 characters |
//! | | `industry` | | |
//! | | `segment` | | the CSM's own grouping, such as `Enterprise` |
//! | | `contact` | | whom emails address, by name |
//! | `usage.csv`, dated points | `customer_id` | yes | one of `customers.csv` |
//! | | `date` | yes | the day of the measurement, or on which its period ended; once a customer |
//! | | `value` | yes | not negative |
//! | | `metric` | | what is measured, such as `logins a day`; `usage` when empty; one a customer |
//! | `usage.csv`, summaries | `customer_id` | yes | one row a customer |
//! | | `trend` | yes | `up`, `flat` or `down`; where `recent` and `before` are 0, it is silent |
//! | | `recent`, `before` | yes | the newest value and the one before |
//! | | `metric` | | as above |
//! | `tickets.csv` | `ticket_id` | yes | each once |
//! | | `customer_id` | yes | one of `customers.csv` |
//! | | `priority` | yes | `urgent`, `high`, `normal` or `low` |
//! | | `opened_on` | yes | |
//! | | `closed_on` | | empty while it is open |
//! | | `subject` | | cut at 200 characters |
//! | `contracts.csv` | `customer_id` | yes | one of `customers.csv`; one row a customer |
//! | | `renewal_date` | | |
//! | | `arr` | | annual recurring revenue, at most two decimals, no currency sign |
//! | | `currency` | with `arr` | three letters, such as `USD` |
//! | | `plan` | | |
//! | | `seats` | | a whole number |
//! | | `auto_renew` | | `yes`, `no`, `true`, `false`, `1` or `0` |
//!
//! With `tickets.csv`, a customer without a row in it has no tickets; without the file, nothing is known of tickets.
//! Of more than [`MAX_POINTS`](contracts::import::MAX_POINTS) points for a customer the newest are kept. What a part
//! that is not imported said before stays as it is.

pub mod canonical;
pub mod cell;
pub mod csv_file;
pub mod preset;
pub mod problem;
pub mod quotes;
pub mod sheet;

use std::path::Path;

use chrono::NaiveDate;
use contracts::Line;
use indicatif::ProgressBar;

use self::{
    canonical::{Book, Import, Part},
    csv_file::CsvFile,
    problem::{Problem, Problems},
    sheet::Origin,
};

/// Reads the canonical files of the directory `dir`, as of the day `as_of` (UTC); `bar` follows the bytes.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn read_directory(dir: &Path, as_of: NaiveDate, bar: &ProgressBar) -> Result<Import, Problems> {
    check_directory(dir)?;
    let mut book = Book::default();
    for part in Part::ALL {
        match CsvFile::open(&dir.join(part.file()), bar) {
            Ok(Some(file)) => read_file(&mut book, part, file),
            Ok(None) if part == Part::Customers => {
                let what = format_args!("there is no customers.csv; a preset can read other files (--preset)");
                book.fail(part, Problem::of(dir.display(), what));
            }
            Ok(None) => {}
            Err(problem) => book.fail(part, problem),
        }
    }
    let name = dir.canonicalize().ok().and_then(|dir| dir.file_name().map(|name| name.to_string_lossy().into_owned()));
    book.finish(Line::new(&name.map_or("CSV files".to_owned(), |name| format!("CSV files of {name}"))), as_of)
}

fn read_file(book: &mut Book, part: Part, mut file: CsvFile) {
    let origin = Origin::File(file.name().to_owned());
    let Some(sheet) = book.open(part, origin, file.header()) else { return };
    while let Some(row) = file.next_row() {
        match row {
            Ok((line, cells)) => book.row(part, sheet.row(line, &cells)),
            Err(problem) => book.fail(part, problem),
        }
        if book.is_full() {
            return;
        }
    }
}

fn check_directory(dir: &Path) -> Result<(), Problem> {
    match dir.metadata() {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(Problem::of(dir.display(), "is not a directory: name the one that holds the CSV files")),
        Err(error) => Err(Problem::of(dir.display(), format_args!("cannot be read: {error}"))),
    }
}
