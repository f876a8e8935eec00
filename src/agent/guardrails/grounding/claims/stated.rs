//! Which part of a sentence is a plain statement.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::wording;

/// What parts a sentence into clauses. A comma within a number does not.
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"[;()—]|[,:.]\s|\s[–-]\s|",
        r"\b(?:but|while|whereas|though|although|because|yet|however|and|which|so|as)\b",
    ))
});

/// What makes a supposition of all that follows.
static SUPPOSED: LazyLock<Regex> =
    LazyLock::new(|| wording(r"\b(?:if|unless|whether|in case|assuming|suppose|until|once|when|whenever)\b"));

/// What makes no plain statement of its clause: doubt, denial, habit, and what is to be done.
static UNSURE: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"\b(?:if|unless|whether|not|never|no|none|nor|neither|without|cannot|may|might|could|would|should|can|must|",
        r"(?:un)?likely|probably|perhaps|possibly|expect\w*|hope\w*|avoid\w*|prevent\w*|watch\w*|guard|often|usually|",
        r"typically|generally|sometimes|signs?|means?|instead|any|every|make|turn|bring|restore|regain|reach|ensure|keep|",
        r"aim|goal|target|towards?)\b|n['’]t\b",
    ))
});

/// A sentence and its clauses.
pub(super) struct Sentence<'a> {
    pub text: &'a str,
    /// Where clauses end, in order.
    ends: Vec<usize>,
    is_question: bool,
}

impl<'a> Sentence<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut ends: Vec<_> = SEPARATOR.find_iter(text).map(|found| found.end()).collect();
        ends.push(text.len());
        Self { text, ends, is_question: text.trim_end().ends_with('?') }
    }

    /// All of the clauses that a range of the sentence touches.
    fn clause(&self, at: &Range<usize>) -> Range<usize> {
        let start = self.ends.iter().rfind(|end| **end <= at.start).copied().unwrap_or_default();
        let end = self.ends.iter().find(|end| **end >= at.end).copied().unwrap_or(self.text.len());
        start..end
    }

    /// The clause up to the range.
    pub fn before(&self, at: &Range<usize>) -> &'a str {
        &self.text[self.clause(at).start..at.start]
    }

    /// Whether what is said here is supposed or asked.
    fn is_supposed(&self, at: &Range<usize>) -> bool {
        let before = self.text[..at.start].rsplit(';').next().unwrap_or_default();
        self.is_question || SUPPOSED.is_match(before)
    }

    /// Whether what is said here is said plainly, and in no clause that has one of `but`.
    pub fn states(&self, at: &Range<usize>, but: &Regex) -> bool {
        let clause = &self.text[self.clause(at)];
        !self.is_supposed(at) && !UNSURE.is_match(clause) && !but.is_match(clause)
    }

    /// The same of a denial: it is plain as long as nothing is supposed.
    pub fn denies(&self, at: &Range<usize>, but: &Regex) -> bool {
        !self.is_supposed(at) && !but.is_match(&self.text[self.clause(at)])
    }

    /// Whether one of these does not hold. Next to one that does, in the same clause, it may tell of a change.
    pub fn is_wrong<T>(&self, claims: impl Iterator<Item = (Range<usize>, T)>, holds: impl Fn(&T) -> bool) -> bool {
        let (right, wrong): (Vec<_>, Vec<_>) = claims.partition(|(_, claim)| holds(claim));
        wrong.iter().any(|(at, _)| right.iter().all(|(near, _)| self.clause(at) != self.clause(near)))
    }
}
