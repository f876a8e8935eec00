//! Days, and how far away they are.

use chrono::{Datelike, NaiveDate};
use contracts::quarter::Quarter;

use super::count;

/// `11 Feb 2027`.
pub fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A span of days, both included: `22 Sep to 20 Dec 2026`, with both years where they differ.
pub fn span(from: NaiveDate, to: NaiveDate) -> String {
    if from.year() == to.year() {
        format!("{} to {}", from.format("%-d %b"), date(to))
    } else {
        format!("{} to {}", date(from), date(to))
    }
}

/// The quarter of a day, as it is typed: `2027-Q1`.
pub fn quarter(day: NaiveDate) -> String {
    Quarter::of(day).to_string()
}

/// How far away a day is: `in 40 days`, `tomorrow`, `today`, `yesterday`, `2 days ago`.
pub fn distance(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {}", count(days.unsigned_abs(), "day")),
        _ => format!("{} ago", count(days.unsigned_abs(), "day")),
    }
}

/// Since when something is so: `since today`, `for 1 day`, `for 40 days`.
pub fn since(days: i64) -> String {
    match days {
        ..1 => "since today".to_owned(),
        _ => format!("for {}", count(days.unsigned_abs(), "day")),
    }
}
