//! Occasions of support.

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Priority, Ticket},
    occasion::{About, Ask, Mentioned, Waited},
};

use super::Found;
use crate::{
    case::Case,
    thresholds::{LONG_TICKET_DAYS, MANY_TICKETS, SOLVED_LATELY_DAYS, TICKET_WAITS_DAYS},
    words::told_subject,
};

/// An urgent ticket is open. An apology, what is done, and when they hear next.
pub(super) fn incident(case: &Case) -> Option<Found> {
    let urgent = case.tickets.known()?.by_priority.of(Priority::Urgent);
    let mut serious = open(case).filter(|ticket| ticket.priority == Priority::Urgent);
    let (ticket, next) = (serious.next()?, serious.next());
    let others = urgent.saturating_sub(1);
    let other = next.filter(|_| others == 1).and_then(|ticket| mentioned(ticket).subject);
    let days = case.days_since(ticket.opened_on);
    let open = match days {
        ..4 => Waited::Days,
        4..14 => Waited::Week,
        _ => Waited::TooLong,
    };
    Some(Found {
        about: About::Incident { ticket: mentioned(ticket), other, others, days, open },
        ask: if open == Waited::TooLong { Ask::Talk } else { Ask::Reply },
        next_in: Some(1),
        statements: &["tickets.urgent", "tickets.oldest_days"],
    })
}

/// Tickets have waited for two weeks, are serious, or are many. A wish of low priority waits as long as it likes.
pub(super) fn waiting(case: &Case) -> Option<Found> {
    let tickets = case.tickets.known()?;
    let (by_priority, count) = (tickets.by_priority, tickets.by_priority.total() - tickets.by_priority.low);
    let has_waited = |ticket: &&Ticket| case.days_since(ticket.opened_on) >= TICKET_WAITS_DAYS;
    let is_serious = by_priority.high > 0 || count >= MANY_TICKETS;
    let waits = open(case).filter(|ticket| ticket.priority != Priority::Low);
    let ticket = waits.clone().next().filter(|_| is_serious).or_else(|| waits.clone().find(has_waited))?;
    let oldest = waits.map(|ticket| ticket.opened_on).min()?;
    Some(Found {
        about: About::Waiting { ticket: mentioned(ticket), open: count, oldest },
        ask: Ask::Reply,
        next_in: Some(3),
        statements: &["tickets.open", "tickets.oldest_days"],
    })
}

/// A subject that came three times and more in the period.
pub(super) fn recurred(case: &Case) -> Option<Found> {
    let tickets = case.tickets.known()?;
    let (subject, times) = tickets.period.as_ref()?.recurring.clone()?;
    let same = |ticket: &Ticket| ticket.subject.as_ref().is_some_and(|other| folded(other) == folded(&subject));
    let open = open(case).any(same);
    Some(Found {
        about: About::Recurred { subject: told_subject(subject.as_str())?, times, open },
        ask: Ask::Reply,
        next_in: Some(5),
        statements: &["tickets.recurring"],
    })
}

/// Something was solved in the last two weeks that was serious, or took a week.
pub(super) fn solved(case: &Case) -> Option<Found> {
    let tickets = case.tickets.known()?;
    let lately = |day: NaiveDate| (0..=SOLVED_LATELY_DAYS).contains(&case.days_since(day));
    let solved =
        tickets.recent.iter().filter_map(|ticket| Some((ticket, ticket.closed_on.filter(|day| lately(*day))?)));
    let solved = solved.filter(|(ticket, closed_on)| {
        let took = closed_on.signed_duration_since(ticket.opened_on).num_days();
        matches!(ticket.priority, Priority::Urgent | Priority::High) || took >= LONG_TICKET_DAYS
    });
    let (ticket, closed_on) = solved.clone().max_by_key(|(_, day)| *day)?;
    Some(Found {
        about: About::Solved { ticket: mentioned(ticket), closed_on, solved: solved.count() as u32 },
        ask: Ask::Confirm,
        next_in: None,
        statements: &["tickets.closed_in_period"],
    })
}

/// The open tickets that are named, most serious and then oldest first.
pub(crate) fn open(case: &Case) -> impl Iterator<Item = &Ticket> + Clone {
    let recent = case.tickets.known().map_or(&[][..], |tickets| &tickets.recent);
    recent.iter().filter(|ticket| ticket.closed_on.is_none())
}

fn mentioned(ticket: &Ticket) -> Mentioned {
    let subject = ticket.subject.as_ref().and_then(|subject| told_subject(subject.as_str()));
    Mentioned { subject, opened_on: ticket.opened_on }
}

fn folded(subject: &Line) -> String {
    subject.as_str().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
