//! Numbers, amounts and lists.

use contracts::facts::{Money, OpenByPriority, Priority};

/// Small numbers, by value.
const NUMBERS: [&str; 13] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The largest number that is written as a word; larger ones are read as words, too.
const SPELLED_UP_TO: u64 = 10;

/// Small numbers as English writes them before a noun: `no`, `two`, but `11`.
pub fn spelled(n: u64) -> String {
    match n {
        0 => "no".to_owned(),
        1..=SPELLED_UP_TO => NUMBERS[n as usize].to_owned(),
        _ => grouped(&n.to_string()),
    }
}

/// The number that a word in small letters stands for: 3 of `three`.
pub fn read_number(word: &str) -> Option<u64> {
    NUMBERS.iter().position(|number| *number == word).map(|n| n as u64)
}

/// `1 ticket`, `2 tickets`, `1,200 tickets`.
pub fn count(n: u64, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(&n.to_string()))
}

/// A measurement with grouped thousands, half up; two decimals under 1 and one under 100, where it has them: `0.25`,
/// `3.5`, `41`, `12,300`.
pub fn number(value: f64) -> String {
    let decimals = match value.abs() {
        ..1.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    let scale = 10_f64.powi(decimals);
    // `round` takes halves away from zero, where formatting alone would take them to the even neighbour.
    let rounded = (value.abs() * scale).round() / scale;
    let text = format!("{rounded:.*}", decimals as usize);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 && rounded > 0.0 { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{part}", grouped(whole))
}

/// A share in whole percent, half up; under one percent more closely: `32%`, `-4%`, `0.25%`.
pub fn percent(basis_points: i64) -> String {
    let share = basis_points as f64 / 100.0;
    let rounded = if share.abs() < 1.0 { share } else { share.abs().round().copysign(share) };
    format!("{}%", number(rounded))
}

/// An amount with its currency; cents only where there are any: `USD 120,000`, `EUR 99.50`.
pub fn money(money: &Money) -> String {
    let (sign, minor) = (if money.minor < 0 { "-" } else { "" }, money.minor.unsigned_abs());
    let whole = grouped(&(minor / 100).to_string());
    match minor % 100 {
        0 => format!("{} {sign}{whole}", money.currency),
        cents => format!("{} {sign}{whole}.{cents:02}", money.currency),
    }
}

/// Amounts in several currencies: `EUR 99.50 and USD 120,000`.
pub fn moneys(amounts: &[Money]) -> String {
    list(&amounts.iter().map(money).collect::<Vec<_>>())
}

/// An amount without its currency and without grouping, as spreadsheets read it: `120000.00`.
pub fn amount(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let minor = minor.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

/// The open tickets by priority, most serious first: `1 urgent`, `2 normal`; none where none is open.
pub fn by_priority(open: OpenByPriority) -> Vec<String> {
    let some = Priority::ALL.into_iter().filter(|&priority| open.of(priority) > 0);
    some.map(|priority| format!("{} {}", open.of(priority), priority.as_str())).collect()
}

/// The same in one: `1 urgent, 2 normal`; where all are of one priority, that alone: `normal`, `all normal`.
pub fn priorities(open: OpenByPriority) -> String {
    let mut some = Priority::ALL.into_iter().filter(|&priority| open.of(priority) > 0);
    match (some.next(), some.next()) {
        (Some(only), None) if open.total() == 1 => only.as_str().to_owned(),
        (Some(only), None) => format!("all {}", only.as_str()),
        _ => by_priority(open).join(", "),
    }
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

/// Puts a comma before every third of the `digits` from the right.
pub fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.char_indices() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
