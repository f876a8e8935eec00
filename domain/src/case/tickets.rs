//! Tickets as of a day: what is open, how serious it is, what happened in a period, and which ones to talk about.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{OpenByPriority, Part, Priority, Source, Ticket},
    reading::Knowledge,
};

use super::{Period, TicketFigures, TicketPeriod, freshness::aged};
use crate::{
    rows::{CountedTickets, CustomerRows, Delivered, Sources, TicketRow},
    thresholds::RECURRING,
};

/// How many tickets are named.
const RECENT: usize = 20;

/// What is known of tickets on the day `as_of`, by figures that may have been made earlier. A customer without a ticket
/// has none open where any source has delivered tickets.
pub fn tickets(figures: Option<TicketFigures>, sources: &Sources, as_of: NaiveDate) -> Knowledge<TicketFigures> {
    let delivered = sources.delivered.iter().filter(|delivered| delivered.part == Part::Tickets);
    let last = delivered.max_by_key(|delivered| (delivered.day, Reverse(&delivered.source)));
    let none = || Some(summed(last?.source.as_str().into(), &[], as_of, Period::up_to(as_of)));
    let Some(figures) = figures.or_else(none) else { return Knowledge::Missing };
    let delivered = || sources.delivered.iter().find(|at| is_of(at, &figures.origin)).map(|at| at.day);
    // Tickets that were delivered later alone tell of this day as it was.
    let day = figures.counted_on.or_else(delivered).unwrap_or(as_of);
    let source = Source { origin: figures.origin.clone(), as_of: day };
    aged(Part::Tickets, figures, source, as_of)
}

fn is_of(delivered: &Delivered, origin: &Line) -> bool {
    delivered.part == Part::Tickets && delivered.source.as_str() == origin.as_str()
}

/// Sums up a customer's tickets; `None` where there is no row of any. A ticket opened after the day is not known yet,
/// one closed after it is still open, and one that is gone from its source is neither open nor closed.
pub(super) fn figures(
    rows: &CustomerRows,
    sources: &Sources,
    as_of: NaiveDate,
    period: Period,
) -> Option<TicketFigures> {
    let known: Vec<_> = rows.tickets.iter().filter(|row| row.ticket.opened_on <= as_of).collect();
    let delivered = |row: &&&TicketRow| (sources.delivered(&row.source, Part::Tickets), Reverse(row.source.clone()));
    if let Some(newest) = known.iter().max_by_key(delivered) {
        return Some(summed(newest.source.as_str().into(), &known, as_of, period));
    }
    let is_delivered = sources.delivered.iter().any(|delivered| delivered.part == Part::Tickets);
    let counted = rows.counted_tickets.as_ref().filter(|counted| !is_delivered && counted.source.as_of <= as_of);
    counted.map(|CountedTickets { source, by_priority, oldest_open, recent }| TicketFigures {
        origin: source.origin.clone(),
        counted_on: Some(source.as_of),
        by_priority: *by_priority,
        oldest_open: *oldest_open,
        recent: recent.clone(),
        period: None,
    })
}

fn summed(origin: Line, known: &[&TicketRow], as_of: NaiveDate, period: Period) -> TicketFigures {
    let there = known.iter().filter(|row| row.gone_on.is_none_or(|gone| as_of < gone));
    // A closing day still to come is not known yet.
    let told = there.map(|row| {
        let closed_on = row.ticket.closed_on.filter(|closed| *closed <= as_of);
        Ticket { closed_on, ..row.ticket.clone() }
    });
    let (mut open, mut closed): (Vec<Ticket>, Vec<Ticket>) = told.partition(|ticket| ticket.closed_on.is_none());
    open.sort_by(|a, b| (a.priority, a.opened_on, &a.id).cmp(&(b.priority, b.opened_on, &b.id)));
    closed.sort_by(|a, b| (b.closed_on, b.opened_on, &a.id).cmp(&(a.closed_on, a.opened_on, &b.id)));
    let of = |priority: Priority| open.iter().filter(|ticket| ticket.priority == priority).count() as u32;
    TicketFigures {
        origin,
        counted_on: None,
        by_priority: OpenByPriority {
            urgent: of(Priority::Urgent),
            high: of(Priority::High),
            normal: of(Priority::Normal),
            low: of(Priority::Low),
        },
        oldest_open: open.iter().map(|ticket| ticket.opened_on).min(),
        period: Some(in_period(open.iter().chain(&closed), period)),
        recent: open.iter().chain(&closed).take(RECENT).cloned().collect(),
    }
}

fn in_period<'a>(tickets: impl Iterator<Item = &'a Ticket> + Clone, period: Period) -> TicketPeriod {
    let opened: Vec<_> = tickets.clone().filter(|ticket| period.contains(ticket.opened_on)).collect();
    let closed = tickets.filter_map(|ticket| Some((ticket.closed_on?, ticket.opened_on)));
    let closed = closed.filter(|(closed, _)| period.contains(*closed));
    let mut days: Vec<_> = closed.map(|(closed, opened)| closed.signed_duration_since(opened).num_days()).collect();
    TicketPeriod {
        opened: opened.len() as u32,
        closed: days.len() as u32,
        days_to_solve: median(&mut days),
        recurring: recurring(&opened),
    }
}

/// The median in whole days, half up; a closing day before the opening day counts as the same day.
fn median(days: &mut [i64]) -> Option<u32> {
    days.sort_unstable();
    let upper = days.get(days.len() / 2)?;
    let lower = days.get((days.len() - 1) / 2)?;
    Some(u32::try_from((upper + lower + 1) / 2).unwrap_or_default())
}

/// The subject that came most often, three times at least, as its newest ticket spells it.
fn recurring(opened: &[&Ticket]) -> Option<(Line, u32)> {
    let mut subjects: BTreeMap<String, Vec<&Ticket>> = BTreeMap::new();
    for ticket in opened {
        let subject = ticket.subject.as_ref().map(folded).filter(|subject| !subject.is_empty());
        subjects.entry(subject.unwrap_or_default()).or_default().push(ticket);
    }
    subjects.remove("");
    let (_, most) = subjects.into_iter().max_by_key(|(subject, same)| (same.len(), Reverse(subject.clone())))?;
    let newest = most.iter().max_by_key(|ticket| (ticket.opened_on, &ticket.id))?;
    (most.len() >= RECURRING).then(|| newest.subject.clone().zip(Some(most.len() as u32)))?
}

/// A subject without what people spell differently: case and the width of spaces.
fn folded(subject: &Line) -> String {
    subject.as_str().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
