//! Occasions of usage.

use contracts::{
    Line,
    facts::{Measure, Trend},
    occasion::{About, Ask, Change, Fall, Lasted},
    reading::Value,
};

use super::Found;
use crate::{
    case::Case,
    facts::find,
    thresholds::{LONG_SILENCE_DAYS, SEATS_NEARLY_FULL_BP, SHARP_FALL_BP},
    usage::UsageFigures,
    words::{change_bp, in_brackets, is_internal, without_span},
};

/// Nobody uses the product any more, be it that it fell to nothing lately. That is asked about, and not held against
/// them.
pub(super) fn silence(case: &Case) -> Option<Found> {
    let stopped = || moves(case, Trend::Down).filter(|usage| usage.recent == 0.0);
    let usage = moves(case, Trend::Silent).or_else(stopped)?;
    let is_recent = usage.last_use.is_some_and(|day| case.days_since(day) < LONG_SILENCE_DAYS);
    let lasted = if is_recent { Lasted::Weeks } else { Lasted::Months };
    Some(Found { about: About::Silence { lasted }, ask: Ask::Reply, next_in: None, statements: &["usage.silent"] })
}

pub(super) fn decline(case: &Case) -> Option<Found> {
    let change = change(moves(case, Trend::Down)?)?;
    let is_sharp = change_bp(change.before, change.recent).is_some_and(|bp| bp <= -SHARP_FALL_BP);
    let fall = if is_sharp { Fall::Sharp } else { Fall::Slight };
    Some(Found {
        about: About::Decline { change, fall },
        ask: if is_sharp { Ask::Talk } else { Ask::Reply },
        next_in: None,
        statements: &["usage.change"],
    })
}

pub(super) fn growth(case: &Case) -> Option<Found> {
    let change = change(moves(case, Trend::Up)?)?;
    let used = find("usage.per_seat").map(|fact| fact.get(case));
    let seats = match used.as_ref().and_then(|used| used.known()) {
        Some(Value::Share(bp)) if (SEATS_NEARLY_FULL_BP..=10_000).contains(bp) => Some(*bp),
        _ => None,
    };
    Some(Found {
        ask: if seats.is_some() { Ask::Talk } else { Ask::Reply },
        about: About::Growth { change, seats },
        next_in: None,
        statements: &["usage.change", "usage.per_seat"],
    })
}

/// What is known of usage, where it moves that way.
pub(super) fn moves(case: &Case, trend: Trend) -> Option<&UsageFigures> {
    case.usage.known().filter(|usage| usage.trend == Some(trend))
}

fn change(usage: &UsageFigures) -> Option<Change> {
    let days = Some(usage.window_days).filter(|&days| usage.measure == Measure::Count && days > 0);
    let named = if days.is_some() { without_span(usage.metric.as_str()) } else { usage.metric.as_str() };
    let metric = (!named.is_empty() && !is_internal(named)).then(|| Line::new(&in_brackets(named)));
    Some(Change { metric, days, before: usage.before?, recent: usage.recent, seasonal: usage.seasonal })
}
