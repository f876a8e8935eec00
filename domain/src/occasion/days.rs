//! Days on which people work.

use std::iter;

use chrono::{Datelike, NaiveDate, Weekday};

/// Months and days on which hardly anybody works, whatever their country: no promise ends on one.
const HOLIDAYS: [(u32, u32); 3] = [(1, 1), (12, 25), (12, 26)];

/// The day that many working days (Monday to Friday, without Christmas and New Year) after `day`.
pub fn working_days_after(day: NaiveDate, count: u32) -> NaiveDate {
    // The calendar ends in the year 262142: a date that far away stays where it is.
    day.iter_days().skip(1).filter(works).take(count as usize).last().unwrap_or(day)
}

/// The last working day before `day`.
pub fn last_working_day_before(day: NaiveDate) -> NaiveDate {
    iter::successors(day.pred_opt(), NaiveDate::pred_opt).find(works).unwrap_or(day)
}

fn works(day: &NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !HOLIDAYS.contains(&(day.month(), day.day()))
}
