//! Numbers in words.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use text2num::{Language, Token, find_numbers};

use super::tongue::Tongue;
use crate::pattern::pattern;

/// From this number on a word is a figure.
const FROM: f64 = 10.0;

/// Numbers that the grammars of numbers do not have: dozens, and those that Chinese and Japanese write in letters.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:dozens?|hundreds|thousands|millions|billions|trillions?|dutzende?|douzaines?|docenas?|dozzine?)\b|",
        "[〇一二三四五六七八九十百千万萬億亿兆零]{2,}",
    ))
});

/// The grammars of numbers. They are made once, for one or two of them take long.
static GRAMMARS: LazyLock<[(Tongue, Language); 8]> = LazyLock::new(|| {
    [
        (Tongue::English, Language::english()),
        (Tongue::German, Language::german()),
        (Tongue::French, Language::french()),
        (Tongue::Spanish, Language::spanish()),
        (Tongue::Italian, Language::italian()),
        (Tongue::Portuguese, Language::portugese()),
        (Tongue::Dutch, Language::dutch()),
        (Tongue::Danish, Language::danish()),
    ]
});

/// A word of a text, in small letters.
struct Word(String);

impl Token for Word {
    fn text(&self) -> Cow<'_, str> {
        self.0.as_str().into()
    }

    fn text_lowercase(&self) -> Cow<'_, str> {
        self.0.as_str().into()
    }
}

/// Whether the text has a number from ten up in words: in English, and in its own language as far as that can be told.
/// Other languages are not looked for, because their numbers are words of these: Spanish `once` is eleven.
pub(super) fn has_large_number(text: &str) -> bool {
    let own = Tongue::of(text).unwrap_or(Tongue::English);
    let mut grammars = GRAMMARS.iter().filter(|(tongue, _)| *tongue == Tongue::English || *tongue == own);
    OTHERS.is_match(text) || grammars.any(|(_, grammar)| has(text, grammar))
}

fn has(text: &str, language: &Language) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words = words.map(|word| Word(word.to_lowercase()));
    find_numbers(words, language, 0.0).iter().any(|found| found.value >= FROM)
}
