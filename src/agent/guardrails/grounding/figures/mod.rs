//! The figures of a sentence, each with what it counts.
//!
//! Not figures: `24/7`, `1:1`, `360-degree`, `B2B`; the numbers of a list at the start of a line; `one` before anything
//! that is not counted in the data (`one of them`, `one owner`); `first` to `third` without a quarter; what a text counts
//! of its own (`two steps`); capitals such as `CI` that count nothing. Everything else with a digit, a numeral or a number
//! word is one, also in names and codes, and needs support.

mod around;
mod dates;
mod numbers;
mod pattern;
mod percent;
mod quantities;
mod units;

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;

pub(super) use self::{
    around::{Around, Need, Rate},
    dates::quarter_of,
    units::{Currency, Unit, Whole, counts_on},
};
use super::reading::{fold, is_foreign_numeral};

/// A figure as a sentence has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// In the sentence's own letters, such as `80 days`.
    pub text: String,
    /// What it says.
    pub claim: Claim,
    /// What the sentence says of it.
    pub around: Around,
}

/// What a figure says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Claim {
    /// So much of something. A number of four digits may also be a year.
    Amount {
        /// How much.
        number: Number,
        /// Of what.
        unit: Unit,
        /// How exactly.
        near: Near,
    },
    /// One of these days; several where the order of day and month is not certain.
    Day(Vec<NaiveDate>),
    /// A day and a month of any year.
    DayOfYear {
        /// 1 to 31.
        day: u32,
        /// 1 to 12.
        month: u32,
    },
    /// A day of any month.
    DayOfMonth(u32),
    /// A month, of any year where none is named.
    Month {
        /// 1 to 12.
        month: u32,
        /// The year.
        year: Option<i32>,
    },
    /// A quarter, of any year where none is named.
    Quarter {
        /// 1 to 4.
        quarter: u32,
        /// The year.
        year: Option<i32>,
    },
    /// What no data can say: a time of day, a code, a numeral of another system, an impossible date.
    Unreadable,
}

/// A number and how exactly it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// The number.
    pub value: f64,
    /// What the last digit written is worth: 1 for `41`, 0.1 for `2.5`, 1000 for `120k`.
    pub step: f64,
    /// Whether a sign was written, and which: -1, 0 or 1.
    pub sign: i8,
}

/// How exactly a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Near {
    /// As it is written.
    Exactly,
    /// `about`, `~`: the data may differ by a twentieth.
    About,
    /// `over`, `at least`: the data may be more, by a tenth.
    Over,
    /// `under`, `nearly`: the data may be less, by a tenth.
    Under,
}

/// The figures of a sentence in its reading form. `metric` has the words of what the customer's usage counts.
pub(super) fn figures(sentence: &str, metric: &[String]) -> Vec<Figure> {
    let found = pattern::FIGURE.captures_iter(sentence).flat_map(|found| {
        let range = found.get(0).map_or(0..0, |whole| whole.range());
        let claims = dates::read(&found, sentence, metric)
            .or_else(|| quantities::read(&found, sentence, metric))
            .unwrap_or_default();
        let around = Around::read(sentence, range, metric);
        claims.into_iter().map(move |(text, claim)| Figure { text, claim, around: around.clone() })
    });
    let numerals = sentence.chars().filter(|c| is_foreign_numeral(*c)).map(String::from);
    let disguised = sentence.unicode_words().filter(|word| is_disguised(word)).map(str::to_owned);
    let unreadable = |text| Figure { text, claim: Claim::Unreadable, around: Around::default() };
    found.chain(numerals.chain(disguised).map(unreadable)).collect()
}

/// Whether it is a number word or a month in letters that only look like those, such as `nіne` with a Cyrillic `і`.
fn is_disguised(word: &str) -> bool {
    // `С` is a word, and no numeral.
    let is_figure = |word: &str| {
        let found = pattern::FIGURE.captures(word);
        found.is_some_and(|found| found[0].len() == word.len() && found.name("roman").is_none())
    };
    let folded = |word: &str| {
        let mut folded = fold(word);
        // A month has a capital.
        folded.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
        folded
    };
    !word.is_ascii() && is_figure(&folded(word))
}

/// Whether a word by itself reads as a figure, as `90`, `5m` and `Q3` do, and `ACM-412` does not.
pub(super) fn is_figure(word: &str) -> bool {
    figures(word, &[]).iter().any(|figure| figure.claim != Claim::Unreadable)
}

/// Whether a name or a title says more than figures and what they measure, as `Error 504` and `Studio 54` do: wherever
/// else `9 days`, `99%` and `Health 99` stand, they are no names. A code such as `Company_461` counts nothing anywhere.
pub(super) fn is_more_than_figures(text: &str) -> bool {
    let mut found = figures(text, &[]);
    let is_code = |text: &str| text.contains(char::is_alphabetic) && text.contains(char::is_numeric);
    found.retain(|figure| figure.claim != Claim::Unreadable || !is_code(&figure.text));
    let left = found.iter().fold(text.to_owned(), |left, figure| left.replacen(&figure.text, " ", 1));
    let measures = |figure: &Figure| matches!(figure.claim, Claim::Amount { unit, .. } if !matches!(unit, Unit::Any));
    match units::other_words(&left) {
        _ if found.is_empty() => true,
        0 => false,
        1 => !found.iter().any(measures),
        _ => true,
    }
}
