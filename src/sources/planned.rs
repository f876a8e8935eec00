//! A table that is used: what its columns become and how their cells are read.

use std::{borrow::Cow, collections::BTreeSet};

use ::contracts::{Line, delivery, facts::Part};

use super::{
    cell::{self, Expected},
    fields::{Field, unit_in},
    named::{Named, Names},
    problem::{Problem, quoted},
    recognise::{Becomes, Layout, Why},
    says::{Bad, Says},
    table::{Row, Survey, Table},
    values::{Ambiguous, Decision, Kind, Reading, Said},
};
use crate::words::list;

/// The status of a company that is no customer yet.
pub(super) const PROSPECT: &str = "prospect";

/// How many words for a state that are not known are told.
const STATES: usize = 3;

/// A table that is used.
#[derive(Debug)]
pub struct Planned {
    /// The table.
    pub table: Table,
    /// What its columns become.
    pub layout: Layout,
    /// Whether that was remembered, or said.
    pub is_known: bool,
    /// Whether it only adds to customers whom another table names; none where nothing is remembered of it.
    pub adds: Option<bool>,
    /// What the columns become by their names, whatever is in them this time.
    pub recognised: Vec<Becomes>,
    /// What a look at every row has shown.
    pub survey: Survey,
    /// How the cells of each column are read; none for those that are left out.
    readings: Vec<Option<Reading>>,
    /// The currency of the source, which a sign may stand for.
    currency: Option<Line>,
    /// The currency that the header of each column names.
    currencies: Vec<Option<&'static str>>,
    /// The columns that name the customer of a row.
    names: Names,
}

/// Why a table cannot be read yet.
#[derive(Debug)]
pub enum NotRead {
    /// It cannot be read at all.
    Problem(Problem),
    /// A column can be read in two ways.
    Open(Ambiguous),
}

impl Planned {
    /// Looks at every row, and decides how each column is read.
    ///
    /// # Errors
    /// The file cannot be read to its end, or a column in two ways.
    pub fn of(
        table: Table,
        mut layout: Layout,
        is_known: bool,
        said: &Said,
        currency: Option<Line>,
    ) -> Result<Self, NotRead> {
        let recognised = layout.columns.clone();
        let is_canonical =
            layout.is_canonical(&table.header.iter().map(|title| title.written.as_str()).collect::<Vec<_>>());
        let columns = layout.columns.iter().enumerate().filter_map(|(at, becomes)| Some((at, kind(becomes)?)));
        let columns = columns.collect::<Vec<_>>();
        let survey = table.survey(&columns).map_err(NotRead::Problem)?;
        let mut readings = vec![None; layout.columns.len()];
        let units = table.header.iter().map(|title| unit_in(&title.written)).collect::<Vec<_>>();
        for ((at, kind), reading) in columns.iter().zip(survey.decide(said)) {
            let places = if matches!(kind, Kind::Money | Kind::Number) { units[*at].places } else { 0 };
            readings[*at] = Some(reading.map_err(NotRead::Open)?.in_unit(places));
        }
        // A column of words for nothing clears nothing.
        for ((at, _), _) in columns.iter().zip(&survey.columns).filter(|(_, seen)| seen.is_void()) {
            let clears = |part: Part, name: &str| delivery::columns::names(part).contains(&name);
            if matches!(&layout.columns[*at], Becomes::Field(part, field) if clears(*part, field.name)) {
                layout.columns[*at] = Becomes::Nothing(Why::Empty);
            }
        }
        let has_closed = layout.column("closed_on").is_some();
        for (at, becomes) in layout.columns.iter_mut().enumerate() {
            let is_status =
                matches!(kind(becomes), Some(Kind::CustomerStatus | Kind::ContractState | Kind::TicketState));
            if is_status && readings[at].as_ref().is_some_and(|reading| !knows(reading, &table, at)) {
                if kind(becomes) == Some(Kind::TicketState) && !has_closed {
                    return Err(NotRead::Problem(unknown_states(&table, at, readings[at].as_ref())));
                }
                *becomes = Becomes::Nothing(Why::Lacks("its words are not those of a status"));
            }
        }
        let names = Names::of(&layout, is_canonical);
        let currencies = units.into_iter().map(|unit| unit.currency).collect();
        let mut planned =
            Self { table, layout, is_known, adds: None, recognised, survey, readings, currency, currencies, names };
        planned.note_sign();
        Ok(planned)
    }

