//! Words with their meanings.

use std::sync::LazyLock;

use chrono::NaiveDate;
use contracts::{Line, query::Unit};

use super::{
    names::{Meant, Names},
    phrases::{LONGEST, Phrases},
    table::{Meaning, TABLE},
};
use crate::words::{currency, read_number};

/// Some words and what they mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub is: Says,
    /// The place of the first word.
    pub from: usize,
}

/// What a token means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Says {
    /// Words of the language.
    Word(Meaning),
    /// Words of the book; several where they stand for several things.
    Named(Vec<Meant>),
    /// A number in millionths.
    Number(Number),
    /// A day of the calendar.
    Day(NaiveDate),
    /// A quarter (1 to 4) or half (1 or 2), which may say its year.
    Part(Unit, u32, Option<i32>),
}

/// A number as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub micros: i64,
    pub currency: Option<Line>,
    /// Whether it is written as amounts are: with a currency, thousands or a `k`.
    pub is_amount: bool,
    pub is_percent: bool,
    /// Whether there is a plus behind it.
    pub or_more: bool,
    /// Whether it has the ending of a day: `21st`.
    pub is_ordinal: bool,
}

impl Number {
    /// The number, where it is whole and small.
    pub fn whole(&self) -> Option<u32> {
        let is_plain = self.micros % 1_000_000 == 0 && !self.is_percent && self.currency.is_none();
        u32::try_from(self.micros / 1_000_000).ok().filter(|_| is_plain)
    }

    /// The number as a year.
    pub fn year(&self) -> Option<i32> {
        let year = self.whole().and_then(|n| i32::try_from(n).ok()).filter(|_| !self.is_amount);
        year.filter(|year| (2000..2100).contains(year))
    }
}

/// The tokens of a question; else the words that mean nothing.
pub(super) fn tokens(words: &[String], names: &Names) -> Result<Vec<Token>, Vec<String>> {
    let words: Vec<_> = words.iter().map(|word| meant(word, names)).collect();
    let (mut tokens, mut unknown) = (Vec::new(), Vec::new());
    let mut from = 0;
    while from < words.len() {
        let rest = &words[from..];
        match longest(rest, names).or_else(|| literal(rest)) {
            Some((is, length)) => {
                tokens.push(Token { is, from });
                from += length;
            }
            None => {
                unknown.push(words[from].clone());
                from += 1;
            }
        }
    }
    if unknown.is_empty() { Ok(tokens) } else { Err(unknown) }
}

/// The most words that mean something together: of the language first, where both do.
fn longest(words: &[String], names: &Names) -> Option<(Says, usize)> {
    (1..=LONGEST.min(words.len())).rev().find_map(|length| {
        let typed = &words[..length];
        let named = names.find(typed);
        let is_customer = named.iter().all(Names::is_customer);
        let is_short = length == 1 && typed[0].len() < 3 && is_customer;
        // A customer whose name is nothing but words of the language is named by more of it.
        let is_language = is_customer && typed.iter().all(|word| meaning(word).is_some());
        // `Below 40 or more than 5`: what follows is a comparison of its own.
        let compares =
            |is: &Meaning| matches!(is, Meaning::OrMore(_)) && words.get(length).is_some_and(|it| it == "than");
        let word = meaning(&typed.join(" ")).filter(|_| length == 1 || !begins_a_time(&words[length - 1..]));
        let word = word.filter(|is| !compares(is)).map(Says::Word);
        let named = (!named.is_empty() && !is_short && !is_language).then(|| Says::Named(named.to_vec()));
        word.or(named).map(|is| (is, length))
    })
}

/// Whether the first word begins a time that goes on behind it: `renews next` does in `renews next quarter`.
fn begins_a_time(words: &[String]) -> bool {
    let goes_on = |next: &String| matches!(meaning(next), Some(Meaning::Unit(_) | Meaning::Month(_)));
    words[0] == "next" && words.get(1).is_some_and(goes_on)
}

static WORDS: LazyLock<Phrases<Meaning>> = LazyLock::new(|| Phrases::of(TABLE));

/// What these words mean, all together.
pub(super) fn meaning(words: &str) -> Option<Meaning> {
    WORDS.meaning(words)
}

