//! Days as people and programs write them. A time of day and its zone are left out: the day is the one that is written.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    months::{is_filler, month},
    stretch::{end_of_month, stretch, words as all_words},
};

/// Which number comes first in `01/02/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayOrder {
    /// The day: `25/02/2026`.
    #[serde(rename = "dmy")]
    DayFirst,
    /// The month: `02/25/2026`.
    #[serde(rename = "mdy")]
    MonthFirst,
}

/// A day, as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// It can be read in one way.
    Day(NaiveDate, Form),
    /// Two numbers, either of which may be the day, and the year.
    Either(u32, u32, i32),
}

/// How a day is written that can be read in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Year, month and day, or with the name of the month.
    Plain,
    /// `24.12.2026`.
    Dots,
    /// A week, a month or a quarter, which stands for its last day.
    Stretch,
    /// The number that Excel keeps for a day.
    Excel,
    /// Seconds or milliseconds since 1970.
    Epoch,
}

impl Written {
    /// The day, by this order of its numbers.
    pub(super) fn day(self, order: Option<DayOrder>) -> Option<NaiveDate> {
        match (self, order) {
            (Self::Day(day, _), _) => Some(day),
            (Self::Either(a, b, year), Some(DayOrder::DayFirst)) => NaiveDate::from_ymd_opt(year, b, a),
            (Self::Either(a, b, year), Some(DayOrder::MonthFirst)) => NaiveDate::from_ymd_opt(year, a, b),
            (Self::Either(a, b, year), None) if a == b => NaiveDate::from_ymd_opt(year, a, b),
            (Self::Either(..), None) => None,
        }
    }

    /// The orders of its numbers that make a day.
    pub(super) fn orders(self) -> impl Iterator<Item = DayOrder> {
        let orders = [DayOrder::DayFirst, DayOrder::MonthFirst];
        orders.into_iter().filter(move |order| self.day(Some(*order)).is_some())
    }
}

/// The day that the trimmed `text` writes.
pub(super) fn parse(text: &str) -> Option<Written> {
    if let Some(day) = iso(text) {
        return Some(Written::Day(day, Form::Plain));
    }
    if text.len() > 60 {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(written) = number(text)
    {
        return Some(written);
    }
    let (date, time) = match text.find([' ', ',', 'T', '\u{A0}', '\u{202F}']) {
        Some(at) if text[..at].contains(['/', '.', '-']) => (&text[..at], &text[at..]),
        _ => (text, ""),
    };
    if date.bytes().all(|byte| byte.is_ascii_digit() || b"/.-".contains(&byte)) && is_time(time) {
        return numbers(date);
    }
    words(text).or_else(|| named(text))
}

/// The last day of a week, a month or a quarter and nothing else: `2026-W48`, `Q4 2026`.
fn named(text: &str) -> Option<Written> {
    let text = text.to_lowercase();
    let words = all_words(&text).collect::<Vec<_>>();
    let found = stretch(&words).filter(|found| found.length == words.len())?;
    Some(Written::Day(found.last, Form::Stretch))
}

/// `2026-12-24`, also with a time behind it.
fn iso(text: &str) -> Option<NaiveDate> {
    let date = text.as_bytes().first_chunk::<10>()?;
    let number = |digits: &[u8]| {
        let add = |number: u32, byte: &u8| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'));
        digits.iter().try_fold(0, add)
    };
    let [year, month, day] = [number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?];
    let is_whole = text.len() == 10 || (text[10..].starts_with(['T', 't', ' ']) && is_time(&text[11..]));
    let is_date = date[4] == b'-' && date[7] == b'-' && is_whole;
    is_date.then(|| NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)).flatten()
}

/// Whether the rest of a moment, behind its day, is a time: `10:17 PM`, `09:30:00.000Z`, nothing.
fn is_time(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == 'T');
    text.is_empty() || (text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(':'))
}

