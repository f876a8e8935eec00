//! The answer in two to four plain sentences that fit the task.

use contracts::{
    Text,
    health::{Contribution, HealthPart, HealthReport, Risk},
    planner::Task,
};

use super::Case;
use crate::words;

/// `None` while nothing is known.
pub(super) fn summary(case: &Case<'_>) -> Option<Text> {
    let sentences = match case.task {
        Task::Health => [standing(case), figures(case), contract(case), gaps(case)],
        Task::Renewal => [contract(case), standing(case), figures(case), gaps(case)],
        Task::Qbr => [outline(case), standing(case), figures(case), contract(case)],
        Task::Churn => [standing(case), drivers(case), figures(case), gaps(case)],
        Task::Email => [email(case), figures(case), standing(case), gaps(case)],
    };
    let sentences: Vec<_> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| Text::new(&sentences.join(" ")))
}

/// The score and its band.
fn standing(case: &Case<'_>) -> Option<String> {
    let HealthReport { score, risk, range, coverage, .. } = case.health?;
    let name = case.name;
    let band = risk.as_str();
    Some(match score {
        Some(score) if *risk != Risk::Unknown && *coverage == 100 => {
            format!("{name} scores {score} of 100: {band} risk.")
        }
        Some(score) if *risk != Risk::Unknown => {
            format!("{name} scores {score} of 100 on what is known, and {} at the worst: {band} risk.", range.low)
        }
        _ => format!(
            "Too little is known of {name} to judge its risk: the score lies anywhere between {} and {}.",
            range.low, range.high
        ),
    })
}

/// Usage and tickets.
fn figures(case: &Case<'_>) -> Option<String> {
    let usage = case.usage.map(|usage| {
        let figures = words::usage(usage);
        match (usage.trend, case.stale(HealthPart::UsageTrend)) {
            (_, Some(day)) => format!("usage is not known since {day} (then {figures})"),
            (Some(trend), None) => format!("usage is {} ({figures})", trend.as_str()),
            (None, None) => format!("usage is at {figures}, too few points for a trend"),
        }
    });
    let tickets = case.tickets.map(|tickets| {
        let by_priority = words::by_priority(tickets.by_priority);
        match (tickets.open, case.stale(HealthPart::OpenTickets)) {
            (open, Some(day)) => format!("open tickets are not known since {day} (then {open})"),
            (0, None) => "no ticket is open".to_owned(),
            (1, None) => format!("one ticket is open ({by_priority})"),
            (open, None) => format!("{open} tickets are open ({by_priority})"),
        }
    });
    let parts: Vec<_> = [usage, tickets].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| sentence(&words::list(&parts)))
}

/// When the contract renews, and what is at stake.
fn contract(case: &Case<'_>) -> Option<String> {
    let contract = case.contract?;
    let what = match (&contract.plan, &contract.arr) {
        (Some(plan), Some(arr)) => format!("The {plan} contract of {} ({} a year)", case.name, words::money(arr)),
        (None, Some(arr)) => format!("The contract of {} ({} a year)", case.name, words::money(arr)),
        (Some(plan), None) => format!("The {plan} contract of {}", case.name),
        (None, None) => format!("The contract of {}", case.name),
    };
    let how = match contract.auto_renew {
        Some(true) => " by itself",
        Some(false) | None => "",
    };
    if let Some(day) = case.stale(HealthPart::DaysToRenewal) {
        let renewal = case.renewal().map(|(_, date)| format!(" was to renew{how} on {date},")).unwrap_or_default();
        return Some(format!("{what}{renewal} as known on {day}."));
    }
    Some(match case.renewal() {
        Some((days, date)) if days < 0 => format!("{what} was to renew{how} on {date}, {}.", words::distance(days)),
        Some((days, date)) => format!("{what} renews{how} {}.", words::renewal(days, date)),
        None => format!("{what} has no renewal date."),
    })
}

/// What the score lacks most, dearest first.
fn drivers(case: &Case<'_>) -> Option<String> {
    let drivers: Vec<_> = shortfalls(case.health?).into_iter().map(|(part, short)| cost(part, short)).collect();
    (!drivers.is_empty()).then(|| format!("What costs most: {}.", words::list(&drivers)))
}

/// `usage trend (down, 45 points short)`.
pub(super) fn cost(part: &Contribution, short_bp: u32) -> String {
    let points = words::number(f64::from(short_bp) / 100.0);
    format!("{} ({}, {points} points short)", part.part().label(), domain::health::words::input(part.input))
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

fn email(case: &Case<'_>) -> Option<String> {
    case.email.map(|draft| format!("The email to {} is drafted, under the subject “{}”.", case.name, draft.subject))
}

/// What the score does not know.
fn gaps(case: &Case<'_>) -> Option<String> {
    let health = case.health.filter(|health| !health.gaps.is_empty())?;
    Some(format!("Not known: {}.", words::gaps(health)))
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}{}.", first.collect::<String>(), chars.as_str())
}
