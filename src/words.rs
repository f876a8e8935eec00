//! Figures in plain words: the same amount, count or distance reads the same in every place.

use chrono::NaiveDate;
use contracts::{
    facts::{Money, OpenByPriority, Priority, Trend},
    tools::UsageReport,
};

/// `1 ticket`, `2 tickets`.
pub fn count(n: u32, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(&n.to_string())) }
}

/// A measurement with grouped thousands, and one decimal under 100 where it has one: `41`, `3.5`, `12,300`.
pub fn number(value: f64) -> String {
    if value < 100.0 {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    } else {
        grouped(&format!("{value:.0}"))
    }
}

/// An amount with its currency; cents only where there are any: `USD 120,000`, `EUR 99.50`.
pub fn money(money: &Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let minor = money.minor.unsigned_abs();
    let whole = grouped(&(minor / 100).to_string());
    match minor % 100 {
        0 => format!("{} {sign}{whole}", money.currency),
        cents => format!("{} {sign}{whole}.{cents:02}", money.currency),
    }
}

/// `1 day`, `40 days`; the sign is left to the sentence.
pub fn days(days: i64) -> String {
    count(u32::try_from(days.unsigned_abs()).unwrap_or(u32::MAX), "day")
}

/// How far away a day is: `in 40 days`, `today`, `1 day ago`.
pub fn distance(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {}", self::days(days)),
        _ => format!("{} ago", self::days(days)),
    }
}

/// A renewal: `in 40 days, on 2027-01-02`.
pub fn renewal(days: i64, date: NaiveDate) -> String {
    format!("{}, on {date}", distance(days))
}

/// What usage did: `41 -> 29 logins a day`, or only the newest value where there is nothing to compare it with. A visible
/// difference that is no trend is explained.
pub fn usage(report: &UsageReport) -> String {
    let recent = format!("{} {}", number(report.recent), report.metric);
    let Some(before) = report.before else { return recent };
    let visible = (report.recent - before).abs() >= before * VISIBLE;
    let noise = if report.trend == Some(Trend::Flat) && visible { ", within its usual ups and downs" } else { "" };
    format!("{} -> {recent}{noise}", number(before))
}

/// From this share on a difference catches the eye; the trend asks for as much, and for more than the series' noise.
const VISIBLE: f64 = 0.1;

/// Which way usage moves, in words; silent where nobody can say.
pub fn trend(trend: Option<Trend>) -> &'static str {
    trend.map_or("trend not known", Trend::as_str)
}

/// The open tickets by priority, most serious first: `1 urgent, 2 normal`; empty where none is open.
pub fn by_priority(open: OpenByPriority) -> String {
    let parts: Vec<_> = Priority::ALL
        .into_iter()
        .filter(|&priority| open.of(priority) > 0)
        .map(|priority| format!("{} {}", open.of(priority), priority.as_str()))
        .collect();
    parts.join(", ")
}

/// Items as a sentence lists them: `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Items with the verb that fits their number: `usage trend is`, `usage trend and open tickets are`.
pub fn are(items: &[&str]) -> String {
    format!("{} {}", list(items), if items.len() == 1 { "is" } else { "are" })
}

/// Milliseconds as a reader wants them: `0.4 ms`, `18 ms`, `1.2 s`.
pub fn duration(ms: f64) -> String {
    match ms {
        ms if ms >= 1000.0 => format!("{:.1} s", ms / 1000.0),
        ms if ms >= 10.0 => format!("{ms:.0} ms"),
        ms => format!("{ms:.1} ms"),
    }
}

/// A score for a narrow column; `76?` where some of the data behind it is missing.
pub fn score(score: u32, coverage: u32) -> String {
    if coverage < 100 { format!("{score}?") } else { score.to_string() }
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
