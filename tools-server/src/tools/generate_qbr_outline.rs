//! `generate_qbr_outline`: titled sections of talking points, each with its numbers and their date.

use contracts::{
    Line,
    facts::{Priority, Source, Trend, UsagePoint},
    reading::Knowledge,
    tools::{QbrOutline, QbrSection},
};
use domain::{
    case::{Case, ContractFigures, TicketFigures},
    thresholds::RENEWAL_FAR_DAYS,
    usage::UsageFigures,
};

use super::{MissingData, words};

pub(super) fn run(case: &Case) -> Result<QbrOutline, MissingData> {
    let name = &case.name;
    if case.usage == Knowledge::Missing && case.tickets == Knowledge::Missing && case.contract == Knowledge::Missing {
        return Err(MissingData(format!(
            "There is nothing to review of {name}; import usage.csv, tickets.csv or contracts.csv to add it."
        )));
    }
    let sections = [
        ("Where we stand", standing(case)),
        ("Usage", section(&case.usage, "usage", "usage.csv", |figures, source| usage(case, figures, source))),
        ("Support", section(&case.tickets, "tickets", "tickets.csv", support)),
        (
            "Contract and renewal",
            section(&case.contract, "the contract", "contracts.csv", |contract, source| {
                commercials(case, contract, source)
            }),
        ),
        ("Next quarter", next_quarter(case)),
    ];
    Ok(QbrOutline {
        title: Line::new(&format!("{name}: quarterly business review, {}", words::date(case.as_of))),
        sections: sections
            .into_iter()
            .map(|(title, points)| QbrSection {
                title: Line::new(title),
                talking_points: points.iter().map(|point| Line::new(point)).collect(),
            })
            .collect(),
    })
}

/// The points of a part; of one that is too old to speak of as present, and of one that is not there, how to fill it.
fn section<T>(
    part: &Knowledge<T>,
    what: &str,
    file: &str,
    points: impl FnOnce(&T, &Source) -> Vec<String>,
) -> Vec<String> {
    match part {
        Knowledge::Known { value, source } => points(value, source),
        Knowledge::Stale { source, .. } => vec![format!(
            "What is on record of {what} is of {}: bring {file} up to date to fill this section.",
            words::date(source.as_of)
        )],
        Knowledge::Missing => vec![missing(what, file)],
    }
}

fn missing(what: &str, file: &str) -> String {
    format!("Nothing on record of {what}: import {file} to fill this section.")
}

fn as_of(source: &Source) -> String {
    format!("(as of {})", words::date(source.as_of))
}

/// The review in a glance: one point a part.
fn standing(case: &Case) -> Vec<String> {
    let usage = case.usage.known().map(|usage| match usage.trend {
        Some(Trend::Up) => "Usage is growing.",
        Some(Trend::Flat) => "Usage is steady.",
        Some(Trend::Down) => "Usage is going down.",
        Some(Trend::Silent) => "There has been no use of late.",
        None => "Usage is too short on record to tell a trend.",
    });
    let tickets = case.tickets.known().map(|tickets| match tickets.by_priority.total() {
        0 => "No ticket is open.".to_owned(),
        open => format!("{} open: {}.", words::count(open.into(), "ticket"), words::by_priority(tickets.by_priority)),
    });
    let renewal = case.contract.known().map(|_| match case.renewal() {
        Knowledge::Known { value, .. } => {
            let days = -case.days_since(value);
            let verb = match days {
                ..0 if renews_by_itself(case) => "on record was",
                ..0 => "was due",
                _ => "is due",
            };
            format!("The renewal {verb} {}.", words::renewal(value, days))
        }
        Knowledge::Stale { value, .. } => {
            format!("The renewal on record was {}.", words::renewal(value, -case.days_since(value)))
        }
        Knowledge::Missing => "No renewal date is on record.".to_owned(),
    });
    let points: Vec<_> = usage.map(str::to_owned).into_iter().chain(tickets).chain(renewal).collect();
    if points.is_empty() { vec!["All that is on record is too old to speak of today.".to_owned()] } else { points }
}

fn renews_by_itself(case: &Case) -> bool {
    case.contract.known().is_some_and(|contract| contract.main.auto_renew == Some(true))
}

fn usage(case: &Case, usage: &UsageFigures, source: &Source) -> Vec<String> {
    let (metric, recent, as_of) = (&usage.metric, words::number(usage.recent), as_of(source));
    if usage.trend == Some(Trend::Silent) {
        // The customer reads along: what stopped is asked about and not shown in figures.
        return vec![
            format!("No use of late {as_of}: ask what changed."),
            "Ask what the team works with now, and what it is missing.".to_owned(),
        ];
    }
    let level = match usage.before {
        Some(before) => {
            let change = words::change(before, usage.recent).map(|change| format!(", {change}")).unwrap_or_default();
            format!("{metric}: {recent} now, {} before{change} {as_of}.", words::number(before))
        }
        None => format!("{metric}: {recent} {as_of}."),
    };
    let mut points = vec![level];
    if let [first, .., last] = case.points.as_slice() {
        points.push(format!(
            "On record from {} to {}, {}.",
            words::date(first.date),
            words::date(last.date),
            words::count(case.points.len() as u64, "measurement")
        ));
        points.extend(peak(&case.points));
    }
    points
}

