//! The sentences that a task's file may say.

use contracts::{facts::Trend, health::Contribution, reading::Value, tools::HealthReport};
use domain::{health, occasion, thresholds::VISIBLE_CHANGE_BP, words::sentence};

use super::Case;
use crate::words;

/// What a task's file may say of the customer, under the name that it says it by.
pub(super) fn sentences(case: &Case<'_>) -> [(&'static str, Option<String>); 9] {
    [
        ("sentence.score", case.health.map(|report| health::words::standing(case.name, report))),
        ("sentence.usage", figures(case)),
        ("sentence.adoption", usage(case).map(sentence)),
        ("sentence.tickets", tickets(case).as_deref().map(sentence)),
        ("sentence.renewal", contract(case)),
        ("sentence.drivers", drivers(case)),
        ("sentence.outline", outline(case)),
        ("sentence.email", email(case)),
        ("sentence.gaps", gaps(case)),
    ]
}

/// Usage and tickets.
fn figures(case: &Case<'_>) -> Option<String> {
    let parts: Vec<_> = [usage(case).map(str::to_owned), tickets(case)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| sentence(&parts.join(", and ")))
}

/// What usage did. Silence and steadiness are told by the trend, a change by its figures.
fn usage<'a>(case: &Case<'a>) -> Option<&'a str> {
    let is_visible = || matches!(case.known("usage.change"), Some(Value::Share(bp)) if bp.abs() >= VISIBLE_CHANGE_BP);
    let usage = case.usage?;
    let order = match usage.trend {
        _ if usage.stale => ["usage.now", "usage.trend", "usage.change"],
        Some(Trend::Silent) => ["usage.trend", "usage.now", "usage.change"],
        Some(Trend::Flat) if !is_visible() => ["usage.trend", "usage.now", "usage.change"],
        _ => ["usage.change", "usage.trend", "usage.now"],
    };
    order.into_iter().find_map(|id| case.says(id))
}

/// How many tickets are open, and how serious they are.
fn tickets(case: &Case<'_>) -> Option<String> {
    let (tickets, says) = (case.tickets?, case.says("tickets.open")?);
    let priorities = words::priorities(tickets.by_priority);
    Some(if priorities.is_empty() || tickets.stale { says.to_owned() } else { format!("{says} ({priorities})") })
}

/// When the contract renews, and what is at stake.
fn contract(case: &Case<'_>) -> Option<String> {
    case.contract?;
    let renewal = case.renewal().unwrap_or_else(|| "no renewal date is on record".to_owned());
    let stake = ["contract.arr_change", "contract.arr"].into_iter().find_map(|id| case.says(id));
    let sentences: Vec<_> = [Some(renewal.as_str()), stake].into_iter().flatten().map(sentence).collect();
    Some(sentences.join(" "))
}

/// What the score lacks most, dearest first.
fn drivers(case: &Case<'_>) -> Option<String> {
    let drivers: Vec<_> = shortfalls(case.health?).into_iter().map(|(part, short)| cost(part, short)).collect();
    (!drivers.is_empty()).then(|| format!("What costs most: {}.", words::list(&drivers)))
}

/// `usage trend (down, 45 points short)`.
pub(super) fn cost(part: &Contribution, short_bp: u32) -> String {
    let points = words::number(f64::from(short_bp) / 100.0);
    format!("{} ({}, {points} points short)", part.part().label(), health::words::input(part.input))
}

/// The parts that add less than they could, and by how many basis points, most first.
pub(super) fn shortfalls(health: &HealthReport) -> Vec<(&Contribution, u32)> {
    let short = |part: &Contribution| {
        let full = (part.weight * 10_000).checked_div(health.coverage).unwrap_or_default();
        if part.points < 100 { full.saturating_sub(part.adds_bp) } else { 0 }
    };
    let mut parts: Vec<_> = health.contributions.iter().map(|part| (part, short(part))).collect();
    parts.retain(|&(_, short)| short > 0);
    parts.sort_by_key(|&(_, short)| std::cmp::Reverse(short));
    parts
}

fn outline(case: &Case<'_>) -> Option<String> {
    let qbr = case.qbr?;
    let points = qbr.sections.iter().map(|section| section.talking_points.len()).sum::<usize>();
    let counted = |n: usize, noun| words::count(n as u64, noun);
    Some(format!(
        "The QBR outline for {} has {} with {}.",
        case.name,
        counted(qbr.sections.len(), "section"),
        counted(points, "talking point")
    ))
}

/// That there is a draft, and why it should wait.
pub(super) fn email(case: &Case<'_>) -> Option<String> {
    let draft = case.email?;
    let hold = draft.hold().map(|hold| format!(" {}", occasion::words::hold(hold))).unwrap_or_default();
    Some(format!("The email to {} is drafted.{hold}", case.name))
}

/// What the score does not know.
pub(super) fn gaps(case: &Case<'_>) -> Option<String> {
    health::words::not_known(case.health?)
}
