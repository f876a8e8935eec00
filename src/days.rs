//! Days as people type them: `2026-12-24`, `3d`, `2w`, `tomorrow`, `friday`.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use contracts::Line;

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

/// The day to come that a text names, counted from `today`. A weekday is the next one.
///
/// # Errors
/// A text that is no day, and a day that is not after today.
pub fn to_come(text: &str, today: NaiveDate) -> Result<NaiveDate, NoDay> {
    let typed = text.trim().to_lowercase();
    let day = typed.parse().ok().or_else(|| counted(&typed, today)).or_else(|| weekday(&typed, today));
    match day {
        None => Err(NoDay::Unknown(Line::new(text))),
        Some(day) if day <= today => Err(NoDay::Past(day)),
        Some(day) => Ok(day),
    }
}

fn counted(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = |unit| typed.strip_suffix(unit)?.trim().parse::<u16>().ok().map(u64::from);
    let days = match typed {
        "tomorrow" => Some(1),
        _ => number('d').or_else(|| number('w').map(|weeks| weeks * 7)),
    };
    today.checked_add_days(Days::new(days?))
}

fn weekday(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let wanted: Weekday = typed.parse().ok()?;
    let ahead = (wanted.num_days_from_monday() + 7 - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead.into() }))
}
