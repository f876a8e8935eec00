//! Names of people, companies and products that neither the data nor the question has.
//!
//! In English a word with a capital inside a sentence is a name. It passes where the data, the question or the field's
//! own vocabulary has it. The first word of a sentence says nothing by its capital, unless all of it is in capitals.

use std::{collections::HashSet, sync::LazyLock};

use contracts::tools::ToolOutput;
use regex::Regex;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    super::pattern,
    reading::{fold, reading},
};

/// What the field writes with a capital, and in headings.
static VOCABULARY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("vocabulary.txt").split_whitespace().collect());

/// German, which begins every noun with a capital.
static GERMAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:der|das|dem|und|ist|sind|nicht|eine?|einen|mit|für|auf|zum|zur|im|wird|werden)\b"));

/// The words that a text may write with a capital, folded.
#[derive(Debug, Clone)]
pub(super) struct Proper {
    known: HashSet<String>,
}

impl Proper {
    /// Every word of these texts, and of what the tools answered.
    pub fn new(texts: &[&str], outputs: &[ToolOutput]) -> Self {
        let mut proper = Self { known: HashSet::new() };
        texts.iter().for_each(|text| proper.add(text));
        outputs.iter().filter_map(|output| serde_json::to_value(output).ok()).for_each(|value| proper.add_all(&value));
        proper
    }

    fn add_all(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(&reading(text)),
            Value::Array(items) => items.iter().for_each(|item| self.add_all(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.add_all(field)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add(&mut self, text: &str) {
        self.known.extend(words(text).map(|word| fold(word.text)));
    }

    /// The first name in a sentence that nothing has: the sentence in its reading form, without the customer's own name
    /// and without word-for-word quotations.
    pub fn unknown(&self, sentence: &str) -> Option<String> {
        let words: Vec<_> = words(sentence).collect();
        let unknown: Vec<_> = words.iter().filter(|word| word.capital && !self.knows(word.text)).collect();
        let name = unknown.iter().find(|word| word.is_name())?;
        let is_title = is_heading(sentence, &words) && unknown.len() * 3 <= words.len();
        (!is_title && !GERMAN.is_match(sentence)).then(|| name.text.to_owned())
    }

    fn knows(&self, word: &str) -> bool {
        let word = fold(word);
        let has = |word: &str| self.known.contains(word) || VOCABULARY.contains(word);
        has(&word) || word.strip_suffix('s').is_some_and(has)
    }
}

/// A word of letters.
struct Word<'a> {
    text: &'a str,
    capital: bool,
    /// Whether it begins a sentence or a quotation, where everything has a capital.
    first: bool,
}

impl Word<'_> {
    /// Whether its capital makes a name of it.
    fn is_name(&self) -> bool {
        let letters = self.text.chars().count();
        let short = (2..=5).contains(&letters) && self.text.chars().all(char::is_uppercase);
        self.capital && letters > 1 && (!self.first || short)
    }
}

/// Words with digits are figures, and of no interest here.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut first = true;
    text.split_word_bounds().flat_map(move |piece| {
        let began = first;
        if piece.chars().any(char::is_alphanumeric) {
            first = false;
        } else if piece.contains([':', '“', '„', '«', '"', '!', '?', '\n']) {
            first = true;
        }
        let parts = piece.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
        let has_digit = piece.chars().any(char::is_numeric);
        parts.enumerate().filter(move |_| !has_digit).map(move |(at, text)| Word {
            text,
            capital: text.chars().next().is_some_and(char::is_uppercase),
            first: began && at == 0,
        })
    })
}

/// A title, whose words have capitals: no full stop, and every word of some length begins with one.
fn is_heading(text: &str, words: &[Word<'_>]) -> bool {
    let ends = text.trim_end().ends_with(['.', ',']);
    !ends && words.iter().all(|word| word.capital || word.text.chars().count() < 4)
}
