//! One table of text cells on its way in, whether it is a CSV file or a preset's SELECT: its header, and its rows one
//! by one.

use csv::StringRecord;

use super::{
    cell::Expected,
    origin::Origin,
    problem::{Problem, Reject, Why, quoted},
};

/// A column name as it is compared: `Customer ID` is `customer_id`.
pub fn column_name(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A table whose header has been understood.
#[derive(Debug, Clone)]
pub struct Sheet {
    origin: Origin,
    columns: Vec<(&'static str, usize)>,
    /// The columns nobody asked for, as they stand in the header.
    pub ignored: Vec<String>,
}

impl Sheet {
    /// Finds the `known` columns (of a [`Table`](super::canonical::Table)) in `header`, in whatever order they are.
    ///
    /// # Errors
    /// A known column that is there twice.
    pub fn new(origin: Origin, header: &StringRecord, known: &[(&'static str, &'static str)]) -> Result<Self, Problem> {
        let mut sheet = Self { origin, columns: Vec::new(), ignored: Vec::new() };
        for (at, title) in header.iter().enumerate() {
            let name = column_name(title);
            match known.iter().map(|(column, _)| *column).find(|column| *column == name) {
                Some(known) if sheet.has(known) => {
                    return Err(Problem::of(&sheet.origin, format!("the header has the column {known} twice")));
                }
                Some(known) => sheet.columns.push((known, at)),
                None if name.is_empty() => {}
                None => sheet.ignored.push(quoted(title)),
            }
        }
        Ok(sheet)
    }

    /// Whether the header has the column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(name, _)| *name == column)
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The row of `cells` at `number`: a line of the file, or the place among a SELECT's rows.
    pub fn row<'a>(&'a self, number: u64, cells: &'a StringRecord) -> Row<'a> {
        self.row_from(number, cells, None)
    }

    /// The same, of which it may be known `from` which file and line it was made.
    pub fn row_from<'a>(&'a self, number: u64, cells: &'a StringRecord, from: Option<(&'a str, u64)>) -> Row<'a> {
        Row { sheet: self, number, cells, from }
    }
}

/// One row of a [`Sheet`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    number: u64,
    cells: &'a StringRecord,
    from: Option<(&'a str, u64)>,
}

impl Row<'_> {
    /// Whether the table has the column.
    pub fn has(&self, column: &str) -> bool {
        self.sheet.has(column)
    }

    /// Whether every cell is empty, as in the rows a spreadsheet leaves at its end.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cell's trimmed text; empty where the column is not there.
    pub fn text(&self, column: &str) -> &str {
        let place = self.sheet.columns.iter().find(|(name, _)| *name == column);
        place.and_then(|(_, at)| self.cells.get(*at)).unwrap_or_default().trim()
    }

    /// Reads a cell that has to say something.
    ///
    /// # Errors
    /// The cell is empty, or not what `read` expects.
    pub fn required<T>(&self, column: &str, read: fn(&str) -> Result<T, Expected>) -> Result<T, Problem> {
        let text = self.text(column);
        read(text).map_err(|expected| {
            self.problem(column, if text.is_empty() { Why::Empty(expected) } else { Why::Not(expected) })
        })
    }

    /// Reads a cell that may be empty or not there.
    ///
    /// # Errors
    /// The cell says something that is not what `read` expects.
    pub fn optional<T>(&self, column: &str, read: fn(&str) -> Result<T, Expected>) -> Result<Option<T>, Problem> {
        if self.text(column).is_empty() { Ok(None) } else { self.required(column, read).map(Some) }
    }

    /// The row cannot be taken because of what stands in `column`.
    pub fn problem(&self, column: &str, why: Why) -> Problem {
        let own = || (self.sheet.origin.clone(), self.number);
        let (origin, row) = self.from.map_or_else(own, |(file, line)| (Origin::File(file.to_owned()), line));
        Problem::Row(Box::new(Reject {
            origin,
            row,
            column: column.to_owned(),
            customer: self.text("customer_id").to_owned(),
            text: self.text(column).to_owned(),
            why,
        }))
    }

    /// What stands in `column` was on the row `first` already.
    pub fn again(&self, column: &str, first: u64) -> Problem {
        self.problem(column, Why::Again { first: self.numbered(first) })
    }

    /// Where the table is.
    pub fn origin(&self) -> &Origin {
        &self.sheet.origin
    }

    /// The row's line, or its place among a SELECT's rows.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A row's number in words, such as `line 7`.
    pub fn numbered(&self, number: u64) -> String {
        self.sheet.origin.numbered(number)
    }
}
