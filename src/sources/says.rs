//! What one row says, by the names of fields, after its cells were read.

use std::collections::BTreeMap;

/// The cells of a row that are used for a part, each in the words of the canonical files; a cell that is empty or not
/// there says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Says {
    cells: BTreeMap<&'static str, String>,
}

impl Says {
    /// Adds what a field says.
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.put(name, text.into());
        self
    }

    /// Adds what a field says.
    pub fn put(&mut self, name: &'static str, text: String) {
        if !text.is_empty() {
            self.cells.insert(name, text);
        }
    }

    /// What the field says; empty where it says nothing.
    pub fn text(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    /// The first of these that says something.
    pub fn first(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }
}
