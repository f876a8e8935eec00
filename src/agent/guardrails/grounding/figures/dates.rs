//! Days, months, quarters.

use chrono::{Datelike, NaiveDate};
use regex::Captures;

use super::{Claim, numbers::ordinal, units::counts_on};

/// The date that a match of the pattern is, where it is one. `Some` without a figure is an idiom.
pub(super) fn read(found: &Captures<'_>, sentence: &str, metric: &[String]) -> Option<Vec<(String, Claim)>> {
    let whole = found.get(0)?;
    let (before, after) = (&sentence[..whole.start()], &sentence[whole.end()..]);
    let points = found.name("nthw").is_some() && before.trim().is_empty() && after.starts_with(',');
    if found.name("idiom").is_some() || points {
        return Some(Vec::new());
    }
    let claim = days(found).or_else(|| months(found)).or_else(|| quarters(found))?;
    // `the tenth ticket` is no day.
    let counts = counts_on(after, metric) || after.trim_start().starts_with("open");
    let claim = if counts && matches!(claim, Claim::DayOfMonth(_)) { Claim::Unreadable } else { claim };
    Some(vec![(found[0].trim().to_owned(), claim)])
}

fn number<T: std::str::FromStr>(found: &Captures<'_>, name: &str) -> Option<T> {
    found.name(name)?.as_str().parse().ok()
}

fn days(found: &Captures<'_>) -> Option<Claim> {
    let certain = |year, month, day| match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => Claim::Day(vec![date]),
        None => Claim::Unreadable,
    };
    if let Some(year) = number(found, "y") {
        let month = number(found, "m").or_else(|| number(found, "mc"))?;
        return Some(certain(year, month, number(found, "d")?));
    }
    if let (Some(third), Some(year)) = (found.name("third"), number(found, "in_year")) {
        let month = match third.as_str().to_lowercase().as_str() {
            "early" => 1,
            "mid" => 5,
            _ => 9,
        };
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        return Some(Claim::Day(first.iter_days().take(4 * 31).collect()));
    }
    if let (Some(first), Some(second), Some(last)) =
        (number(found, "first"), number(found, "second"), number::<i32>(found, "last"))
    {
        let year = if last < 100 { 2000 + last } else { last };
        let orders = [(first, second), (second, first)];
        let mut dates: Vec<_> =
            orders.iter().filter_map(|&(day, month)| NaiveDate::from_ymd_opt(year, month, day)).collect();
        dates.dedup();
        return Some(if dates.is_empty() { Claim::Unreadable } else { Claim::Day(dates) });
    }
    let nth = |name: &str| found.name(name).and_then(|word| ordinal(word.as_str()));
    let named = |(day, word): (&str, &str), month: &str, year: &str| {
        let (day, month) = (number(found, day).or_else(|| nth(word))?, month_number(found.name(month)?.as_str())?);
        let leap_year = 2000;
        let year = found.name(year).and_then(|year| year.as_str().trim_start_matches('\'').parse().ok());
        Some(match year {
            Some(short @ 0..100) => certain(2000 + short, month, day),
            Some(year) => certain(year, month, day),
            None if NaiveDate::from_ymd_opt(leap_year, month, day).is_some() => Claim::DayOfYear { day, month },
            None => Claim::Unreadable,
        })
    };
    named(("day", "dayw"), "month", "year")
        .or_else(|| named(("day2", "dayw2"), "month2", "year2"))
        .or_else(|| number(found, "nth").or_else(|| nth("nthw")).map(Claim::DayOfMonth))
}

fn months(found: &Captures<'_>) -> Option<Claim> {
    if let (Some(year), Some(month)) = (number(found, "ym"), number(found, "mm")) {
        return Some(Claim::Month { month, year: Some(year) });
    }
    let name = found.name("month3").or_else(|| found.name("month4")).or_else(|| found.name("month6"))?;
    Some(Claim::Month { month: month_number(name.as_str())?, year: number(found, "year3") })
}

fn quarters(found: &Captures<'_>) -> Option<Claim> {
    let named = found.name("qo").map(|word| match word.as_str().to_lowercase().as_str() {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        _ => 4,
    });
    let quarter = number(found, "q").or_else(|| number(found, "q2")).or(named)?;
    let short = number::<i32>(found, "qs").map(|year| 2000 + year);
    Some(Claim::Quarter { quarter, year: number(found, "qy").or_else(|| number(found, "qoy")).or(short) })
}

/// By its first letters, in English, German, French and Spanish.
fn month_number(name: &str) -> Option<u32> {
    const STARTS: [(&str, u32); 24] = [
        ("jan", 1),
        ("ene", 1),
        ("feb", 2),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("mär", 3),
        ("apr", 4),
        ("abr", 4),
        ("avr", 4),
        ("may", 5),
        ("mai", 5),
        ("jun", 6),
        ("juin", 6),
        ("jul", 7),
        ("juil", 7),
        ("aug", 8),
        ("ao", 8),
        ("ago", 8),
        ("sep", 9),
        ("oct", 10),
        ("okt", 10),
        ("nov", 11),
        ("d", 12),
    ];
    let name = name.to_lowercase();
    STARTS.iter().find(|(start, _)| name.starts_with(start)).map(|&(_, month)| month)
}

/// 1 to 4.
pub(in super::super) fn quarter_of(date: NaiveDate) -> u32 {
    date.month0() / 3 + 1
}
