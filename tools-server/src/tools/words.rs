//! How figures are worded for people: counts, dates, money and spans of days.

use chrono::NaiveDate;
use contracts::facts::{Money, OpenByPriority, Priority};

/// `1 day`, `2 days`.
pub(super) fn count(n: u64, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(n))
}

/// Small numbers as English writes them: `two`, but `11`.
pub(super) fn spelled(n: u32) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n as usize).map_or_else(|| grouped(n.into()), |word| (*word).to_owned())
}

/// `11 Feb 2027`.
pub(super) fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `USD 120,000`, with the hundredths where there are any.
pub(super) fn money(money: &Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let minor = money.minor.unsigned_abs();
    let (whole, cents) = (grouped(minor / 100), minor % 100);
    if cents == 0 {
        format!("{} {sign}{whole}", money.currency)
    } else {
        format!("{} {sign}{whole}.{cents:02}", money.currency)
    }
}

/// A measurement: thousands separated, two decimals under 1 and one under 100, where it has them.
pub(super) fn number(value: f64) -> String {
    let text = match value {
        ..1.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => return group(&format!("{value:.0}")),
    };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The change in whole percent, such as `29% less`; `None` from a base of zero.
pub(super) fn change(before: f64, recent: f64) -> Option<String> {
    let percent = ((recent - before) / before * 100.0).round();
    let direction = if percent < 0.0 { "less" } else { "more" };
    (before > 0.0 && percent != 0.0).then(|| format!("{}% {direction}", group(&format!("{:.0}", percent.abs()))))
}

/// When a renewal is: `on 11 Feb 2027, in 80 days`.
pub(super) fn renewal(day: NaiveDate, days: i64) -> String {
    let distance = match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2.. => format!("in {}", count(days.unsigned_abs(), "day")),
        _ => format!("{} ago", count(days.unsigned_abs(), "day")),
    };
    format!("on {}, {distance}", date(day))
}

/// `1 urgent and 2 normal`; empty where none is open.
pub(super) fn by_priority(open: OpenByPriority) -> String {
    let parts: Vec<String> = Priority::ALL
        .into_iter()
        .filter(|priority| open.of(*priority) > 0)
        .map(|priority| format!("{} {}", open.of(priority), priority.as_str()))
        .collect();
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn grouped(n: u64) -> String {
    group(&n.to_string())
}

/// Puts a comma before every third digit from the right.
fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        let money_of = |minor| money(&Money { minor, currency: "EUR".into() });
        assert_eq!(money_of(12_000_000), "EUR 120,000");
        assert_eq!(money_of(99_950), "EUR 999.50");
        assert_eq!(money_of(-5), "EUR -0.05");
        assert_eq!([count(0, "day"), count(1, "day"), count(1000, "day")], ["0 days", "1 day", "1,000 days"]);
        assert_eq!([spelled(0), spelled(2), spelled(11)], ["no", "two", "11"]);
        assert_eq!(
            [number(41.0), number(0.25), number(0.0), number(28.5), number(99.5)],
            ["41", "0.25", "0", "28.5", "99.5"]
        );
        assert_eq!([number(1234.5), number(1e6)], ["1,234", "1,000,000"]);
        assert_eq!(change(41.0, 29.0).as_deref(), Some("29% less"));
        assert_eq!(change(1.0, 30.0).as_deref(), Some("2,900% more"));
        assert_eq!([change(0.0, 5.0), change(40.0, 40.1)], [None, None]);
    }

    #[test]
    fn renewals_and_priorities_read_as_sentences() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap_or_default();
        let cases = [(80, "in 80 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-2, "2 days ago")];
        for (days, words) in cases {
            assert_eq!(renewal(day, days), format!("on 1 Feb 2027, {words}"));
        }
        let open = |urgent, high, low| by_priority(OpenByPriority { urgent, high, normal: 0, low });
        assert_eq!([open(0, 0, 0), open(2, 0, 0), open(2, 0, 1)], ["", "2 urgent", "2 urgent and 1 low"]);
        assert_eq!(open(2, 3, 1), "2 urgent, 3 high and 1 low");
    }
}