fn peak(points: &[UsagePoint]) -> Option<String> {
    let best = points.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    let least = points.iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
    (best.value > least.value).then(|| {
        format!(
            "Highest {} on {}, lowest {} on {}.",
            words::number(best.value),
            words::date(best.date),
            words::number(least.value),
            words::date(least.date)
        )
    })
}

fn support(tickets: &TicketFigures, source: &Source) -> Vec<String> {
    let (open, as_of) = (tickets.by_priority.total(), as_of(source));
    if open == 0 {
        return vec![format!("No ticket is open {as_of}.")];
    }
    let mut points = vec![format!(
        "{} open: {} {as_of}.",
        words::count(open.into(), "ticket"),
        words::by_priority(tickets.by_priority)
    )];
    points.extend(tickets.oldest_open.map(|day| format!("The oldest is open since {}.", words::date(day))));
    let serious = |priority: Priority| matches!(priority, Priority::Urgent | Priority::High);
    let shown = tickets.recent.iter().filter(|ticket| ticket.closed_on.is_none() && serious(ticket.priority)).take(3);
    points.extend(shown.map(|ticket| {
        let subject = ticket.subject.as_ref().map(|subject| format!(" “{subject}”")).unwrap_or_default();
        format!("{} ({}){subject}, open since {}.", ticket.id, ticket.priority.as_str(), words::date(ticket.opened_on))
    }));
    points
}

fn commercials(case: &Case, contract: &ContractFigures, source: &Source) -> Vec<String> {
    let as_of = as_of(source);
    let renewal = contract.main.renewal_date.map(|date| {
        let how = match contract.main.auto_renew {
            Some(true) => "; it renews by itself",
            Some(false) => "; it does not renew by itself",
            None => "",
        };
        format!("Renewal {}{how} {as_of}.", words::renewal(date, -case.days_since(date)))
    });
    let missing_date = || "No renewal date on record: add renewal_date in contracts.csv.".to_owned();
    let mut points = vec![renewal.unwrap_or_else(missing_date)];
    points.extend(contract.arr.iter().map(|arr| format!("ARR {} {as_of}.", words::money(arr))));
    let seats = contract.seats.map(|seats| words::count(seats.into(), "seat"));
    points.extend(match (&contract.main.plan, seats) {
        (Some(plan), Some(seats)) => Some(format!("Plan {plan}, {seats} {as_of}.")),
        (Some(plan), None) => Some(format!("Plan {plan} {as_of}.")),
        (None, Some(seats)) => Some(format!("{seats} {as_of}.")),
        (None, None) => None,
    });
    points
}

/// What to agree on, each point with the data that calls for it.
fn next_quarter(case: &Case) -> Vec<String> {
    let usage = case.usage.known().and_then(|usage| {
        let (metric, recent) = (&usage.metric, words::number(usage.recent));
        let before = || usage.before.map(words::number);
        match usage.trend? {
            Trend::Down => Some(format!("Agree on what brings usage ({metric}) back from {recent} to {}.", before()?)),
            Trend::Up => {
                Some(format!("Ask what drives the growth of usage ({metric}) from {} to {recent}.", before()?))
            }
            Trend::Flat => Some(format!("Agree on one goal that lifts usage ({metric}) above {recent}.")),
            Trend::Silent => Some("Agree on what would make the product worth opening again.".to_owned()),
        }
    });
    let tickets = case.tickets.known().filter(|tickets| tickets.by_priority.total() > 0).map(|tickets| {
        let which = words::by_priority(tickets.by_priority);
        format!("Agree on dates for the open tickets: {which}.")
    });
    let renewal = match case.renewal() {
        Knowledge::Known { value, .. } => match -case.days_since(value) {
            ..0 if renews_by_itself(case) => {
                Some(format!("Confirm that the contract renewed by itself on {}.", words::date(value)))
            }
            days @ ..0 => Some(format!("Settle the renewal that was due {}.", words::renewal(value, days))),
            days @ 0..=RENEWAL_FAR_DAYS => {
                Some(format!("Agree on the way to the renewal {}.", words::renewal(value, days)))
            }
            _ => None,
        },
        Knowledge::Stale { value, .. } => {
            Some(format!("Confirm when the contract renews next; on record is {}.", words::date(value)))
        }
        Knowledge::Missing => None,
    };
    let points: Vec<String> = usage.into_iter().chain(tickets).chain(renewal).collect();
    if points.is_empty() {
        vec!["Nothing on record calls for action; ask for the customer's own goals.".to_owned()]
    } else {
        points
    }
}
