//! What the words of a question about a customer mean.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    table::{COMPANY_WORDS, LEGAL_FORMS, LEGAL_WORDS, Lean, Sense, TABLE},
    words::Word,
};

/// A word or several that mean one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// The first word.
    pub start: usize,
    /// The word behind the last.
    pub end: usize,
    /// What it means; none where that is not known.
    pub meaning: Option<Meaning>,
}

impl Reading {
    /// Whether it means this.
    pub fn is(&self, sense: Sense) -> bool {
        self.meaning.as_ref().is_some_and(|meaning| meaning.sense == sense)
    }

    /// Whether it names a task or hints at one.
    pub fn is_telling(&self) -> bool {
        self.meaning.as_ref().is_some_and(|meaning| meaning.lean != Lean::No)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub lean: Lean,
    pub sense: Sense,
}

static WORDS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let rows = TABLE.iter().rev();
    let words = |words: &'static str| words.split_ascii_whitespace();
    rows.flat_map(|(all, lean, sense)| words(all).map(|word| (word, Meaning { lean: lean.clone(), sense: *sense })))
        .collect()
});

/// So many words mean something together at most.
const LONGEST: usize = 4;

/// Whether the word is known, so that it names nobody by itself.
pub(super) fn is_common(word: &str) -> bool {
    meaning(word).is_some() || is_listed(COMPANY_WORDS, word) || is_legal(word)
}

/// Whether the table has the word itself, and not only its stem.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.contains_key(word)
}

/// How many words of a legal form `words` begin with.
pub(super) fn legal_form(words: &[String]) -> usize {
    let is_start = |form: &&&[&str]| words.len() >= form.len() && form.iter().zip(words).all(|(a, b)| a == b);
    let several = LEGAL_FORMS.iter().find(is_start).map(|form| form.len());
    several.unwrap_or_else(|| usize::from(words.first().is_some_and(|word| is_legal(word))))
}

/// Whether the word is nothing but a legal form, as `as` is not.
pub(super) fn is_only_legal(word: &str) -> bool {
    is_legal(word) && meaning(word).is_none()
}

/// Whether the word, folded, is a legal form at the end of a company's name.
pub(in crate::agent) fn is_legal(word: &str) -> bool {
    is_listed(LEGAL_WORDS, word)
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Reads the words outside of `taken` places. A name of nobody that is known is one reading without a meaning.
pub(super) fn read(words: &[Word<'_>], strangers: &[Range<usize>], taken: impl Fn(usize) -> bool) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut start = 0;
    while start < words.len() {
        if taken(start) {
            start += 1;
            continue;
        }
        if let Some(stranger) = strangers.iter().find(|stranger| stranger.start == start) {
            readings.push(Reading { start, end: stranger.end, meaning: None });
            start = stranger.end;
            continue;
        }
        let is_free = |i: usize| !taken(i) && !strangers.iter().any(|stranger| stranger.start == i);
        let free = (start..words.len()).find(|&i| !is_free(i)).unwrap_or(words.len());
        let (meaning, length) = first_meaning(&words[start..free]);
        readings.push(Reading { start, end: start + length, meaning });
        start += length;
    }
    readings
}

/// What the first words mean, the longest first. A number means nothing of its own.
fn first_meaning(words: &[Word<'_>]) -> (Option<Meaning>, usize) {
    let joined = |length: usize| {
        let words: Vec<_> = words[..length].iter().map(|word| word.folded.as_str()).collect();
        WORDS.get(words.join("-").as_str()).cloned()
    };
    let several = (2..=LONGEST.min(words.len())).rev().find_map(|length| Some((Some(joined(length)?), length)));
    several.unwrap_or_else(|| {
        let word = &words[0].folded;
        let is_how = words[0].is_possessive && word == "how";
        let is_plain = is_legal(word) || word.starts_with(|c: char| c.is_ascii_digit());
        let plain = || is_plain.then_some(Meaning { lean: Lean::No, sense: Sense::Plain });
        (meaning(if is_how { "how's" } else { word }).or_else(plain).or_else(|| mistyped(word)), 1)
    })
}

/// What the word means by itself.
pub(super) fn meaning(word: &str) -> Option<Meaning> {
    let known = |word: &str| WORDS.get(word).cloned();
    let stems = || {
        let endings = [("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")];
        endings.into_iter().find_map(|(ending, instead)| {
            let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 2)?;
            known(&format!("{stem}{instead}"))
        })
    };
    known(word).or_else(stems)
}

/// A word of the field with one letter wrong.
fn mistyped(word: &str) -> Option<Meaning> {
    if word.len() < 5 || !word.is_ascii() {
        return None;
    }
    let near = |known: &&str| {
        known.len() > 4
            && known.as_bytes()[0] == word.as_bytes()[0]
            && known.len().abs_diff(word.len()) < 2
            && strsim::osa_distance(known, word) == 1
    };
    // The table's order decides between two that are as near, so that the same is read every time.
    let known = TABLE.iter().filter(|row| row.1 != Lean::No || row.2 == Sense::Many);
    let near = known.flat_map(|row| row.0.split_ascii_whitespace()).find(near);
    near.and_then(|known| WORDS.get(known).cloned())
}
