//! A text as the check reads it: one spelling for every way to write the same letters and digits.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::pattern::pattern;

/// The zeros of the decimal digits that compatibility normalisation leaves in their own script.
const ZEROS: [u32; 58] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450,
    0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0,
    0x16B50, 0x1E140, 0x1E950,
];

/// What stands for a part that needs no further check, such as the customer's own name.
pub(in super::super) const SETTLED: char = '\u{FFFC}';

static NUMERALS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{Nd}\p{Nl}\p{No}]+"));

/// Compatibility forms, digits in ASCII, no joiners and variation selectors, one kind of space and of hyphen. Numerals of
/// several systems in a row stay as they are, which makes them foreign: `3²` is not 32.
pub fn reading(text: &str) -> String {
    let visible = |c: &char| !matches!(*c, '\u{200C}' | '\u{200D}' | '\u{34F}' | '\u{FE00}'..='\u{FE0F}' | SETTLED);
    let text: String = text.chars().filter(visible).collect();
    let mut read = String::with_capacity(text.len());
    let mut end = 0;
    for run in NUMERALS.find_iter(&text) {
        read.extend(text[end..run.start()].nfkc().map(usual));
        if is_of_one_system(run.as_str()) {
            read.extend(run.as_str().nfkc().map(|c| ascii_digit(c).unwrap_or(c)));
        } else {
            read.push_str(run.as_str());
        }
        end = run.end();
    }
    read.extend(text[end..].nfkc().map(usual));
    read
}

fn usual(c: char) -> char {
    match c {
        '\n' => c,
        '\u{2010}' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

fn is_of_one_system(numerals: &str) -> bool {
    let mut systems = numerals.chars().map(|c| match c {
        '0'..='9' | '\u{FF10}'..='\u{FF19}' | '\u{1D7CE}'..='\u{1D7FF}' | '\u{1FBF0}'..='\u{1FBF9}' => Some(0),
        _ => ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&u32::from(c))),
    });
    let first = systems.next();
    systems.all(|system| Some(system) == first)
}

fn ascii_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    ZEROS.iter().find_map(|zero| char::from_digit(code.checked_sub(*zero).filter(|value| *value < 10)?, 10))
}

/// The same name in the same letters: small, without accents, and with the Latin letter for what looks like one.
pub(in super::super) fn fold(text: &str) -> String {
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
    letters.flat_map(char::to_lowercase).map(|c| ascii_digit(c).unwrap_or(c)).map(latin).collect()
}

fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' | 'є' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'ι' | 'ı' | 'ɩ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' | 'ǀ' => 'l',
        'м' | 'μ' => 'm',
        'ո' | 'η' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}
