//! What one cell may say. Each function reads the trimmed text of a cell; the error says what was expected, so that a
//! message can go on after `"…" is not`.

use chrono::{Datelike, NaiveDate};
use contracts::{
    ActivityId, CustomerId, Line, MAX_LINE, Text,
    activity::{ActivityKind, MAX_WORDS},
    days,
    facts::{Measure, Priority, Status, Survey, Trend},
};

/// What was expected instead.
pub type Expected = &'static str;

/// Expected of the day on which a ticket was closed.
pub const CLOSED_ON: Expected = "a day on or after that on which the ticket was opened";

/// A customer's id.
pub fn customer_id(text: &str) -> Result<CustomerId, Expected> {
    text.parse().map_err(|_| "an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning with a letter or digit")
}

/// Foreign text as a spreadsheet may open it: what it would take for a formula gets an apostrophe in front.
pub fn inert(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`inert`] was given.
pub fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(text)
}

/// Whether the text is a formula, or one that was made inert already.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

/// A name or other line that says something.
pub fn line(text: &str) -> Result<Line, Expected> {
    let line = Line::new(plain(text));
    match line.as_str().chars().count() {
        0 => Err("a text that can be seen"),
        1..=MAX_LINE => Ok(line),
        _ => Err("a text of up to 200 characters"),
    }
}

/// An activity's id.
pub fn activity_id(text: &str) -> Result<ActivityId, Expected> {
    text.parse().map_err(|_| "an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning with a letter or digit")
}

/// Words of several lines.
pub fn words(text: &str) -> Result<Text, Expected> {
    let words = Text::new(plain(text));
    match words.as_str().chars().count() {
        0 => Err("a text that can be seen"),
        1..=MAX_WORDS => Ok(words),
        _ => Err("a text of up to 4000 characters"),
    }
}

/// What was done with a customer.
pub fn activity_kind(text: &str) -> Result<ActivityKind, Expected> {
    one_of(text, ActivityKind::ALL, ActivityKind::as_str, "note, call, meeting, email, prepared, sent or unknown")
}

/// A day.
pub fn date(text: &str) -> Result<NaiveDate, Expected> {
    const EXPECTED: Expected = "a date written YYYY-MM-DD";
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if !shape {
        return Err(EXPECTED);
    }
    let date = days::parse(text).ok_or("a day of the calendar (YYYY-MM-DD)")?;
    if (1970..2200).contains(&date.year()) { Ok(date) } else { Err("a date from 1970 to 2199") }
}

/// A measurement: finite, not negative.
pub fn value(text: &str) -> Result<f64, Expected> {
    const EXPECTED: Expected = "a number such as 1250 or 12.5, not negative and under a million million";
    // Most values are counts, of which a file may have millions.
    if let Ok(count) = text.parse::<u32>() {
        return if text.starts_with('+') { Err(EXPECTED) } else { Ok(f64::from(count)) };
    }
    let digits = ungrouped(text).ok_or(EXPECTED)?;
    let value = digits.parse::<f64>().map_err(|_| EXPECTED)?;
    if value < 1e12 { Ok(value) } else { Err(EXPECTED) }
}

/// An amount of money in hundredths of its currency.
pub fn money(text: &str) -> Result<i64, Expected> {
    const EXPECTED: Expected = "an amount such as 120000 or 120,000.50, not negative and under a million million";
    let digits = ungrouped(text).ok_or(EXPECTED)?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let cents = match fraction.trim_end_matches('0').as_bytes() {
        [] => 0,
        [tens] => i64::from(tens - b'0') * 10,
        [tens, ones] => i64::from(tens - b'0') * 10 + i64::from(ones - b'0'),
        _ => return Err("an amount with at most two decimals"),
    };
    let whole = whole.parse::<i64>().ok().filter(|whole| *whole < 1_000_000_000_000).ok_or(EXPECTED)?;
    Ok(whole * 100 + cents)
}

/// An ISO 4217 code.
pub fn currency(text: &str) -> Result<Line, Expected> {
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(Line::new(&text.to_ascii_uppercase()))
    } else {
        Err("a currency of three letters such as USD")
    }
}

/// A number of seats.
pub fn seats(text: &str) -> Result<u32, Expected> {
    const EXPECTED: Expected = "a whole number of seats, up to 100 million";
    let seats = ungrouped(text).and_then(|digits| digits.parse().ok()).ok_or(EXPECTED)?;
    if seats <= 100_000_000 { Ok(seats) } else { Err(EXPECTED) }
}

/// How many days before the renewal a contract can be ended.
pub fn notice_days(text: &str) -> Result<u32, Expected> {
    const EXPECTED: Expected = "a whole number of days, up to 3650";
    text.parse().ok().filter(|days| *days <= 3_650).ok_or(EXPECTED)
}

/// An e-mail address, as far as it can be told without sending to it; in lower case.
pub fn email(text: &str) -> Result<Line, Expected> {
    const EXPECTED: Expected = "an e-mail address such as ada@example.com";
    let line = line(text).map_err(|_| EXPECTED)?;
    let (name, domain) = line.as_str().split_once('@').ok_or(EXPECTED)?;
    let fits = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@,;<>".contains(c));
    if fits(name) && fits(domain) { Ok(Line::new(&line.as_str().to_lowercase())) } else { Err(EXPECTED) }
}

/// An answer to how satisfied somebody is.
pub fn csat(text: &str) -> Result<u32, Expected> {
    text.parse().ok().filter(|score| (1..=5).contains(score)).ok_or("1 to 5, as csat is")
}

/// An answer to how likely somebody is to recommend something.
pub fn nps(text: &str) -> Result<u32, Expected> {
    text.parse().ok().filter(|score| *score <= 10).ok_or("0 to 10, as nps is")
}

/// Yes or no.
pub fn yes_no(text: &str) -> Result<bool, Expected> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        _ => Err("yes or no"),
    }
}

/// How serious a ticket is.
pub fn priority(text: &str) -> Result<Priority, Expected> {
    one_of(text, Priority::ALL, Priority::as_str, "urgent, high, normal or low")
}

/// Which way usage moves.
pub fn trend(text: &str) -> Result<Trend, Expected> {
    one_of(text, [Trend::Up, Trend::Flat, Trend::Down], Trend::as_str, "up, flat or down")
}

/// How values of usage add up.
pub fn measure(text: &str) -> Result<Measure, Expected> {
    one_of(text, [Measure::Count, Measure::Level], Measure::as_str, "count or level")
}

/// Whether a customer is one still.
pub fn status(text: &str) -> Result<Status, Expected> {
    one_of(text, [Status::Active, Status::Churned], Status::as_str, "active or churned")
}

/// How satisfaction was asked for.
pub fn survey(text: &str) -> Result<Survey, Expected> {
    one_of(text, [Survey::Csat, Survey::Nps], Survey::as_str, "csat or nps")
}

fn one_of<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    word: fn(T) -> &'static str,
    expected: Expected,
) -> Result<T, Expected> {
    let text = text.to_ascii_lowercase();
    all.into_iter().find(|&choice| word(choice) == text).ok_or(expected)
}

/// The plain digits of `1250`, `12.5` or `1,250.50`; none for anything else. A comma only ever groups thousands:
/// `12,5` could mean two things and is refused.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest = groups.collect::<Vec<_>>();
    let grouped = rest.iter().all(|group| group.len() == 3 && is_digits(group));
    let well_formed = is_digits(first)
        && grouped
        && (rest.is_empty() || first.len() <= 3)
        && fraction.is_none_or(is_digits)
        && text.len() <= 40;
    well_formed.then(|| text.replace(',', ""))
}
