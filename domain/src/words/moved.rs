//! What a figure did: the direction word always agrees with the figures as they are written.

use std::cmp::Ordering;

use contracts::facts::Money;

use super::{money, moneys, number, percent};

/// A change that is not whole, but rounds to it.
const NEARLY_ALL_BP: i64 = 9_950;
const ALL_BP: i64 = 10_000;

/// What `after` is more than `before` in basis points of it, cut to whole ones, so that rounding them to percent rounds
/// nothing twice; `None` from nothing.
pub fn change_bp(before: f64, after: f64) -> Option<i64> {
    let share = (after - before) * ALL_BP as f64 / before;
    (before > 0.0 && share.is_finite()).then_some(share as i64)
}

/// `fell from 897 to 610, by 32%`; `stayed at 41` where both read the same.
pub fn moved(before: f64, after: f64) -> String {
    let (from, to) = (number(before), number(after));
    clause(&from, &to, after.total_cmp(&before), change_bp(before, after))
}

/// Which way a figure went, and by what share in basis points; nowhere where both read the same.
pub fn movement(before: f64, after: f64) -> (Ordering, Option<i64>) {
    if number(before) == number(after) {
        return (Ordering::Equal, None);
    }
    let direction = after.total_cmp(&before);
    // A fall by nearly all is not told as one by all.
    let most = if direction == Ordering::Less && after > 0.0 { NEARLY_ALL_BP - 1 } else { i64::MAX };
    (direction, change_bp(before, after).map(|change| change.abs().min(most)).filter(|change| *change > 0))
}

/// The same of amounts, one a currency. Of several currencies no direction is told.
pub fn moved_money(before: &[Money], after: &[Money]) -> String {
    match (before, after) {
        ([from], [to]) if from.currency == to.currency => {
            let change = change_bp(from.minor as f64, to.minor as f64);
            clause(&money(from), &money(to), to.minor.cmp(&from.minor), change)
        }
        _ if before == after => format!("stayed at {}", moneys(after)),
        _ => format!("changed from {} to {}", moneys(before), moneys(after)),
    }
}

/// The clause for two figures that are written already.
fn clause(from: &str, to: &str, direction: Ordering, change_bp: Option<i64>) -> String {
    let verb = match direction {
        Ordering::Less => "fell",
        Ordering::Greater => "rose",
        Ordering::Equal => "stayed",
    };
    if from == to || direction == Ordering::Equal {
        return format!("stayed at {to}");
    }
    let by = match change_bp.map(i64::abs) {
        None | Some(0) => String::new(),
        Some(NEARLY_ALL_BP..ALL_BP) if direction == Ordering::Less => ", by over 99%".to_owned(),
        Some(change) => format!(", by {}", percent(change)),
    };
    format!("{verb} from {from} to {to}{by}")
}
