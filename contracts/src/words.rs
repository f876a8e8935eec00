//! Figures in plain words: the same count, amount or measurement reads the same on the screen, in a report and in an
//! email.

use crate::facts::{Money, OpenByPriority, Priority};

/// `1 ticket`, `2 tickets`, `1,200 tickets`.
pub fn count(n: u64, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(&n.to_string()))
}

/// A measurement with grouped thousands; two decimals under 1 and one under 100, where it has them: `0.25`, `3.5`,
/// `41`, `12,300`.
pub fn number(value: f64) -> String {
    let text = match value {
        ..1.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => return grouped(&format!("{value:.0}")),
    };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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

/// The open tickets by priority, most serious first: `1 urgent`, `2 normal`; none where none is open.
pub fn by_priority(open: OpenByPriority) -> Vec<String> {
    let some = Priority::ALL.into_iter().filter(|&priority| open.of(priority) > 0);
    some.map(|priority| format!("{} {}", open.of(priority), priority.as_str())).collect()
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
