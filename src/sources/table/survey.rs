//! The two ways through a table: one that looks at everything and decides, one that reads by what was decided.

use std::{collections::BTreeMap, io, iter::Peekable, vec};

use csv::StringRecord;

use super::{
    Note, Row, Table,
    dialect::is_blank,
    encoding::before_twice,
    first_words, fitted,
    layout::{Footer, filled, is_header, is_other_header, is_total},
    raw::Raw,
    side_by_side,
    sides::Sides,
    two_tables, unreadable, until_last,
};
use crate::sources::{
    origin::Origin,
    problem::{Lost, Problem, Reject, Why},
    values::{Ambiguous, Kind, Reading, Said, Seen},
};

/// What a look at every row of a table has shown.
#[derive(Debug)]
pub struct Survey {
    /// What the columns hold that were asked about, in the order in which they were asked about.
    pub columns: Vec<Seen>,
    /// How many rows there are, without totals and footer.
    pub rows: u64,
    /// What was decided about rows.
    pub notes: Vec<Note>,
    /// The lines of the rows that add others up, in their order.
    totals: Vec<u64>,
    /// The first line of the footer.
    footer: Option<u64>,
}

impl Survey {
    /// How each column is read that was asked about. A column that could be read in two ways is read as another column of
    /// the same table shows, else as somebody `said`; the error is that nobody knows.
    pub fn decide(&self, said: &Said) -> Vec<Result<Reading, Ambiguous>> {
        let others = self.columns.iter().filter_map(Seen::evidence).collect::<Vec<_>>();
        self.columns.iter().map(|seen| seen.decide(said, &others)).collect()
    }
}

impl Table {
    /// Looks at every row; `columns` are those whose cells are to be read, by place and by what they hold.
    ///
    /// # Errors
    /// The file cannot be read to its end.
    pub fn survey(&self, columns: &[(usize, Kind)]) -> Result<Survey, Problem> {
        let failed = |error: io::Error| unreadable(&self.place, &error);
        let seen = |&(at, kind): &(usize, Kind)| Seen::new(kind, &self.header[at].shown, self.text.dialect.delimiter);
        let mut survey = Survey {
            columns: columns.iter().map(seen).collect(),
            rows: 0,
            notes: Vec::new(),
            totals: Vec::new(),
            footer: None,
        };
        let mut see = |row: &StringRecord| {
            for (seen, (at, _)) in survey.columns.iter_mut().zip(columns) {
                seen.see(row.get(*at).unwrap_or_default());
            }
            survey.rows += 1;
        };
        let mut raw = self.below_header().map_err(failed)?;
        let mut footer = Footer::default();
        let (mut totals, mut headers, mut short) = (Vec::new(), Counted::default(), Counted::default());
        let (mut row, mut before) = (StringRecord::new(), StringRecord::new());
        let mut behind_blank = false;
        let (mut letters, mut bare) = (None, None);
        let mut twice = BTreeMap::<usize, (u64, (String, String))>::new();
        let width = self.header.len();
        let mut sides = Sides::new(&self.titles);
        while let Some(begin) = raw.next(&mut row).map_err(failed)? {
            behind_blank |= begin.behind_blank;
            if behind_blank && is_other_header(&row, &self.titles) {
                return Err(two_tables(&self.place, begin.line));
            }
            sides.see(&row);
            match self.what(&row, &before) {
                What::Blank => {
                    behind_blank = true;
                    continue;
                }
                What::Header => headers.add(begin.line),
                What::Total => totals.push((begin.line, first_words(&row))),
                What::Row if footer.may_take(&row, width, behind_blank) => {
                    footer.rows.push((begin.line, row.clone()));
                    continue;
                }
                What::Row => {
                    footer.rows.drain(..).for_each(|(_, row)| see(&row));
                    see(&row);
                    if width > 2 && filled(&row) == 1 {
                        bare.get_or_insert_with(|| (0, begin.line, first_words(&row))).0 += 1;
                    }
                    if row.len() < width {
                        short.add(begin.line);
                    }
                }
            }
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_ascii()) {
                letters.get_or_insert_with(|| cell.to_owned());
                if let Some(was) = before_twice(cell) {
                    let (cells, _) = twice.entry(at).or_insert_with(|| (0, (cell.to_owned(), was)));
                    *cells += 1;
                }
            }
            behind_blank = false;
            std::mem::swap(&mut row, &mut before);
        }
        if let Some(column) = sides.parting() {
            return Err(side_by_side(&self.place, column));
        }
        survey.totals = totals.iter().map(|(line, _)| *line).collect();
        let notes = &mut survey.notes;
        if let Some((line, first)) = totals.first().cloned() {
            notes.push(Note::Totals { rows: totals.len() as u64, line, first });
        }
        notes.extend(headers.first.map(|line| Note::Headers { rows: headers.rows, line }));
        notes.extend(bare.map(|(rows, line, first)| Note::Bare { rows, line, first }));
        notes.extend(short.first.map(|line| Note::Short { rows: short.rows, line }));
        if let Some((line, row)) = footer.rows.first() {
            survey.footer = Some(*line);
            notes.push(Note::Footer { rows: footer.rows.len() as u64, line: *line, first: first_words(row) });
        }
        notes.extend(twice.into_iter().filter_map(|(at, (cells, first))| {
            let column = self.header.get(at)?.shown.clone();
            Some(Note::Twice { column, cells, first })
        }));
        if !self.is_plain() {
            notes.push(Note::Encoding { encoding: self.text.encoding, example: letters });
        }
        Ok(survey)
    }

    /// The rows, without totals and footer.
    ///
    /// # Errors
    /// The file cannot be opened again.
    pub fn rows<'a>(&'a self, survey: &Survey) -> Result<Rows<'a>, Problem> {
        let raw = self.below_header().map_err(|error| unreadable(&self.place, &error))?;
        let totals = survey.totals.clone().into_iter().peekable();
        Ok(Rows { table: self, raw, row: StringRecord::new(), totals, footer: survey.footer, ended: false })
    }

    /// Reads up to the header.
    fn below_header(&self) -> io::Result<Raw> {
        let mut raw = self.text.rows()?;
        let mut row = StringRecord::new();
        while let Some(begin) = raw.next(&mut row)? {
            if begin.line >= self.header_line {
                break;
            }
        }
        Ok(raw)
    }

    /// What a row is; whether it is a total, by the row `before` it.
    fn what(&self, row: &StringRecord, before: &StringRecord) -> What {
        match row {
            row if is_blank(row) => What::Blank,
            row if is_total(row, before) => What::Total,
            row if is_header(row, &self.titles) => What::Header,
            _ => What::Row,
        }
    }
}