    /// Whether it may say who there is.
    pub fn may_name(&self) -> bool {
        self.names_customers() && self.adds != Some(true)
    }

    /// Whether each of its rows is of a customer, by its name or an id of its own.
    pub fn names_customers(&self) -> bool {
        self.layout.parts.first() == Some(&Part::Customers)
    }

    /// Keeps to be told that a sign of several currencies was read as one of them, where nothing says which.
    fn note_sign(&mut self) {
        if self.layout.column("currency").is_some() || self.currency.is_some() {
            return;
        }
        for (at, reading) in self.readings.iter_mut().enumerate() {
            let Some(reading) = reading.as_mut().filter(|reading| reading.kind == Kind::Money) else { continue };
            if unit_in(&self.table.header[at].written).currency.is_some() {
                continue;
            }
            let cells = self.table.sample.iter().filter_map(|row| row.cells.get(at));
            let mark = cells.filter_map(|cell| reading.money(cell).ok()?.1).find(|mark| !mark.is_certain());
            if let Some(currency) = mark.and_then(|mark| mark.currency(None, None)) {
                reading.decisions.push(Decision::Sign(currency.to_owned()));
            }
        }
    }

    /// What was decided, each as one sentence behind the name of the table or of a column.
    pub fn decisions(&self) -> impl Iterator<Item = String> {
        let place = &self.table.place;
        let notes = self.table.notes.iter().chain(&self.survey.notes).map(move |note| format!("{place}: {note}"));
        let columns = self.readings.iter().zip(&self.table.header);
        let read = columns.filter_map(|(reading, title)| Some((reading.as_ref()?, title)));
        let read = read.flat_map(move |(reading, title)| {
            reading.decisions.iter().map(move |decision| format!("{place}, column {}: {decision}", title.shown))
        });
        notes.chain(read)
    }

