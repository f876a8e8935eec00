//! What one row says, by the names of fields, after its cells were read.

use std::borrow::Cow;

use super::cell::Expected;

/// The cells of a row that are used for a part, each in the words of the canonical files; a cell that is empty or not
/// there says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Says<'a> {
    /// A dozen at the most, so that looking through all of them is quick.
    cells: Vec<(&'static str, Cow<'a, str>)>,
    /// The cells that cannot be read, which say nothing.
    pub bad: Vec<Bad>,
}

/// A cell that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad {
    /// The field that it would be.
    pub field: &'static str,
    /// Its column.
    pub at: usize,
    /// What was expected, to go on after `"…" is not`.
    pub expected: Expected,
}

impl<'a> Says<'a> {
    /// Adds what a field says; what it said before does not count any more.
    pub fn put(&mut self, name: &'static str, text: Cow<'a, str>) {
        if text.is_empty() {
            return;
        }
        match self.cells.iter_mut().find(|(other, _)| *other == name) {
            Some((_, said)) => *said = text,
            None => self.cells.push((name, text)),
        }
    }

    /// Whether the field would say something, if it could be read.
    pub fn is_bad(&self, name: &str) -> bool {
        self.bad.iter().any(|bad| bad.field == name)
    }

    /// What the field says; empty where it says nothing.
    pub fn text(&self, name: &str) -> &str {
        self.cells.iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text)
    }

    /// What the field says, to be kept; empty where it says nothing.
    pub fn take(&mut self, name: &str) -> Cow<'a, str> {
        let cell = self.cells.iter_mut().find(|(other, _)| *other == name);
        cell.map(|(_, text)| std::mem::take(text)).unwrap_or_default()
    }

    /// The first of these that says something.
    pub fn first(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// The canonical cells of a row.
pub type Cells<'a> = Vec<Cow<'a, str>>;
