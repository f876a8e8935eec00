//! What may be shown of a text while a model still writes it.

use contracts::Text;

use super::grounding::{Known, Verdicts, check_again, finished};

/// Lets a growing text through sentence by sentence: what a sentence says is certain only at its end, where `1` may have
/// become `1.5 million`, and a word the name of another customer. What was shown stays.
#[derive(Debug)]
pub struct Gate<'a> {
    known: &'a Known,
    /// What is finished, as it was written.
    finished: String,
    verdicts: Verdicts,
    shown: Text,
}

impl<'a> Gate<'a> {
    /// A gate for one text that may rest on `known`.
    pub fn new(known: &'a Known) -> Self {
        Self { known, finished: String::new(), verdicts: Verdicts::default(), shown: Text::default() }
    }

    /// Takes the whole text so far. What may be shown of it, where that is news.
    pub fn take(&mut self, so_far: &str) -> Option<Text> {
        let finished = finished(so_far);
        if finished == self.finished {
            return None;
        }
        let shown = Text::new(&check_again(&finished, self.known, &mut self.verdicts).text);
        self.finished = finished;
        let grown = shown != self.shown && shown.as_str().starts_with(self.shown.as_str());
        grown.then(|| {
            self.shown = shown.clone();
            shown
        })
    }
}
