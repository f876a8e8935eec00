//! Days on which people work.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day that many working days (Monday to Friday) after `day`.
pub fn working_days_after(day: NaiveDate, count: u32) -> NaiveDate {
    let works = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let later = day.iter_days().skip(1).filter(works);
    // The calendar ends in the year 262142: a date that far away stays where it is.
    later.take(count as usize).last().unwrap_or(day).min(day + Days::new(2 * u64::from(count) + 2))
}