/// Whether the word stands in the language, by itself or with others.
pub(super) fn knows(word: &str) -> bool {
    WORDS.knows(word)
}

/// Numbers, amounts and days.
fn literal(words: &[String]) -> Option<(Says, usize)> {
    let word = words[0].as_str();
    if let Ok(day) = word.parse::<NaiveDate>() {
        return Some((Says::Day(day), 1));
    }
    if let Some(part) = part(word) {
        return Some((part, 1));
    }
    let plain = |micros| Number {
        micros,
        currency: None,
        is_amount: false,
        is_percent: false,
        or_more: false,
        is_ordinal: false,
    };
    if let Some(n) = read_number(word) {
        let spelled = plain(i64::try_from(n).ok()? * 1_000_000);
        let times = words.get(1).and_then(|next| factor(next)).filter(|_| words[1].len() > 2);
        return Some(match times {
            Some(times) => (Says::Number(Number { micros: spelled.micros * times, is_amount: true, ..spelled }), 2),
            None => (Says::Number(spelled), 1),
        });
    }
    let start = word.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = word.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    let micros = micros(digits)?;
    let code = |text: &str| currency(text).map(Line::new);
    let mut number = Number { currency: (!before.is_empty()).then(|| code(before)).flatten(), ..plain(micros) };
    if !before.is_empty() && number.currency.is_none() {
        return None;
    }
    let mut used = 1;
    let (after, or_more) = after.strip_suffix('+').map_or((after, false), |after| (after, true));
    let next = words.get(1).map(String::as_str).unwrap_or_default();
    let (unit, counted) = if after.is_empty() { (next, 1) } else { (after, 0) };
    match factor(unit) {
        Some(factor) => {
            number.micros = number.micros.checked_mul(factor)?;
            number.is_amount = true;
            used += counted;
        }
        None if after == "%" || (after.is_empty() && matches!(next, "%" | "percent")) => {
            number.is_percent = true;
            used += counted;
        }
        None if matches!(after, "st" | "nd" | "rd" | "th") => number.is_ordinal = true,
        None if !after.is_empty() && code(after).is_some() => number.currency = code(after),
        None if !after.is_empty() => return None,
        None => {}
    }
    if number.currency.is_none()
        && let Some(code) = words.get(used).and_then(|word| code(word))
    {
        number.currency = Some(code);
        used += 1;
    }
    number.or_more = or_more;
    number.is_amount |= number.currency.is_some() || digits.contains(',');
    Some((Says::Number(number), used))
}

/// `1,234.5` in millionths.
fn micros(digits: &str) -> Option<i64> {
    let plain = digits.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let part = format!("{part:0<6}");
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(part.get(..6)?.parse().ok()?)
}

fn factor(unit: &str) -> Option<i64> {
    Some(match unit {
        "k" | "thousand" => 1_000,
        "m" | "mn" | "mio" | "million" => 1_000_000,
        "bn" | "billion" => 1_000_000_000,
        _ => return None,
    })
}

/// `q1`, `h2`, `2027-q1`.
fn part(word: &str) -> Option<Says> {
    let (year, part) = match word.split_once('-') {
        Some((year, part)) => (Some(year.parse().ok().filter(|year| (2000..2100).contains(year))?), part),
        None => (None, word),
    };
    let (unit, most) = match part.as_bytes().first()? {
        b'q' => (Unit::Quarter, 4),
        b'h' => (Unit::Year, 2),
        _ => return None,
    };
    let n: u32 = part[1..].parse().ok()?;
    (1..=most).contains(&n).then_some(Says::Part(unit, n, year))
}

/// The word of the language that is meant by one with a letter wrong; else the word itself. `Ever` is no `every`: a word that
/// says nothing stands for another only where its letters do.
fn meant(word: &str, names: &Names) -> String {
    let is_known = WORDS.knows(word) || names.has(word) || literal(&[word.to_owned()]).is_some();
    let says =
        |slip: &&str| slip.len() == word.len() || !matches!(meaning(slip), Some(Meaning::Nothing | Meaning::Brings));
    let slip = if is_known { None } else { WORDS.meant(word).filter(says) };
    slip.unwrap_or(word).to_owned()
}
