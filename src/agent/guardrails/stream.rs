//! What may be shown of a text while a model still writes it.

use contracts::Text;

use super::grounding::{Known, check, is_harmless, unfinished};

/// Lets a growing text through as far as it has been checked: whole sentences that pass, and of the last one as many
/// whole words as have neither a figure nor anything that does not pass. Sentences that were shown stay; only the
/// beginning of an unfinished one may be taken back.
#[derive(Debug)]
pub struct Gate<'a> {
    known: &'a Known,
    /// What is finished, as it was written and as it passed.
    finished: (String, String),
    /// The beginning of the unfinished sentence that has passed.
    beginning: String,
    shown: Text,
}

impl<'a> Gate<'a> {
    /// A gate for one text that may rest on `known`.
    pub fn new(known: &'a Known) -> Self {
        Self { known, finished: Default::default(), beginning: String::new(), shown: Text::default() }
    }

    /// Takes the whole text so far. What may be shown of it, where that is news.
    pub fn take(&mut self, so_far: &str) -> Option<Text> {
        let (plain, at) = unfinished(so_far);
        let (finished, last) = plain.split_at(at);
        if self.finished.0 != finished {
            let line = last_line(finished);
            let whole = if is_mark(line) { &finished[..finished.len() - line.len()] } else { finished };
            self.finished = (finished.to_owned(), check(whole, self.known).text);
            self.beginning.clear();
        }
        let words = last.rfind(char::is_whitespace).map_or("", |end| &last[..end]);
        if !words.starts_with(&self.beginning) {
            self.beginning.clear();
        }
        if is_harmless(words, self.known) {
            words.clone_into(&mut self.beginning);
        }
        let shown = Text::new(&self.joined());
        (shown != self.shown).then(|| {
            self.shown = shown.clone();
            shown
        })
    }

    /// What has passed, with the beginning on its own line where it begins one.
    fn joined(&self) -> String {
        let (written, passed) = &self.finished;
        let line = last_line(written);
        if self.beginning.trim().is_empty() {
            passed.clone()
        } else if passed.is_empty() {
            self.beginning.clone()
        } else if is_mark(line) {
            format!("{passed}\n{line}{}", self.beginning)
        } else {
            format!("{passed} {}", self.beginning)
        }
    }
}

fn last_line(text: &str) -> &str {
    text.rfind('\n').map_or(text, |end| &text[end + 1..])
}

/// Whether a line has nothing yet, or only the mark of a list.
fn is_mark(line: &str) -> bool {
    line.trim().chars().count() <= 3
}
