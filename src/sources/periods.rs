//! Headers that are a stretch of time: a sheet with a column a month has a point of usage in each.

use chrono::{Days, Months, NaiveDate, Weekday};

use super::fields::folded;

/// What a header says that names a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its last day.
    pub last: NaiveDate,
    /// What is measured, where the header says so beside the time.
    pub metric: Option<String>,
}

/// The stretch of time in a header: a day (`2026-11-23`), a week (`2026-W47`, `KW 47 2026`), a month (`Nov 2026`, `Nov-26`,
/// `2026-11`, `11/2026`) or a quarter (`Q4 2026`), alone or beside what is measured (`Logins Nov 2026`).
pub fn period(header: &str) -> Option<Period> {
    let text = folded(header);
    let words = text.split(' ').flat_map(apart).collect::<Vec<_>>();
    let (last, at, length) = (0..words.len()).find_map(|at| {
        let rest = &words[at..];
        let found = day(rest).or_else(|| week(rest)).or_else(|| quarter(rest)).or_else(|| month(rest));
        found.map(|(last, length)| (last, at, length))
    })?;
    let beside = words[..at].iter().chain(&words[at + length..]).copied().collect::<Vec<_>>().join(" ");
    // A number beside a time is another time, which the header does not say well enough.
    let is_metric = !beside.bytes().any(|byte| byte.is_ascii_digit());
    is_metric.then(|| Period { last, metric: Some(beside).filter(|metric| !metric.is_empty()) })
}

/// Whether a header is a month without a year, which could be of any.
pub fn is_month_alone(header: &str) -> bool {
    month_named(&folded(header)).is_some()
}

/// A word in its letters and its digits: `w47`, `q4` and `nov26` are two.
fn apart(word: &str) -> impl Iterator<Item = &str> {
    let at = word.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
    let (letters, digits) = word.split_at(at.unwrap_or(word.len()));
    [letters, digits].into_iter().filter(|part| !part.is_empty())
}

fn day(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let [year, month, day, ..] = words else { return None };
    Some((NaiveDate::from_ymd_opt(whole_year(year)?, number(month)?, number(day)?)?, 3))
}

fn week(words: &[&str]) -> Option<(NaiveDate, usize)> {
    let is_week = |word: &str| ["w", "wk", "week", "kw", "woche"].contains(&word);
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

fn end_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.checked_sub_days(Days::new(1))
}

/// The month of an English or German name, whole or cut at three letters.
fn month_named(word: &str) -> Option<u32> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "jan", "jän"],
        &["february", "februar", "feb"],
        &["march", "märz", "mar", "mär", "mrz", "maerz"],
        &["april", "apr"],
        &["may", "mai"],
        &["june", "juni", "jun"],
        &["july", "juli", "jul"],
        &["august", "aug"],
        &["september", "sept", "sep"],
        &["october", "oktober", "oct", "okt"],
        &["november", "nov"],
        &["december", "dezember", "dec", "dez"],
    ];
    (1..).zip(NAMES).find_map(|(month, names)| names.contains(&word).then_some(month))
}

fn number(word: &str) -> Option<u32> {
    word.parse().ok().filter(|_| word.len() <= 2)
}

/// A year of four digits that usage may be of.
fn whole_year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year))
}

/// A year, also of two digits, as behind the name of a month.
fn year(word: &str) -> Option<i32> {
    whole_year(word).or_else(|| word.parse::<i32>().ok().filter(|_| word.len() == 2).map(|year| 2000 + year))
}
