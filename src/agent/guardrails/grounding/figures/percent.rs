//! What a percentage is of.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    super::super::pattern,
    units::{SCORE_IS, Unit, Whole, on_the_left, on_the_right},
};

/// What makes a level, and no change, of a percentage.
static LEVEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\bat|\b(?:fell|dropped|declined|down|went|rose|up|grew|decreased|increased|shrank|sank|slid|is|was|now)",
        r"\sto)\s(?:(?:about|around|just|only|roughly|nearly|almost)\s)?\z",
    ))
});
static WAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s?of\s(?:what|its|their|the)\s(?:it|they|former|previous|earlier|old|peak|usual)\b")
});

/// What makes a weight of the percentage after it, in a list of them too: `usage is weighted at 45%, tickets at 35%`.
static AS_WEIGHT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bweight(?:s|ed)?(?:\s(?:of|at|is)|:)\s\z|\bweighted\sat\s[0-9]+%[^.;]*\sat\s\z"));
static OF_SCORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s?(?:weight|of\s(?:the|its|their)\s(?:total\s|overall\s|health\s|full\s)?score)\b")
});

/// What the percentage in this range of `sentence` is of.
pub(super) fn percent_of(sentence: &str, range: Range<usize>, metric: &[String]) -> Whole {
    static IN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?(?:\p{L}+\s){0,2}(?:in|of)\s"));
    let (left, right) = (&sentence[..range.start], &sentence[range.end..]);
    let level = LEVEL.is_match(left) || WAS.is_match(right);
    if OF_SCORE.is_match(right) || AS_WEIGHT.is_match(left) {
        return Whole::Weight;
    }
    if SCORE_IS.is_match(left) {
        return Whole::Foreign;
    }
    let left = left.rfind(':').map_or(left, |at| &left[at + 1..]);
    let found = IN.find(right).map_or(right, |found| &right[found.end()..]);
    let unit = on_the_right(found, metric, 2).map(|(unit, _)| unit).or_else(|| on_the_left(left, metric));
    match unit {
        // What usage moved by is known, and not what it is of what it was.
        Some(Unit::Usage) if level => Whole::Foreign,
        Some(Unit::Usage) => Whole::Usage,
        Some(Unit::Tickets(_) | Unit::SeriousTickets | Unit::ClosedTickets) => Whole::Tickets,
        Some(Unit::Points) => Whole::Points,
        Some(Unit::Money(_)) => Whole::Revenue,
        Some(Unit::Seats | Unit::Foreign) => Whole::Foreign,
        _ => Whole::Any,
    }
}
