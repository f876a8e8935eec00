//! What is wrong with the files: where, what stands there, and what was expected.

use std::fmt;

use contracts::Line;

use super::rejects::Reject;

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
}

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.total += 1;
        if self.first.len() < SHOWN {
            self.first.push(problem);
        }
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { first: vec![problem], total: 1 }
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
        match self.total - self.first.len() {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}

impl std::error::Error for Problems {}
