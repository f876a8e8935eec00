//! Where rows come from.

use std::fmt;

/// Where a table comes from, and how its rows are counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file's name; rows are lines.
    File(String),
    /// A preset's section; rows are counted from 1.
    Section {
        /// The preset's name or path.
        preset: String,
        /// The section's name.
        section: &'static str,
    },
}

impl Origin {
    /// A row's number in words, such as `line 7`.
    pub fn numbered(&self, number: u64) -> String {
        match self {
            Self::File(_) => format!("line {number}"),
            Self::Section { .. } => format!("row {number}"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => f.pad(name),
            Self::Section { preset, section } => write!(f, "preset {preset}, section {section}"),
        }
    }
}
