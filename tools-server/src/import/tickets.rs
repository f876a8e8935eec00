//! Tickets as of a day: what is open, how serious it is, and which ones to talk about.

use std::cmp::Reverse;

use chrono::NaiveDate;
use contracts::{
    facts::{OpenByPriority, Priority, Source, Ticket},
    tools::TicketsReport,
};

/// How many tickets a report names.
const RECENT: usize = 10;

/// Sums up a customer's tickets. One opened after the day is not known yet, and one closed after it is still open.
pub(super) fn summarize(tickets: &[Ticket], source: Source) -> TicketsReport {
    let as_of = source.as_of;
    let known = tickets.iter().filter(|ticket| ticket.opened_on <= as_of);
    let (mut open, mut closed): (Vec<_>, Vec<_>) = known.partition(|ticket| is_open(ticket, as_of));
    open.sort_by_key(|ticket| (ticket.priority, ticket.opened_on, &ticket.id));
    closed.sort_by_key(|ticket| (Reverse(ticket.closed_on), Reverse(ticket.opened_on), &ticket.id));

    let of = |priority: Priority| open.iter().filter(|ticket| ticket.priority == priority).count() as u32;
    let by_priority = OpenByPriority {
        urgent: of(Priority::Urgent),
        high: of(Priority::High),
        normal: of(Priority::Normal),
        low: of(Priority::Low),
    };
    // A closing day still to come is not known yet either.
    let still_open = open.iter().map(|ticket| Ticket { closed_on: None, ..(*ticket).clone() });
    TicketsReport {
        open: by_priority.total(),
        by_priority,
        oldest_open: open.iter().map(|ticket| ticket.opened_on).min(),
        recent: still_open.chain(closed.iter().map(|ticket| (*ticket).clone())).take(RECENT).collect(),
        source,
    }
}

fn is_open(ticket: &Ticket, as_of: NaiveDate) -> bool {
    ticket.closed_on.is_none_or(|closed| as_of < closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).expect("a day of November")
    }

    fn ticket(id: &str, priority: Priority, opened: u32, closed: Option<u32>) -> Ticket {
        Ticket { id: id.into(), subject: None, priority, opened_on: day(opened), closed_on: closed.map(day) }
    }

    fn summary(tickets: &[Ticket]) -> TicketsReport {
        summarize(tickets, Source { origin: "test".into(), as_of: day(15) })
    }

    #[test]
    fn a_ticket_is_open_from_its_opening_day_to_the_day_before_its_closing_day() {
        let cases = [(15, None, 1), (16, None, 0), (1, Some(14), 0), (1, Some(15), 0), (1, Some(16), 1)];
        for (opened, closed, open) in cases {
            let report = summary(&[ticket("a", Priority::Low, opened, closed)]);
            assert_eq!(report.open, open, "opened {opened}, closed {closed:?}");
        }
    }

    #[test]
    fn a_ticket_opened_after_the_day_is_not_told_of_and_a_closing_day_to_come_neither() {
        let report = summary(&[ticket("later", Priority::Low, 16, None), ticket("open", Priority::Low, 2, Some(20))]);
        assert_eq!(report.recent, [ticket("open", Priority::Low, 2, None)]);
    }

    #[test]
    fn open_tickets_come_by_severity_then_age_and_closed_ones_newest_first() {
        let report = summary(&[
            ticket("low", Priority::Low, 1, None),
            ticket("closed-early", Priority::Urgent, 1, Some(3)),
            ticket("urgent-new", Priority::Urgent, 9, None),
            ticket("closed-late", Priority::Low, 1, Some(10)),
            ticket("urgent-old", Priority::Urgent, 5, None),
        ]);
        let order: Vec<_> = report.recent.iter().map(|ticket| ticket.id.as_str()).collect();
        assert_eq!(order, ["urgent-old", "urgent-new", "low", "closed-late", "closed-early"]);
        assert_eq!(report.by_priority, OpenByPriority { urgent: 2, high: 0, normal: 0, low: 1 });
        assert_eq!(report.oldest_open, Some(day(1)));
    }

    #[test]
    fn ten_tickets_are_named_but_all_are_counted() {
        let many: Vec<_> = (0..25).map(|n| ticket(&format!("t{n}"), Priority::Normal, 1, None)).collect();
        let report = summary(&many);
        assert_eq!((report.open, report.recent.len()), (25, 10));
        assert_eq!(summary(&[]).open, 0);
    }
}
