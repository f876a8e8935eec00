//! A sentence as words: folded, so that case, accents and ways of writing a letter make no difference.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::words::currency;

/// No question needs more words; whatever follows is not read.
const MAX_WORDS: usize = 120;

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As it was typed, without a possessive ending.
    pub text: &'a str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// What stands between it and the word before, such as ` >`.
    pub before: &'a str,
    /// What stands directly behind it, up to the next word.
    pub after: &'a str,
    /// The text folded.
    pub folded: String,
    /// Whether it had a possessive ending.
    pub is_possessive: bool,
}

impl Word<'_> {
    /// Whether it is written as names are: a capital first, and no abbreviation in capitals.
    pub fn is_capitalised(&self) -> bool {
        let mut chars = self.text.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.any(char::is_lowercase)
    }

    /// Whether all of it is capitals, as in `UCG`.
    pub fn is_abbreviation(&self) -> bool {
        self.text.len() > 1 && self.text.chars().all(char::is_uppercase)
    }
}

/// The words of a sentence.
pub(super) fn words(sentence: &str) -> Vec<Word<'_>> {
    let pieces: Vec<_> = pieces(sentence).take(MAX_WORDS).collect();
    let mut words = Vec::with_capacity(pieces.len());
    for (i, &(start, piece)) in pieces.iter().enumerate() {
        let from = i.checked_sub(1).map_or(0, |before| pieces[before].0 + pieces[before].1.len());
        let to = pieces.get(i + 1).map_or(sentence.len(), |next| next.0);
        let (text, is_possessive) = bare(piece);
        words.push(Word {
            text,
            start,
            before: &sentence[from..start],
            after: &sentence[start + piece.len()..to],
            folded: fold(text),
            is_possessive,
        });
    }
    words
}

/// These words as they were typed.
pub(super) fn typed(words: &[Word<'_>]) -> String {
    let first = words.first().map_or("", |word| word.text).to_owned();
    words.iter().skip(1).fold(first, |text, word| text + word.before + word.text)
}

/// The folded words of a name or an id.
pub(super) fn folded_words(name: &str) -> Vec<String> {
    pieces(name).map(|(_, piece)| fold(bare(piece).0)).collect()
}

/// Words with their places; the sign of a currency is one. A full stop or an underscore within a word parts it, but for
/// the one in a number.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |word: &str| word.contains(char::is_alphanumeric) || currency(word).is_some();
    let words = text.split_word_bound_indices().filter(move |(_, word)| is_word(word));
    words.flat_map(|(start, word)| parts(start, word))
}

fn parts(start: usize, word: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    let parting = move |c: char| c == '_' || (c == '.' && !is_number);
    let mut place = start;
    word.split(parting).filter_map(move |part| {
        let here = place;
        place += part.len() + 1;
        (!part.is_empty()).then_some((here, part))
    })
}

fn bare(word: &str) -> (&str, bool) {
    let endings = ["'s", "’s", "'S", "’S"];
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    stem.map_or((word, false), |stem| (stem, true))
}

/// Lower case, without accents: `Müller` and `MULLER` are one word.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            '’' => folded.push('\''),
            // Lower case has brought it, as of `İ`.
            '\u{307}' => {}
            c => folded.push(c),
        }
    }
    folded
}
