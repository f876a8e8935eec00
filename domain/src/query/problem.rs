//! What is wrong with a text, where, and what would fit.

use std::ops::Range;

use crate::facts::{Fact, catalogue};

/// From this likeness on (0 to 1) a word is worth suggesting.
const ALIKE: f64 = 0.8;

/// What is wrong, in one sentence, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Problem {
    /// The bytes of the text that it is about.
    pub at: Range<usize>,
    /// What is wrong.
    pub what: What,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum What {
    #[error("A query has {longest} characters at the most.")]
    TooLong { longest: usize },
    #[error("There are too many parentheses and “not” in each other.")]
    TooDeep,
    #[error("There is an end missing of what begins here: {0}.")]
    Unclosed(&'static str),
    #[error("Nothing can stand here but a fact with its value, such as risk:high.")]
    Unexpected,
    #[error("Something has to follow “{0}”, such as risk:high.")]
    Nothing(&'static str),
    #[error("“{word}” is no fact.{}", did_you_mean(.near))]
    UnknownFact { word: String, near: Vec<String> },
    #[error(
        "“{word}” stands alone; say what it is of, such as name:{word}, or put quotes around a name of several words."
    )]
    Alone { word: String },
    #[error("{short}: wants {fits}.")]
    Unfit { short: String, fits: String },
    #[error("{short}: compares with nothing but its values, such as {short}:{example}.")]
    NoOrder { short: String, example: String },
    #[error("{0}: stands outside of parentheses and without “not”.")]
    ClauseInside(String),
    #[error("{0}: is said twice.")]
    Twice(String),
    #[error("{0}: has no place here: only what holds for customers.")]
    NoClause(String),
    #[error("{measure}: wants {fits}, which {fact} is not.")]
    NotMeasured { measure: &'static str, fits: &'static str, fact: &'static str },
}

impl Problem {
    pub(super) fn new(at: Range<usize>, what: What) -> Self {
        Self { at, what }
    }

    /// A word that names no fact.
    pub(super) fn unknown_fact(at: Range<usize>, word: &str, others: &[&str]) -> Self {
        let words = catalogue().map(|fact| fact.short).chain(others.iter().copied());
        Self::new(at, What::UnknownFact { word: word.to_owned(), near: nearest(word, words) })
    }

    /// A value that does not fit its fact.
    pub(super) fn unfit(at: Range<usize>, fact: &Fact, fits: String) -> Self {
        Self::new(at, What::Unfit { short: fact.short.to_owned(), fits })
    }

    /// The text with what is wrong marked below it.
    pub fn shown(&self, text: &str) -> String {
        let width = |range: Range<usize>| text.get(range).map_or(0, |part| part.chars().count());
        let (before, marked) = (width(0..self.at.start), width(self.at.clone()).max(1));
        format!("{text}\n{}{} {self}", " ".repeat(before), "^".repeat(marked))
    }
}

/// The words that are most like `word`, nearest first, three at the most.
pub(super) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let alike = |known: &str| strsim::jaro_winkler(known, &word.to_lowercase());
    let mut near: Vec<_> = words.map(|known| (alike(known), known)).filter(|(alike, _)| *alike >= ALIKE).collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter().take(3).map(|(_, known)| known.to_owned()).collect()
}

fn did_you_mean(near: &[String]) -> String {
    match near {
        [] => String::new(),
        [only] => format!(" Did you mean {only}?"),
        [first @ .., last] => format!(" Did you mean {} or {last}?", first.join(", ")),
    }
}