/// A day that is one number: `20261224`, `46380`, `46380.5`, `1798070400`.
fn number(text: &str) -> Option<Written> {
    let whole = text.split('.').next().filter(|whole| text.len() <= whole.len() + 20)?;
    if text[whole.len()..].matches('.').count() > 1 {
        return None;
    }
    let has_fraction = whole.len() < text.len();
    let number = whole.parse::<i64>().ok()?;
    let (day, form) = match whole.len() {
        5 => (NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(number.unsigned_abs()))?, Form::Excel),
        8 if !has_fraction => (NaiveDate::parse_from_str(whole, "%Y%m%d").ok()?, Form::Plain),
        10 => (DateTime::from_timestamp(number, 0)?.date_naive(), Form::Epoch),
        13 if !has_fraction => (DateTime::from_timestamp_millis(number)?.date_naive(), Form::Epoch),
        _ => return None,
    };
    (1970..2200).contains(&day.year()).then_some(Written::Day(day, form))
}

/// A day of numbers: `24/12/2026`, `24.12.26`, `2026/12/24`, `12/2026`.
fn numbers(date: &str) -> Option<Written> {
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    let pieces = date.split(sign).map(|piece| Some((piece.len(), piece.parse::<u32>().ok()?)));
    let pieces = pieces.collect::<Option<Vec<_>>>()?;
    let plain = |year: i32, month, day| Some(Written::Day(NaiveDate::from_ymd_opt(year, month, day)?, Form::Plain));
    match *pieces.as_slice() {
        [(4, year), (1..=2, month), (1..=2, day)] => plain(year.try_into().ok()?, month, day),
        [(1..=2, a), (1..=2, b), (length @ (2 | 4), year)] => {
            let year = full_year(length, year);
            if sign == '.' {
                return Some(Written::Day(NaiveDate::from_ymd_opt(year, b, a)?, Form::Dots));
            }
            Some(Written::Either(a, b, year)).filter(|written| written.orders().next().is_some())
        }
        [(4, year), (1..=2, month)] | [(1..=2, month), (4, year)] => last_day(year.try_into().ok()?, month),
        _ => None,
    }
}

/// A day with the name of its month: `25/Feb/26 10:17 PM`, `Feb 25, 2026`, `25. Februar 2026`, `Feb 2026`.
fn words(text: &str) -> Option<Written> {
    let (mut named, mut numbers) = (None, Vec::new());
    for word in text.split(|c: char| c.is_whitespace() || ",/-.'’()".contains(c)).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if is_enough(named, &numbers) {
            // Behind the year is the time, which is left out.
            let is_rest = word.starts_with(|c: char| c.is_ascii_digit()) || word.len() <= 5;
            if !is_rest {
                return None;
            }
        } else if word.contains(':') || is_filler(&word) {
            continue;
        } else if let Some(month) = month(&word).filter(|_| named.is_none()) {
            named = Some(month);
        } else {
            let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
            let is_ordinal = ["", "st", "nd", "rd", "th", "er"].contains(&&word[digits.len()..]);
            numbers.push((digits.len(), digits.parse::<u32>().ok().filter(|_| is_ordinal)?));
        }
    }
    let month = named?;
    match *numbers.as_slice() {
        [(1..=2, day), (length @ (2 | 4), year)] | [(length @ 4, year), (1..=2, day)] => {
            Some(Written::Day(NaiveDate::from_ymd_opt(full_year(length, year), month, day)?, Form::Plain))
        }
        [(length @ (2 | 4), year)] => last_day(full_year(length, year), month),
        _ => None,
    }
}

/// Whether the day, the month and the year are there.
fn is_enough(named: Option<u32>, numbers: &[(usize, u32)]) -> bool {
    named.is_some() && numbers.len() == 2
}

/// A year of two digits is of this century up to 69.
fn full_year(length: usize, year: u32) -> i32 {
    let century = match (length, year) {
        (2, ..70) => 2000,
        (2, _) => 1900,
        _ => 0,
    };
    century + i32::try_from(year).unwrap_or_default()
}

fn last_day(year: i32, month: u32) -> Option<Written> {
    Some(Written::Day(end_of_month(year, month)?, Form::Stretch))
}
