//! Days as people type them: `2026-12-24`, `3d`, `2w`, `yesterday`, `friday`.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use contracts::Line;

use crate::sources::cell;

/// Which way a weekday is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The last one, which may be today.
    Past,
    /// The next one, which is not today.
    Future,
}

/// A text that names no day to come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDay {
    /// It is no day.
    #[error("“{0}” is no day: write 2026-12-24, 3d, 2w, tomorrow or friday")]
    Unknown(Line),
    /// It is not after today.
    #[error("{0} is not to come")]
    Past(NaiveDate),
}

/// The day that a text names, counted from `today`: `2026-12-24`, `today`, `yesterday`, `tomorrow`, `3d`, `+2w`, `-1d` or a
/// weekday.
pub fn day(text: &str, today: NaiveDate, towards: Towards) -> Option<NaiveDate> {
    let typed = text.trim().to_lowercase();
    cell::date(&typed).ok().or_else(|| counted(&typed, today)).or_else(|| weekday(&typed, today, towards))
}

/// The same of a day to come.
///
/// # Errors
/// A text that is no day, and a day that is not after today.
pub fn to_come(text: &str, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    match day(text, today, Towards::Future) {
        None => Err(NoDay::Unknown(Line::new(text))),
        Some(day) if day <= today => Err(NoDay::Past(day)),
        Some(day) => Ok(day),
    }
}

fn counted(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = |unit| typed.strip_suffix(unit)?.trim().parse::<i16>().ok().map(i64::from);
    let days = match typed {
        "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => number('d').or_else(|| number('w').map(|weeks| weeks * 7))?,
    };
    today.checked_add_signed(TimeDelta::days(days))
}

fn weekday(typed: &str, today: NaiveDate, towards: Towards) -> Option<NaiveDate> {
    let wanted: Weekday = typed.parse().ok()?;
    let days = match towards {
        Towards::Past => -i64::from(today.weekday().days_since(wanted)),
        Towards::Future => 7 - i64::from(today.weekday().days_since(wanted)),
    };
    today.checked_add_signed(TimeDelta::days(days))
}
