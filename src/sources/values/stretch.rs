//! Stretches of time that are named: days, weeks, months and quarters. Each stands for its last day.

use chrono::{Days, Months, NaiveDate, Weekday};

use super::months::month as month_named;

/// A stretch of time among words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its last day.
    pub last: NaiveDate,
    /// At which of the words it begins.
    pub at: usize,
    /// How many words it takes.
    pub length: usize,
}

/// The first stretch of time among `words` in lower case: a day (`2026`, `11`, `23`, also `23`, `nov`,
/// `2026`), a week (`2026`, `w`, `47`), a month
/// (`nov`, `2026`) or a quarter (`q`, `4`, `2026`).
pub fn stretch(words: &[&str]) -> Option<Stretch> {
    (0..words.len()).find_map(|at| {
        let rest = &words[at..];
        let found = day(rest).or_else(|| week(rest)).or_else(|| quarter(rest)).or_else(|| month(rest));
        found.map(|(last, length)| Stretch { last, at, length })
    })
}

/// Whether a word in lower case is the name of a month.
pub fn is_month(word: &str) -> bool {
    month_named(word).is_some()
}

/// The words of a text in lower case, letters and digits apart: `2026-w47` is `2026`, `w` and `47`.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(apart)
}

fn apart(word: &str) -> impl Iterator<Item = &str> {
    let at = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
    let (letters, digits) = word.split_at(at.unwrap_or(word.len()));
    [letters, digits].into_iter().filter(|part| !part.is_empty())
}

fn day(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let [first, second, third, ..] = words else { return None };
    let (year, month, day) = match (month_named(first), month_named(second)) {
        (Some(month), _) => (third, month, second),
        (_, Some(month)) => (third, month, first),
        (None, None) => (first, number(second)?, third),
    };
    Some((NaiveDate::from_ymd_opt(whole_year(year)?, month, number(day)?)?, 3))
}

fn week(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let is_week = |word: &str| ["w", "wk", "week", "kw", "woche", "semaine", "semana"].contains(&word);
    let (year, week) = match words {
        [year, sign, week, ..] if is_week(sign) => (whole_year(year)?, number(week)?),
        [sign, week, year, ..] if is_week(sign) => (whole_year(year)?, number(week)?),
        _ => return None,
    };
    Some((NaiveDate::from_isoywd_opt(year, week, Weekday::Sun)?, 3))
}

fn quarter(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let (year, quarter) = match words {
        [year, "q", quarter, ..] | ["q", quarter, year, ..] => (whole_year(year)?, number(quarter)?),
        _ => return None,
    };
    (1..=4).contains(&quarter).then(|| end_of_month(year, quarter * 3)).flatten().map(|last| (last, 3))
}

fn month(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let [first, second, ..] = words else { return None };
    let (year, month) = match (month_named(first), month_named(second)) {
        (Some(month), _) => (year(second)?, month),
        (None, Some(month)) => (whole_year(first)?, month),
        (None, None) => match (whole_year(first), whole_year(second)) {
            (Some(year), None) => (year, number(second)?),
            (None, Some(year)) => (year, number(first)?),
            _ => return None,
        },
    };
    Some((end_of_month(year, month)?, 2))
}

/// The last day of a month.
pub fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))
}

fn number(word: &str) -> Option<u32> {
    word.parse().ok().filter(|_| word.len() <= 2)
}

/// A year of four digits that a book may speak of.
fn whole_year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year))
}

/// A year, also of two digits, as behind the name of a month.
fn year(word: &str) -> Option<i32> {
    whole_year(word).or_else(|| word.parse::<i32>().ok().filter(|_| word.len() == 2).map(|year| 2000 + year))
}
