//! Numbers in words.

use std::{borrow::Cow, sync::LazyLock};

use regex::Regex;
use text2num::{Language, Occurence, Token, find_numbers};

use super::tongue::Tongue;
use crate::pattern::pattern;

/// From this number on a word is a figure.
const FROM: f64 = 10.0;

/// Numbers that the grammars of numbers do not have: dozens and what is like them, multiples, Roman numerals, and those that
/// Chinese and Japanese write in letters.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:dozens?|hundreds|thousands|millions|billions|trillions?|lakhs?|crores?|(?:ten|\w+(?:teen|ty)|hundred|",
        r"thousand)fold|dutzende?|hunderte|tausende|millionen|(?:zehn|zwölf|hundert|tausend|\w+zig)fach\w*|douzaines?|",
        r"dizaines?|(?:vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?|docenas?|decenas?|veintenas?|",
        r"centenar(?:es)?|millar(?:es)?|dozzine?|decine|centinai[oa]|migliai[oa]|dezenas?|centenas?|milhar(?:es)?|",
        r"tientallen|honderden|duizenden)\b|(?-i:\b(?:X[IVX]|[XVIL]{3,}|[MDCLXVI]{4,})\b)|[🔟💯]|",
        "[〇一二三四五六七八九十百千万萬億亿兆零]{2,}|[十百千万萬億亿兆](?:人|名|个|個|家|位|件|次|回|日|天|台|社|席|户|张|枚|円|元)",
    ))
});
/// Roman numerals under ten, which the pattern takes in.
const SMALL_ROMAN: [&str; 3] = ["III", "VII", "VIII"];

/// The grammars of numbers, each made when a text first needs it: some take long.
static GRAMMARS: [(Tongue, LazyLock<Language>); 8] = [
    (Tongue::English, LazyLock::new(Language::english)),
    (Tongue::German, LazyLock::new(Language::german)),
    (Tongue::French, LazyLock::new(Language::french)),
    (Tongue::Spanish, LazyLock::new(Language::spanish)),
    (Tongue::Italian, LazyLock::new(Language::italian)),
    (Tongue::Portuguese, LazyLock::new(Language::portugese)),
    (Tongue::Dutch, LazyLock::new(Language::dutch)),
    (Tongue::Danish, LazyLock::new(Language::danish)),
];

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
    OTHERS.find_iter(text).any(|found| !SMALL_ROMAN.contains(&found.as_str()))
        || grammars.any(|(_, grammar)| has(text, grammar))
}

fn has(text: &str, language: &Language) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words = words.map(|word| Word(word.to_lowercase()));
    let found = find_numbers(words, language, 0.0);
    // A number may be spelled digit by digit.
    let is_spelled = |pair: &[Occurence]| pair[0].end == pair[1].start && pair.iter().all(|one| !one.is_ordinal);
    found.iter().any(|found| found.value >= FROM) || found.windows(2).any(is_spelled)
}
