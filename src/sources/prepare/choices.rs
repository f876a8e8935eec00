//! What somebody decided: on the command line, in an answer, or in what was remembered.

use std::{collections::BTreeMap, str::FromStr};

use ::contracts::{Line, facts::Part};

use crate::sources::{
    fields::{Field, folded},
    known::Known,
    links::Links,
    planned::Planned,
    problem::Problem,
    recognise::{Becomes, SaidOf},
    saved::{NoField, Saved, SavedFile, field, pattern},
    table::{Place, Table},
    values::{DayOrder, Decimals, Ranks, Said},
};

/// What a column is, as somebody says it: `FILE:COLUMN=PART.FIELD`, or `-` for nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    file: String,
    column: String,
    field: Option<(Part, &'static Field)>,
}

/// A text that says of no column what it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum NoMapping {
    #[error("write it as FILE:COLUMN=FIELD, such as \"tickets.csv:Created=tickets.opened_on\"")]
    Shape,
    #[error(transparent)]
    Field(#[from] NoField),
}

impl FromStr for Mapped {
    type Err = NoMapping;

    fn from_str(text: &str) -> Result<Self, NoMapping> {
        let (place, name) = text.rsplit_once('=').ok_or(NoMapping::Shape)?;
        let (file, column) = place.split_once(':').ok_or(NoMapping::Shape)?;
        if file.is_empty() || column.trim().is_empty() {
            return Err(NoMapping::Shape);
        }
        Ok(Self { file: pattern(file), column: column.trim().to_owned(), field: field(name.trim())? })
    }
}

impl Mapped {
    /// What somebody answered of a column.
    pub(super) fn answered(place: &str, column: &str, field: Option<(Part, &'static Field)>) -> Self {
        Self { file: pattern(&place.replace(", sheet ", "#")), column: column.to_owned(), field }
    }
}

/// Everything that was decided.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// What columns are.
    pub maps: Vec<Mapped>,
    /// Which number of a date comes first.
    pub dates: Option<DayOrder>,
    /// Which mark stands before decimals.
    pub decimals: Option<Decimals>,
    /// What a priority of 1 is.
    pub priorities: Option<Ranks>,
    /// The currency of amounts without one.
    pub currency: Option<Line>,
    /// Whether customers of different systems are one where their names are.
    pub accepts_names: bool,
    /// Whether the mapping was seen and is right.
    pub is_confirmed: bool,
}

impl Choices {
    /// What was said of values, now or before.
    pub(super) fn said(&self, saved: &Saved) -> Said {
        Said {
            dates: self.dates.or(saved.dates),
            decimals: self.decimals.or(saved.decimals),
            priorities: self.priorities.or(saved.priorities),
        }
    }

    /// The currency of amounts without one, as it was said now or before.
    pub(super) fn currency_of(&self, saved: &Saved) -> Option<Line> {
        self.currency.clone().or_else(|| saved.currency.as_deref().map(Line::new))
    }

    /// What was said of the columns of a table, now or before.
    ///
    /// # Errors
    /// A column that somebody names now is not there.
    pub(super) fn of(&self, table: &Table, saved: &Saved) -> Result<SaidOf, Problem> {
        let key = key(&table.place);
        let mut said = SaidOf::new();
        let remembered = saved.of(&key).into_iter().flat_map(|file| &file.columns);
        for (column, text) in remembered {
            if let (Some(at), Ok(field)) = (column_at(table, column), field(text)) {
                said.insert(at, field);
            }
        }
        for mapped in self.maps.iter().filter(|mapped| mapped.file == pattern(&key)) {
            let Some(at) = column_at(table, &mapped.column) else {
                let there = table.header.iter().map(|title| title.shown.as_str()).collect::<Vec<_>>().join(", ");
                let what = format_args!("there is no column {}; there are {there}", mapped.column);
                return Err(Problem::of(&table.place, what));
            };
            // A field is one column: what it was before is not it any more.
            said.retain(|_, field| field.is_none() || *field != mapped.field);
            said.insert(at, mapped.field);
        }
        Ok(said)
    }

    /// What is to be remembered, with what was decided now.
    pub(super) fn saved(&self, before: &Saved, tables: &[Planned], known: &Known, links: Links) -> Saved {
        let mut saved = before.clone();
        saved.dates = self.dates.or(saved.dates);
        saved.decimals = self.decimals.or(saved.decimals);
        saved.priorities = self.priorities.or(saved.priorities);
        saved.currency = self.currency.as_ref().map(ToString::to_string).or(saved.currency);
        saved.links = links;
        let is_new = |planned: &Planned| !planned.is_known || before.of(&key(&planned.table.place)).is_none();
        for (at, planned) in tables.iter().enumerate().filter(|(_, planned)| is_new(planned)) {
            let columns = planned.recognised.iter().zip(&planned.table.header);
            let columns = columns.filter_map(|(becomes, title)| Some((title.shown.clone(), remembered(becomes)?)));
            let name = pattern(&key(&planned.table.place));
            saved.files.retain(|file| file.name != name);
            let parts = planned.layout.parts.clone();
            let adds = parts.first() == Some(&Part::Customers) && !known.is_main(at);
            let columns = columns.collect::<BTreeMap<_, _>>();
            saved.files.push(SavedFile { name, parts, adds, of_others: false, columns });
        }
        saved
    }
}

/// What is remembered of a column.
fn remembered(becomes: &Becomes) -> Option<String> {
    match becomes {
        Becomes::Field(part, field) => Some(format!("{}.{}", part.as_str(), field.name)),
        Becomes::Nothing(crate::sources::recognise::Why::Said) => Some("-".to_owned()),
        _ => None,
    }
}

/// The name by which a table is remembered.
pub(super) fn key(place: &Place) -> String {
    let file = place.file.rsplit('/').next().unwrap_or_default();
    match &place.sheet {
        Some(sheet) => format!("{file}#{sheet}"),
        None => file.to_owned(),
    }
}

/// The column that somebody names: as it is shown, else as names are compared.
fn column_at(table: &Table, name: &str) -> Option<usize> {
    let shown = table.header.iter().position(|title| title.shown == name);
    shown.or_else(|| table.header.iter().position(|title| folded(&title.written) == folded(name)))
}
