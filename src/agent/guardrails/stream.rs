//! What may be shown of a text while a model still writes it.

use contracts::Text;

use super::grounding::{Known, check};

/// Lets a growing text through as far as it has been checked.
#[derive(Debug)]
pub struct Gate<'a> {
    known: &'a Known,
    shown: Text,
}

impl<'a> Gate<'a> {
    /// A gate for one text that may rest on `known`.
    pub fn new(known: &'a Known) -> Self {
        Self { known, shown: Text::default() }
    }

    /// Takes the whole text so far. What may be shown of it, where that is news.
    pub fn take(&mut self, so_far: &str) -> Option<Text> {
        let may = Text::new(&check(so_far, self.known).text);
        (may != self.shown).then(|| {
            self.shown = may.clone();
            may
        })
    }
}
