//! Stretches of the calendar as text: `2027-Q1`, `2027-03`, `this-quarter`, `next-30d`.

use chrono::NaiveDate;
use contracts::query::{Time, Unit};
use winnow::{
    Parser, Result,
    ascii::digit1,
    combinator::{alt, opt, preceded},
    token::take_while,
};

/// The years that a query may speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The longest stretch from today, in units.
const MOST_UNITS: u32 = 9_999;

/// What a day may be written as, for a sentence.
pub(super) const FITS: &str = "a day, a month, a quarter, a half or a year (2027-03-31, 2027-03, 2027-Q1, 2027-H1, 2027), \
                               or a word such as today, this-quarter, next-month or next-30d";

/// Reads a stretch of the calendar.
pub(super) fn read(text: &str) -> Option<Time> {
    alt((near, calendar)).parse(text).ok()
}

fn near(input: &mut &str) -> Result<Time> {
    alt((
        "today".value(Time::This(Unit::Day)),
        "tomorrow".value(Time::Next(Unit::Day)),
        "yesterday".value(Time::Previous(Unit::Day)),
        preceded("this-", unit).map(Time::This),
        preceded("next-", unit).map(Time::Next),
        preceded("last-", unit).map(Time::Previous),
        preceded("next-", counted).map(|(n, unit)| Time::Within(n, unit)),
        preceded("last-", counted).map(|(n, unit)| Time::Past(n, unit)),
    ))
    .parse_next(input)
}

/// `30d`.
fn counted(input: &mut &str) -> Result<(u32, Unit)> {
    let letter = alt((
        'd'.value(Unit::Day),
        'w'.value(Unit::Week),
        'm'.value(Unit::Month),
        'q'.value(Unit::Quarter),
        'y'.value(Unit::Year),
    ));
    (digit1.parse_to().verify(|n| (1..=MOST_UNITS).contains(n)), letter).parse_next(input)
}

/// A unit of the calendar as a word; a day has words of its own.
fn unit(input: &mut &str) -> Result<Unit> {
    alt((
        "week".value(Unit::Week),
        "month".value(Unit::Month),
        "quarter".value(Unit::Quarter),
        "year".value(Unit::Year),
    ))
    .parse_next(input)
}

fn calendar(input: &mut &str) -> Result<Time> {
    let year = digits(4).parse_to::<i32>().verify(|year| YEARS.contains(year)).parse_next(input)?;
    let one = |last: char| take_while(1..=1, move |c: char| ('1'..=last).contains(&c)).parse_to::<u32>();
    let month_and_day = (preceded('-', digits(2).parse_to::<u32>()), opt(preceded('-', digits(2).parse_to::<u32>())));
    opt(alt((
        preceded(alt(("-Q", "-q")), one('4')).map(|quarter| Time::Quarter(year, quarter)),
        preceded(alt(("-H", "-h")), one('2')).map(|half| Time::Half(year, half)),
        month_and_day.verify_map(|(month, day)| match day {
            Some(day) => NaiveDate::from_ymd_opt(year, month, day).map(Time::Day),
            None => (1..=12).contains(&month).then_some(Time::Month(year, month)),
        }),
    )))
    .map(|within| within.unwrap_or(Time::Year(year)))
    .parse_next(input)
}

fn digits<'t>(n: usize) -> impl Parser<&'t str, &'t str, winnow::error::ContextError> {
    take_while(n..=n, |c: char| c.is_ascii_digit())
}

/// The text of a stretch of the calendar.
pub(super) fn text(time: Time) -> String {
    let letter = |unit: Unit| &unit.as_str()[..1];
    match time {
        Time::Day(day) => day.to_string(),
        Time::Month(year, month) => format!("{year}-{month:02}"),
        Time::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
        Time::Half(year, half) => format!("{year}-H{half}"),
        Time::Year(year) => year.to_string(),
        Time::This(Unit::Day) => "today".to_owned(),
        Time::Next(Unit::Day) => "tomorrow".to_owned(),
        Time::Previous(Unit::Day) => "yesterday".to_owned(),
        Time::This(unit) => format!("this-{}", unit.as_str()),
        Time::Next(unit) => format!("next-{}", unit.as_str()),
        Time::Previous(unit) => format!("last-{}", unit.as_str()),
        Time::Within(n, unit) => format!("next-{n}{}", letter(unit)),
        Time::Past(n, unit) => format!("last-{n}{}", letter(unit)),
    }
}
