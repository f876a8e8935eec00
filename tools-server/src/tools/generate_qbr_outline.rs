//! `generate_qbr_outline`: titled sections of talking points, each with its numbers and their date.

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Priority, Source, Trend, UsagePoint},
    tools::{QbrOutline, QbrSection, TicketsReport, UsageReport},
};

use super::{MissingData, words};
use crate::store::{CustomerFacts, StoredContract};

/// A renewal this many days away belongs on the agenda of the next quarter.
const RENEWAL_ON_AGENDA: i64 = 180;

pub(super) fn run(facts: &CustomerFacts, today: NaiveDate) -> Result<QbrOutline, MissingData> {
    let name = &facts.customer.name;
    if facts.usage.is_none() && facts.tickets.is_none() && facts.contract.is_none() {
        return Err(MissingData(format!(
            "There is nothing to review of {name}; import usage.csv, tickets.csv or contracts.csv to add it."
        )));
    }
    let sections = [
        ("Where we stand", standing(facts, today)),
        ("Usage", facts.usage.as_ref().map_or_else(|| vec![missing("usage", "usage.csv")], usage)),
        ("Support", facts.tickets.as_ref().map_or_else(|| vec![missing("tickets", "tickets.csv")], support)),
        (
            "Contract and renewal",
            facts.contract.as_ref().map_or_else(
                || vec![missing("the contract", "contracts.csv")],
                |contract| commercials(contract, today),
            ),
        ),
        ("Next quarter", next_quarter(facts, today)),
    ];
    Ok(QbrOutline {
        title: Line::new(&format!("{name}: quarterly business review, {}", words::date(today))),
        sections: sections
            .into_iter()
            .map(|(title, points)| QbrSection {
                title: Line::new(title),
                talking_points: points.iter().map(|point| Line::new(point)).collect(),
            })
            .collect(),
    })
}

fn missing(what: &str, file: &str) -> String {
    format!("Nothing on record of {what}: import {file} to fill this section.")
}

fn as_of(source: &Source) -> String {
    format!("(as of {})", words::date(source.as_of))
}

/// The review in a glance: one point a part.
fn standing(facts: &CustomerFacts, today: NaiveDate) -> Vec<String> {
    let usage = facts.usage.as_ref().map(|usage| match usage.trend {
        Some(Trend::Up) => "Usage is growing.",
        Some(Trend::Flat) => "Usage is steady.",
        Some(Trend::Down) => "Usage is going down.",
        Some(Trend::Silent) => "There has been no use of late.",
        None => "Usage is too short on record to tell a trend.",
    });
    let tickets = facts.tickets.as_ref().map(|tickets| match tickets.open {
        0 => "No ticket is open.".to_owned(),
        open => format!("{} open: {}.", words::count(open.into(), "ticket"), words::by_priority(tickets.by_priority)),
    });
    let renewal =
        facts.contract.as_ref().map(|contract| match contract.renewal_date.zip(contract.days_to_renewal(today)) {
            Some((date, days)) => {
                let verb = match days {
                    ..0 if contract.is_overdue(today) => "was due",
                    ..0 => "on record was",
                    _ => "is due",
                };
                format!("The renewal {verb} {}.", words::renewal(date, days))
            }
            None => "No renewal date is on record.".to_owned(),
        });
    usage.map(str::to_owned).into_iter().chain(tickets).chain(renewal).collect()
}

fn usage(usage: &UsageReport) -> Vec<String> {
    let (metric, recent, as_of) = (&usage.metric, words::number(usage.recent), as_of(&usage.source));
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
    if let [first, .., last] = usage.points.as_slice() {
        points.push(format!(
            "On record from {} to {}, {}.",
            words::date(first.date),
            words::date(last.date),
            words::count(usage.points.len() as u64, "measurement")
        ));
        points.extend(peak(&usage.points));
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

fn support(tickets: &TicketsReport) -> Vec<String> {
    let as_of = as_of(&tickets.source);
    if tickets.open == 0 {
        return vec![format!("No ticket is open {as_of}.")];
    }
    let mut points = vec![format!(
        "{} open: {} {as_of}.",
        words::count(tickets.open.into(), "ticket"),
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

fn commercials(contract: &StoredContract, today: NaiveDate) -> Vec<String> {
    let as_of = as_of(&contract.source);
    let renewal = contract.renewal_date.zip(contract.days_to_renewal(today)).map(|(date, days)| {
        let how = match contract.auto_renew {
            Some(true) => "; it renews by itself",
            Some(false) => "; it does not renew by itself",
            None => "",
        };
        format!("Renewal {}{how} {as_of}.", words::renewal(date, days))
    });
    let missing_date = || "No renewal date on record: add renewal_date in contracts.csv.".to_owned();
    let mut points = vec![renewal.unwrap_or_else(missing_date)];
    points.extend(contract.arr.as_ref().map(|arr| format!("ARR {} {as_of}.", words::money(arr))));
    let seats = contract.seats.map(|seats| words::count(seats.into(), "seat"));
    points.extend(match (&contract.plan, seats) {
        (Some(plan), Some(seats)) => Some(format!("Plan {plan}, {seats} {as_of}.")),
        (Some(plan), None) => Some(format!("Plan {plan} {as_of}.")),
        (None, Some(seats)) => Some(format!("{seats} {as_of}.")),
        (None, None) => None,
    });
    points
}

/// What to agree on, each point with the data that calls for it.
fn next_quarter(facts: &CustomerFacts, today: NaiveDate) -> Vec<String> {
    let usage = facts.usage.as_ref().and_then(|usage| {
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
    let tickets = facts.tickets.as_ref().filter(|tickets| tickets.open > 0).map(|tickets| {
        let which = words::by_priority(tickets.by_priority);
        format!("Agree on dates for the open tickets: {which}.")
    });
    let renewal = facts.contract.as_ref().and_then(|contract| {
        let (date, days) = (contract.renewal_date?, contract.days_to_renewal(today)?);
        match days {
            ..0 if contract.is_overdue(today) => {
                Some(format!("Settle the renewal that was due {}.", words::renewal(date, days)))
            }
            ..0 => Some(format!("Confirm when the contract renews next; on record is {}.", words::date(date))),
            0..=RENEWAL_ON_AGENDA => Some(format!("Agree on the way to the renewal {}.", words::renewal(date, days))),
            _ => None,
        }
    });
    let points: Vec<String> = usage.into_iter().chain(tickets).chain(renewal).collect();
    if points.is_empty() {
        vec!["Nothing on record calls for action; ask for the customer's own goals.".to_owned()]
    } else {
        points
    }
}
