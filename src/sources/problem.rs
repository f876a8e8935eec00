//! What is wrong with the files: where, what stands there, and what was expected.

use std::fmt;

use contracts::Line;

use super::{cell::Expected, origin::Origin};

/// How many problems are told; the rest is counted.
pub const SHOWN: usize = 20;

/// The longest value that is quoted, in characters.
const QUOTED: usize = 40;

/// One thing that is wrong, as one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A whole file, section or import will not do.
    Whole(String),
    /// A row cannot be taken; the others can.
    Row(Box<Reject>),
}

impl Problem {
    /// A problem of a whole file or section.
    pub fn of(place: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self::Whole(format!("{place}: {what}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(sentence) => f.pad(sentence),
            Self::Row(reject) => reject.fmt(f),
        }
    }
}

/// A row or a cell that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// What was left out.
    pub lost: Lost,
    /// Where the row is.
    pub origin: Origin,
    /// Its line, or its place among a SELECT's rows.
    pub row: u64,
    /// The column.
    pub column: String,
    /// What the row says of its customer, as it stands there.
    pub customer: String,
    /// The cell's text.
    pub text: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is left out where a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// The whole row, which is nothing without the cell.
    Row,
    /// The cell alone.
    Cell,
}

impl Lost {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Cell => "cell",
        }
    }
}

/// A cell that cannot be read, and may do without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCell {
    /// The canonical columns that would be made of it: of them nothing is known now, so that they clear nothing either.
    pub columns: Vec<&'static str>,
    /// Where it is and what is wrong with it.
    pub reject: Reject,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is not what was expected.
    Not(Expected),
    /// It is empty, and this was expected.
    Empty(Expected),
    /// What it says is on another row already.
    Again {
        /// The other row, such as `line 2`.
        first: String,
    },
    /// Something else, to go on after the column's name.
    Other {
        /// What it has in common with others of its kind.
        kind: &'static str,
        /// What is wrong with this one.
        says: String,
    },
}

impl Why {
    /// What is wrong, where nothing else is to be said of this one than of others.
    pub fn always(kind: &'static str) -> Self {
        Self::Other { kind, says: kind.to_owned() }
    }

    /// What it has in common with others of its kind, to go on after the column's name.
    pub(super) fn kind(&self) -> String {
        match self {
            Self::Not(expected) => format!("is not {expected}"),
            Self::Empty(expected) => format!("is empty; expected {expected}"),
            Self::Again { .. } => "is there already".to_owned(),
            Self::Other { kind, .. } => (*kind).to_owned(),
        }
    }
}

impl Reject {
    /// What is wrong, to go on after the column's name.
    pub(super) fn says(&self) -> String {
        let text = quoted(&self.text);
        match &self.why {
            Why::Not(expected) => format!("{text} is not {expected}"),
            Why::Empty(expected) => format!("is empty; expected {expected}"),
            Why::Again { first } => format!("{text} is on {first} already"),
            Why::Other { says, .. } => says.clone(),
        }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, row, column, .. } = self;
        write!(f, "{origin}, {}, column {column}: {}", origin.numbered(*row), self.says())
    }
}

/// A foreign value in quotes, cleaned and cut.
pub fn quoted(value: &str) -> String {
    // Cleaning looks at each character, so cutting first keeps a huge cell cheap.
    let head = value.chars().take(QUOTED * 4).collect::<String>();
    let clean = Line::new(&head);
    let mut cut = clean.as_str().chars().take(QUOTED).collect::<String>();
    if cut.len() < clean.as_str().len() || head.len() < value.len() {
        cut.push('…');
    }
    format!("\"{cut}\"")
}

/// Everything that is wrong: the first [`SHOWN`] problems and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    first: Vec<Problem>,
    total: usize,
    /// What was decided about columns, which may be what is wrong.
    decided: Vec<String>,
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.total += 1;
        if self.first.len() < SHOWN {
            self.first.push(problem);
        }
    }

    /// Tells what was decided as well.
    #[must_use]
    pub fn decided(mut self, decisions: &[String]) -> Self {
        self.decided = decisions.iter().take(SHOWN).cloned().collect();
        self
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { first: vec![problem], total: 1, ..Self::default() }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.total {
            1 => f.write_str("nothing was imported:")?,
            total => write!(f, "nothing was imported, {total} problems:")?,
        }
        for problem in &self.first {
            write!(f, "\n  {problem}")?;
        }
        if let more @ 1.. = self.total - self.first.len() {
            write!(f, "\n  and {more} more")?;
        }
        self.decided.iter().try_for_each(|line| write!(f, "\n{line}"))
    }
}

impl std::error::Error for Problems {}