    /// What a cell says in the words of the canonical files.
    ///
    /// # Errors
    /// What was expected instead.
    fn cell<'a>(&self, row: &'a Row, at: usize) -> Result<Cow<'a, str>, Expected> {
        let text = row.cells.get(at).unwrap_or_default();
        self.readings[at].as_ref().map_or(Ok(Cow::Borrowed("")), |reading| reading.read(text))
    }

    /// What a row says of a part, as far as its cells can be read.
    pub fn says<'a>(&'a self, row: &'a Row, part: Part) -> Says<'a> {
        let mut says = Says::default();
        for (at, becomes) in self.layout.columns.iter().enumerate() {
            let Becomes::Field(of, field) = becomes else { continue };
            if *of != part {
                continue;
            }
            let read = if field.kind == Kind::Money {
                self.money(row, at, field, &mut says)
            } else {
                self.cell(row, at).and_then(|text| score(field, text)).map(|text| says.put(field.name, text))
            };
            if let Err(expected) = read {
                says.bad.push(Bad { field: field.name, at, expected });
            }
        }
        says
    }

    /// An amount, and the currency that stands beside it; neither where that cannot be read.
    fn money<'a>(&'a self, row: &'a Row, at: usize, field: &Field, says: &mut Says<'a>) -> Result<(), Expected> {
        let Some(reading) = &self.readings[at] else { return Ok(()) };
        let (amount, mark) = reading.money(row.cells.get(at).unwrap_or_default())?;
        // What is wrong with the currency is told of its own column.
        let Ok(own) = self.layout.column("currency").map(|at| self.cell(row, at)).transpose() else { return Ok(()) };
        let own = own.unwrap_or_default();
        let named = self.currencies[at];
        let row_says = Some(own).filter(|own| !own.is_empty()).or(named.map(Cow::Borrowed));
        let currency = match mark {
            Some(mark) => {
                let currency = mark.currency(row_says.as_deref(), self.currency.as_ref().map(Line::as_str));
                Cow::Owned(currency.ok_or("an amount in the currency that its row names")?.to_owned())
            }
            None => row_says.unwrap_or_default(),
        };
        says.put(field.name, amount);
        says.put("currency", currency);
        Ok(())
    }

    /// Whether a row is of a company that is no customer yet.
    pub fn is_prospect(&self, row: &Row) -> bool {
        let status = self.layout.column_of(Part::Customers, "status").and_then(|at| self.cell(row, at).ok());
        status.is_some_and(|status| status == PROSPECT)
    }

    /// What the points of a row are: the column, what is measured, and the value; and the cells that cannot be read.
    pub fn points<'a>(&'a self, row: &'a Row) -> (Vec<(&'a Becomes, Cow<'a, str>)>, Vec<Bad>) {
        let (mut points, mut bad) = (Vec::new(), Vec::new());
        for (at, becomes) in self.layout.columns.iter().enumerate() {
            if !matches!(becomes, Becomes::Point(_) | Becomes::Metric(_)) {
                continue;
            }
            let read = self.cell(row, at);
            match read.and_then(|value| if value.is_empty() { Ok(value) } else { cell::value(&value).map(|_| value) }) {
                Ok(value) => points.push((becomes, value)),
                Err(expected) => bad.push(Bad { field: "value", at, expected }),
            }
        }
        (points, bad)
    }

    /// Which customer a row names, by the cells that can be read.
    pub fn reference<'a>(&'a self, row: &'a Row) -> Named<'a> {
        self.names.read(|at| self.cell(row, at).unwrap_or_default())
    }
}

/// An answer to a survey that has a column of its own, where it is one.
fn score<'a>(field: &Field, text: Cow<'a, str>) -> Result<Cow<'a, str>, Expected> {
    let read = match field.name {
        "nps" => cell::nps,
        "csat" => cell::csat,
        _ => return Ok(text),
    };
    if text.is_empty() { Ok(text) } else { read(&text).map(|_| text) }
}

/// Whether most of the cells that were looked at can be read.
fn knows(reading: &Reading, table: &Table, at: usize) -> bool {
    let cells = table.sample.iter().filter_map(|row| row.cells.get(at));
    let read = cells.map(|cell| reading.read(cell).is_ok()).collect::<Vec<_>>();
    read.iter().filter(|is_read| **is_read).count() * 2 >= read.len()
}

/// That nobody can tell which tickets are open.
fn unknown_states(table: &Table, at: usize, reading: Option<&Reading>) -> Problem {
    let cells = table.sample.iter().filter_map(|row| row.cells.get(at)).map(str::trim);
    let unknown =
        cells.filter(|cell| reading.is_none_or(|reading| reading.read(cell).is_err())).collect::<BTreeSet<_>>();
    let unknown = unknown.into_iter().take(STATES).map(quoted).collect::<Vec<_>>();
    let (column, file) = (&table.header[at].shown, table.place.to_string().replace(", sheet ", "#"));
    let what = format_args!(
        "column {column} says which tickets are open, in words that are not known, such as {}: write open or closed; or say \
         --map \"{file}:{column}=-\", and all count as open",
        list(&unknown)
    );
    Problem::of(&table.place, what)
}

/// How the cells of a column are read.
fn kind(becomes: &Becomes) -> Option<Kind> {
    match becomes {
        Becomes::Field(_, field) => Some(field.kind),
        Becomes::Point(_) | Becomes::Metric(_) => Some(Kind::Number),
        Becomes::Nothing(_) => None,
    }
}
