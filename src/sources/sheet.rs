//! One table of text cells on its way in, whether it is a CSV file or a preset's SELECT: its header, and its rows one
//! by one.

use csv::StringRecord;

use super::{
    cell::Expected,
    origin::Origin,
    problem::{BadCell, Lost, Problem, Reject, Why, quoted},
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
    /// The columns of the file that these are made of, by what they are called there; none where they bear the same names.
    titles: Vec<(&'static str, String)>,
    /// The columns nobody asked for, as they stand in the header.
    pub ignored: Vec<String>,
}

impl Sheet {
    /// Finds the `known` columns (of a [`Table`](super::canonical::Table)) in `header`, in whatever order they are.
    ///
    /// # Errors
    /// A known column that is there twice.
    pub fn new(origin: Origin, header: &StringRecord, known: &[(&'static str, &'static str)]) -> Result<Self, Problem> {
        let mut sheet = Self { origin, columns: Vec::new(), titles: Vec::new(), ignored: Vec::new() };
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

    /// The same, of a file that calls these columns otherwise.
    #[must_use]
    pub fn titled(self, titles: Vec<(&'static str, String)>) -> Self {
        Self { titles, ..self }
    }

    /// What the file calls a column.
    pub fn title(&self, column: &str) -> String {
        let titled = self.titles.iter().find(|(name, _)| *name == column);
        titled.map_or(column, |(_, title)| title).to_owned()
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
        Row { sheet: self, number, cells, from, bad: Vec::new() }
    }
}

/// One row of a [`Sheet`].
#[derive(Debug)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    number: u64,
    cells: &'a StringRecord,
    from: Option<(&'a str, u64)>,
    /// The cells that cannot be read; the row does without them.
    bad: Vec<BadCell>,
}

impl Row<'_> {
    /// The same, of which some cells could not be read before it was made.
    #[must_use]
    pub fn without(self, bad: Vec<BadCell>) -> Self {
        Self { bad, ..self }
    }

    /// The cells that were left out.
    pub fn into_bad(self) -> Vec<BadCell> {
        self.bad
    }

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
            if !text.is_empty() {
                return self.problem(column, Why::Not(expected));
            }
            self.bad(column).unwrap_or_else(|| self.problem(column, Why::Empty(expected)))
        })
    }

    /// Reads an id, which may be empty or not there, and is nothing to do without where it says something.
    ///
    /// # Errors
    /// The cell says something that is not what `read` expects.
    pub fn own_id<T>(&self, column: &str, read: fn(&str) -> Result<T, Expected>) -> Result<Option<T>, Problem> {
        let is_there = !self.text(column).is_empty() || self.bad(column).is_some();
        is_there.then(|| self.required(column, read)).transpose()
    }

    /// Why nothing is known of `column`, where its cell cannot be read.
    pub fn bad(&self, column: &str) -> Option<Problem> {
        let bad = self.bad.iter().find(|bad| bad.columns.contains(&column))?;
        Some(Problem::Row(Box::new(bad.reject.clone())))
    }

    /// Reads a cell that may be empty or not there. One that is not what `read` expects is left out.
    pub fn optional<T>(&mut self, column: &'static str, read: fn(&str) -> Result<T, Expected>) -> Option<T> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        match read(text) {
            Ok(cell) => Some(cell),
            Err(expected) => {
                self.leave_out(column, Why::Not(expected));
                None
            }
        }
    }

    /// Leaves out what stands in `column`, and keeps the row.
    pub fn leave_out(&mut self, column: &'static str, why: Why) {
        self.bad.push(BadCell { columns: vec![column], reject: self.reject(column, why) });
    }

    /// The row cannot be taken because of what stands in `column`.
    pub fn problem(&self, column: &str, why: Why) -> Problem {
        Problem::Row(Box::new(self.reject(column, why)))
    }

    fn reject(&self, column: &str, why: Why) -> Reject {
        let own = || (self.sheet.origin.clone(), self.number);
        let (origin, row) = self.from.map_or_else(own, |(file, line)| (Origin::File(file.to_owned()), line));
        Reject {
            lost: Lost::Row,
            origin,
            row,
            column: self.sheet.title(column),
            customer: self.text("customer_id").to_owned(),
            text: self.text(column).to_owned(),
            why,
        }
    }

    /// What stands in `column` was on the row `first` already.
    pub fn again(&self, column: &str, first: u64) -> Problem {
        self.problem(column, Why::Again { first: self.numbered(first) })
    }

    /// The table it is of.
    pub fn sheet(&self) -> &Sheet {
        self.sheet
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