/// What a row is.
enum What {
    Blank,
    Header,
    Total,
    Row,
}

/// How many, and the line of the first.
#[derive(Debug, Default)]
struct Counted {
    rows: u64,
    first: Option<u64>,
}

impl Counted {
    fn add(&mut self, line: u64) {
        self.rows += 1;
        self.first.get_or_insert(line);
    }
}

/// The rows of a table. An error about one row leaves the rows behind it to be read.
pub struct Rows<'a> {
    table: &'a Table,
    raw: Raw,
    row: StringRecord,
    totals: Peekable<vec::IntoIter<u64>>,
    footer: Option<u64>,
    ended: bool,
}

impl Rows<'_> {
    /// How many bytes of [`Table::bytes`] were read.
    pub fn position(&self) -> u64 {
        self.raw.position()
    }

    /// Reads the next row into `row`; false at the end.
    ///
    /// # Errors
    /// The row has more cells than the header, or the file cannot be read on from here.
    pub fn read(&mut self, row: &mut Row) -> Result<bool, Problem> {
        let width = self.table.header.len();
        while !self.ended {
            let begin = match self.raw.next(&mut self.row) {
                Ok(Some(begin)) if self.footer.is_none_or(|footer| begin.line < footer) => begin,
                Ok(_) => break,
                Err(error) => {
                    self.ended = true;
                    return Err(unreadable(&self.table.place, &error));
                }
            };
            let is_total = self.totals.next_if(|line| *line == begin.line).is_some();
            if is_total || is_blank(&self.row) || is_header(&self.row, &self.table.titles) {
                continue;
            }
            if self.row.len() == width {
                std::mem::swap(&mut row.cells, &mut self.row);
            } else if self.row.iter().skip(width).all(|cell| cell.trim().is_empty()) {
                row.cells = fitted(&self.row, width);
            } else {
                return Err(self.too_wide(begin.line));
            }
            row.line = begin.line;
            return Ok(true);
        }
        self.ended = true;
        Ok(false)
    }
}

impl Rows<'_> {
    fn too_wide(&self, line: u64) -> Problem {
        let (cells, width) = (until_last(&self.row).len(), self.table.header.len());
        Problem::Row(Box::new(Reject {
            lost: Lost::Row,
            origin: Origin::File(self.table.place.to_string()),
            row: line,
            column: self.table.header[width - 1].shown.clone(),
            customer: String::new(),
            text: self.row.iter().skip(width).collect::<Vec<_>>().join(" "),
            why: Why::Other {
                kind: "is followed by more cells than the header has",
                says: format!("is followed by more cells than the header has: {cells}, and {width}"),
            },
        }))
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut row = Row::default();
        match self.read(&mut row) {
            Ok(true) => Some(Ok(row)),
            Ok(false) => None,
            Err(problem) => Some(Err(problem)),
        }
    }
}
