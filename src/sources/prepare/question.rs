//! What has two readings, and what decides it.

use std::fmt;

use ::contracts::{Line, facts::Part};

use super::choices::{Choices, Mapped};
use crate::sources::{
    fields::{self, Field},
    values::{Ambiguous, DayOrder, Decimals, Open, Ranks},
};

/// How many pairs of names a question shows.
const PAIRS: usize = 20;

/// Something that nobody but the owner of the files knows.
#[derive(Debug)]
pub enum Question {
    /// Several columns could be one field.
    Column {
        /// Where they are.
        place: String,
        /// Of which part the field is.
        part: Part,
        /// The field.
        field: &'static Field,
        /// The columns.
        columns: Vec<String>,
    },
    /// A sum of which nothing says how often it is paid.
    Sum {
        /// Where it is.
        place: String,
        /// Its column.
        column: String,
    },
    /// A column can be read in two ways.
    Values {
        /// Where it is.
        place: String,
        /// What is open about it.
        open: Ambiguous,
    },
    /// Amounts have no currency.
    Currency {
        /// Where they are.
        place: String,
    },
    /// Customers of different systems would be one because their names are.
    Names {
        /// Who would be who.
        pairs: Vec<String>,
    },
    /// What the columns become was not seen before.
    Mapping(String),
}

/// An answer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Choice {
    Column(Mapped),
    Dates(DayOrder),
    Decimals(Decimals),
    Priorities(Ranks),
    Currency(Line),
    Names,
    Mapping,
}

impl Choices {
    /// Takes an answer.
    pub fn take(&mut self, choice: Choice) {
        match choice {
            Choice::Column(mapped) => self.maps.push(mapped),
            Choice::Dates(order) => self.dates = Some(order),
            Choice::Decimals(decimals) => self.decimals = Some(decimals),
            Choice::Priorities(ranks) => self.priorities = Some(ranks),
            Choice::Currency(currency) => self.currency = Some(currency),
            Choice::Names => self.accepts_names = true,
            Choice::Mapping => self.is_confirmed = true,
        }
    }
}

impl Question {
    /// The answers there are, each in words; none where the answer is a text.
    pub fn choices(&self) -> Vec<(String, Choice)> {
        match self {
            Self::Column { place, part, field, columns } => {
                let answered = |column: &String| Choice::Column(Mapped::answered(place, column, Some((*part, *field))));
                columns.iter().map(|column| (format!("the column {column}"), answered(column))).collect()
            }
            Self::Sum { place, column } => {
                let field = |name| Some((Part::Contracts, fields::named(Part::Contracts, name)?));
                let answered = |name: Option<_>| Choice::Column(Mapped::answered(place, column, name.and_then(field)));
                let words = [("each year", Some("arr")), ("each month", Some("mrr")), ("neither: leave it out", None)];
                words.map(|(words, name)| (words.to_owned(), answered(name))).into()
            }
            Self::Values { open, .. } => match open.what {
                Open::Days => vec![
                    ("the day first, as 24/12/2026".to_owned(), Choice::Dates(DayOrder::DayFirst)),
                    ("the month first, as 12/24/2026".to_owned(), Choice::Dates(DayOrder::MonthFirst)),
                ],
                Open::Decimals => vec![
                    ("a point, as 1,234.50".to_owned(), Choice::Decimals(Decimals::Point)),
                    ("a comma, as 1.234,50".to_owned(), Choice::Decimals(Decimals::Comma)),
                ],
                Open::Priorities => vec![
                    ("1 is the most urgent".to_owned(), Choice::Priorities(Ranks::FirstIsHighest)),
                    ("1 is the least urgent".to_owned(), Choice::Priorities(Ranks::FirstIsLowest)),
                ],
            },
            Self::Currency { .. } => Vec::new(),
            Self::Names { .. } => vec![("yes, they are the same".to_owned(), Choice::Names)],
            Self::Mapping(_) => vec![("yes, import it so".to_owned(), Choice::Mapping)],
        }
    }

    /// What to ask on a terminal.
    pub fn asked(&self) -> String {
        match self {
            Self::Column { place, part, field, .. } => {
                format!("{place}: which column is {}.{}?", part.as_str(), field.name)
            }
            Self::Sum { place, column } => format!("{place}: how often is {column} paid?"),
            Self::Values { place, open } => {
                format!("{place}, column {}: {} can be read in two ways.", open.column, open.example)
            }
            Self::Currency { place } => format!("{place}: in which currency are amounts without one (USD, EUR, …)?"),
            Self::Names { pairs } => format!("Found by name alone:\n{}\nAre these the same?", listed(pairs)),
            Self::Mapping(mapping) => format!("{mapping}\nImport it so?"),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column { place, part, field, columns } => {
                let (part, field) = (part.as_str(), field.name);
                let all = columns.iter().map(|column| format!("{column:?}")).collect::<Vec<_>>().join(" and ");
                write!(f, "{place}: {all} could each be {part}.{field}; say which one is, such as ")?;
                write!(f, "--map \"{}:{}={part}.{field}\"", place.replace(", sheet ", "#"), columns[0])
            }
            Self::Sum { place, column } => {
                let file = place.replace(", sheet ", "#");
                write!(f, "{place}: nothing says how often {column:?} is paid; if each year, say ")?;
                write!(f, "--map \"{file}:{column}=contracts.arr\", if each month =contracts.mrr, to leave it out =-")
            }
            Self::Values { place, open } => write!(f, "{place}: {open}"),
            Self::Currency { place } => {
                write!(
                    f,
                    "{place}: there are amounts without a currency; say which one they are in, such as --currency USD"
                )
            }
            Self::Names { pairs } => {
                write!(f, "these customers were found by name alone:\n{}\n", listed(pairs))?;
                f.write_str("if they are the same, say --match-names; it is remembered")
            }
            Self::Mapping(mapping) => {
                write!(f, "{mapping}\nthis was not seen before; if it is right, say --yes, and it is remembered")
            }
        }
    }
}

fn listed(pairs: &[String]) -> String {
    let shown = pairs.iter().take(PAIRS).map(|pair| format!("  {pair}"));
    let more = pairs.len().saturating_sub(PAIRS);
    let more = (more > 0).then(|| format!("  and {more} more"));
    shown.chain(more).collect::<Vec<_>>().join("\n")
}
