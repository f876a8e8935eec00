//! What was decided about a column and why, and what only somebody else can decide; in words in one place.

use std::fmt;

use super::{DayOrder, Decimals, Ranks};
use crate::{
    sources::problem::quoted,
    words::{count, list},
};

/// Why a column is read as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// This cell of it can be read in no other way.
    Cell(String),
    /// This cell of another column of the table can be read in no other way.
    Other {
        /// The cell.
        cell: String,
        /// The name of its column.
        column: String,
    },
    /// Somebody said so.
    Said,
    /// All that can be read in two ways are commas before three digits, as English has them, in a file without
    /// semicolons between its columns, as others have them.
    Commas,
}

/// Something that was decided about a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Which number of its days comes first.
    Days(DayOrder, Because),
    /// Which mark stands before its decimals.
    Decimals(Decimals, Because),
    /// A figure such as `120k` or `45%`, and what it was read as.
    Figure {
        /// The cell.
        text: String,
        /// The number.
        read: String,
    },
    /// The name of the column says by how many decimal places its figures are moved up.
    Unit(i8),
    /// Days with dots have the day first; an example.
    Dots(String),
    /// Days as Excel numbers them; an example.
    Excel(String),
    /// Days as seconds since 1970; an example.
    Epoch(String),
    /// Weeks, months or quarters, which stand for their last days; an example.
    Stretches(String),
    /// Ids that a program took for figures; an example.
    FigureIds(String),
    /// Words that were read as others.
    Words {
        /// Each with what it was read as.
        words: Vec<(String, &'static str)>,
        /// Whether there are no others.
        are_all: bool,
    },
    /// Cells that say that there is nothing, which count as empty.
    Placeholders {
        /// One of them.
        example: String,
        /// How many there are.
        cells: u64,
        /// Whether the column has nothing else, so that nothing is known of it.
        is_all: bool,
    },
    /// Priorities that are numbers.
    Ranks(Ranks),
    /// Cells without a priority, which is then normal.
    NoPriority(u64),
    /// `NA` beside other regions.
    NorthAmerica,
    /// The sign of an amount was taken for this currency, though it may stand for others.
    Sign(String),
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(DayOrder::DayFirst, because) => write!(f, "dates read day first, {because}"),
            Self::Days(DayOrder::MonthFirst, because) => write!(f, "dates read month first, {because}"),
            Self::Decimals(Decimals::Point, because) => write!(f, "numbers read with a decimal point, {because}"),
            Self::Decimals(Decimals::Comma, because) => write!(f, "numbers read with a decimal comma, {because}"),
            Self::Figure { text, read } => write!(f, "figures such as {} read as {read}", quoted(text)),
            Self::Unit(places) => {
                let unit = match places {
                    ..0 => "cents",
                    0..6 => "thousands",
                    6.. => "millions",
                };
                write!(f, "figures read as {unit}, because the name of the column says so")
            }
            Self::Dots(example) => write!(f, "dates read day first, because they have dots ({example})"),
            Self::Excel(example) => write!(f, "numbers such as {example} read as Excel's numbers of days"),
            Self::Epoch(example) => {
                let unit = if example.len() > 10 { "milliseconds" } else { "seconds" };
                write!(f, "numbers such as {example} read as {unit} since 1970")
            }
            Self::Stretches(example) => {
                write!(f, "weeks, months and quarters such as {} read as their last days", quoted(example))
            }
            Self::FigureIds(example) => {
                write!(f, "ids such as {} read without the \".0\", which a program put behind them", quoted(example))
            }
            Self::Words { words, are_all } => {
                let read = words.iter().map(|(word, read)| format!("{} as {read}", quoted(word)));
                let more = (!are_all).then(|| "others by the same table".to_owned());
                write!(f, "read {}", list(&read.chain(more).collect::<Vec<_>>()))
            }
            Self::Placeholders { example, is_all: true, .. } => {
                write!(f, "holds nothing but cells such as {}: left out, nothing is cleared", quoted(example))
            }
            Self::Placeholders { example, cells, .. } => {
                write!(f, "{} such as {} counted as empty", count(*cells, "cell"), quoted(example))
            }
            Self::Ranks(ranks) => {
                let words = match ranks {
                    Ranks::FirstIsHighest => "1 as urgent, 2 as high, 3 as normal, 4 and 5 as low",
                    Ranks::FirstIsLowest => "1 as low, 2 as normal, 3 as high, 4 and 5 as urgent",
                };
                write!(f, "numbers read as priorities, as said: {words}")
            }
            Self::NoPriority(cells) => write!(f, "{} without a priority read as normal", count(*cells, "cell")),
            Self::NorthAmerica => f.write_str("\"NA\" read as a region, because others are beside it"),
            Self::Sign(currency) => write!(f, "\"$\" read as {currency}"),
        }
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell(cell) => write!(f, "because {} is in the column", quoted(cell)),
            Self::Other { cell, column } => write!(f, "because {} is in the column {column}", quoted(cell)),
            Self::Said => f.write_str("as said"),
            Self::Commas => f.write_str("because a comma before three digits groups thousands in English"),
        }
    }
}

/// A column that can be read in two ways; nobody but its owner knows which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    /// The name of the column.
    pub column: String,
    /// What is open.
    pub what: Open,
    /// A cell that can be read in both ways.
    pub example: String,
    /// Cells that can each be read in one way alone, and contradict each other.
    pub contradiction: Option<(String, String)>,
}

/// What is open about a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Which number of a day comes first.
    Days,
    /// Which mark stands before decimals.
    Decimals,
    /// Whether a priority of 1 is the most or the least urgent.
    Priorities,
}

impl Open {
    /// The option of the command line that decides, with its values.
    pub fn option(self) -> &'static str {
        match self {
            Self::Days => "--dates dmy or --dates mdy",
            Self::Decimals => "--decimals comma or --decimals point",
            Self::Priorities => "--priorities 1-high (1 is the most urgent) or --priorities 1-low",
        }
    }
}

impl fmt::Display for Ambiguous {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (column, example) = (&self.column, quoted(&self.example));
        let says = match self.what {
            Open::Days => "which number of a date is the day",
            Open::Decimals => "which mark stands before decimals",
            Open::Priorities => "whether 1 is the most or the least urgent",
        };
        match &self.contradiction {
            Some((one, other)) => {
                write!(f, "column {column} has {} and {}, which contradict each other", quoted(one), quoted(other))?;
            }
            None => write!(f, "column {column} does not show {says} ({example} can be read in two ways)")?,
        }
        write!(f, ": say {}", self.what.option())
    }
}
