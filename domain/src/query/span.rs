//! Stretches of the calendar as days.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, Months, NaiveDate};
use contracts::query::{Time, Unit};

/// The days of a stretch of the calendar, seen from `today`; none where the calendar ends.
pub fn span(time: Time, today: NaiveDate) -> Option<RangeInclusive<NaiveDate>> {
    let months = |year, first: u32, n: u32| {
        let from = NaiveDate::from_ymd_opt(year, first, 1)?;
        Some(from..=from.checked_add_months(Months::new(n))?.pred_opt()?)
    };
    match time {
        Time::Day(day) => Some(day..=day),
        Time::Month(year, month) => months(year, month, 1),
        Time::Quarter(year, quarter) => months(year, quarter.checked_sub(1)? * 3 + 1, 3),
        Time::Half(year, half) => months(year, half.checked_sub(1)? * 6 + 1, 6),
        Time::Year(year) => months(year, 1, 12),
        Time::This(unit) => whole(unit, first_day(unit, today)?),
        Time::Next(unit) => whole(unit, later(unit, first_day(unit, today)?, 1)?),
        Time::Previous(unit) => whole(unit, earlier(unit, first_day(unit, today)?, 1)?),
        Time::Within(n, unit) => Some(today..=later(unit, today, n)?),
        Time::Past(n, unit) => Some(earlier(unit, today, n)?..=today),
    }
}

fn whole(unit: Unit, first: NaiveDate) -> Option<RangeInclusive<NaiveDate>> {
    Some(first..=later(unit, first, 1)?.pred_opt()?)
}

/// The first day of the unit that `day` is in.
pub(super) fn first_day(unit: Unit, day: NaiveDate) -> Option<NaiveDate> {
    match unit {
        Unit::Day => Some(day),
        Unit::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
        Unit::Month => day.with_day(1),
        Unit::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
        Unit::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
    }
}

fn later(unit: Unit, day: NaiveDate, n: u32) -> Option<NaiveDate> {
    match length(unit, n)? {
        Length::Months(months) => day.checked_add_months(months),
        Length::Days(days) => day.checked_add_days(days),
    }
}

fn earlier(unit: Unit, day: NaiveDate, n: u32) -> Option<NaiveDate> {
    match length(unit, n)? {
        Length::Months(months) => day.checked_sub_months(months),
        Length::Days(days) => day.checked_sub_days(days),
    }
}

enum Length {
    Months(Months),
    Days(Days),
}

fn length(unit: Unit, n: u32) -> Option<Length> {
    let months = |each: u32| n.checked_mul(each).map(|months| Length::Months(Months::new(months)));
    match unit {
        Unit::Day => Some(Length::Days(Days::new(n.into()))),
        Unit::Week => Some(Length::Days(Days::new(u64::from(n) * 7))),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
    }
}
