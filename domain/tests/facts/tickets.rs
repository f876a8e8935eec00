//! Support tickets as of a day.

use contracts::{
    facts::{OpenByPriority, Priority, Source, Ticket},
    reading::Knowledge,
};
use domain::{
    case::{Case, Period, TicketFigures},
    rows::{CountedTickets, CustomerRows, Sources, TicketRow},
};

use crate::given::{TODAY, day, delivered, nobody, ticket};

fn of(rows: &CustomerRows, sources: &Sources, as_of: &str) -> Case {
    Case::of(rows, sources, day(as_of), None)
}

#[test]
fn a_ticket_is_open_from_its_opening_day_to_the_day_before_its_closing_day() {
    let table = [
        ("2026-11-20", None, 1),
        ("2026-11-21", None, 0),
        ("2026-11-01", Some("2026-11-19"), 0),
        ("2026-11-01", Some("2026-11-20"), 0),
        ("2026-11-01", Some("2026-11-21"), 1),
    ];
    for (opened, closed, open) in table {
        let rows = CustomerRows { tickets: vec![ticket("a", Priority::Low, opened, closed, "")], ..nobody() };
        let case = of(&rows, &delivered(TODAY), TODAY);
        let tickets = case.tickets.known().expect("tickets");
        assert_eq!(tickets.by_priority.total(), open, "opened {opened}, closed {closed:?}");
        assert!(tickets.recent.iter().all(|ticket| ticket.closed_on.is_none_or(|closed| closed <= day(TODAY))));
    }
}

#[test]
fn a_ticket_that_is_gone_is_neither_open_nor_closed() {
    let gone = TicketRow { gone_on: Some(day("2026-11-10")), ..ticket("a", Priority::Low, "2026-11-01", None, "") };
    let rows = CustomerRows { tickets: vec![gone], ..nobody() };
    let figures = |as_of| of(&rows, &delivered("2026-11-01"), as_of).tickets.any().cloned().expect("tickets");
    assert_eq!(figures("2026-11-09").by_priority.total(), 1);
    let TicketFigures { by_priority, recent, period, .. } = figures("2026-11-10");
    assert_eq!((by_priority.total(), recent.len(), period.map(|period| period.closed)), (0, 0, Some(0)));
}

#[test]
fn open_tickets_come_by_severity_then_age_and_closed_ones_newest_first() {
    let tickets = vec![
        ticket("low", Priority::Low, "2026-11-01", None, ""),
        ticket("closed-early", Priority::Urgent, "2026-11-01", Some("2026-11-03"), ""),
        ticket("urgent-new", Priority::Urgent, "2026-11-09", None, ""),
        ticket("closed-late", Priority::Low, "2026-11-01", Some("2026-11-10"), ""),
        ticket("urgent-old", Priority::Urgent, "2026-11-05", None, ""),
    ];
    let case = of(&CustomerRows { tickets, ..nobody() }, &delivered(TODAY), TODAY);
    let figures = case.tickets.known().expect("tickets");
    let order: Vec<_> = figures.recent.iter().map(|ticket| ticket.id.as_str()).collect();
    assert_eq!(order, ["urgent-old", "urgent-new", "low", "closed-late", "closed-early"]);
    assert_eq!(figures.by_priority, OpenByPriority { urgent: 2, high: 0, normal: 0, low: 1 });
    assert_eq!(figures.oldest_open, Some(day("2026-11-01")));
}

#[test]
fn twenty_tickets_are_named_but_all_are_counted() {
    let many = (0..25).map(|n| ticket(&format!("t{n}"), Priority::Normal, "2026-11-01", None, ""));
    let case = of(&CustomerRows { tickets: many.collect(), ..nobody() }, &delivered(TODAY), TODAY);
    let figures = case.tickets.known().expect("tickets");
    assert_eq!((figures.by_priority.total(), figures.recent.len()), (25, 20));
}

#[test]
fn a_customer_without_tickets_has_none_open_once_any_source_has_delivered_some() {
    let case = of(&nobody(), &Sources::default(), TODAY);
    assert_eq!(case.tickets, Knowledge::Missing);
    let case = of(&nobody(), &delivered("2026-11-19"), TODAY);
    assert_eq!(case.tickets.known().map(|tickets| tickets.by_priority.total()), Some(0));
    assert_eq!(case.tickets.source(), Some(&Source { origin: "desk".into(), as_of: day("2026-11-19") }));
}

#[test]
fn tickets_that_were_only_counted_speak_of_their_day_until_tickets_are_delivered() {
    let open =
        Ticket { id: "x".into(), subject: None, priority: Priority::High, opened_on: day(TODAY), closed_on: None };
    let counted = CountedTickets {
        source: Source { origin: "files".into(), as_of: day("2026-11-01") },
        by_priority: OpenByPriority { high: 2, ..OpenByPriority::default() },
        oldest_open: Some(day("2026-10-01")),
        recent: vec![open],
    };
    let rows = CustomerRows { counted_tickets: Some(counted), ..nobody() };
    let read = |sources: &Sources, as_of| of(&rows, sources, as_of).tickets;
    let known = read(&Sources::default(), "2026-12-05");
    assert_eq!(known.known().map(|tickets| (tickets.by_priority.high, tickets.period.clone())), Some((2, None)));
    assert_eq!(known.source().map(|source| source.as_of), Some(day("2026-11-01")));
    assert!(read(&Sources::default(), "2026-12-06").is_stale());
    assert_eq!(read(&Sources::default(), "2026-10-31"), Knowledge::Missing);
    let delivered = read(&delivered(TODAY), TODAY);
    assert_eq!(delivered.known().map(|tickets| tickets.by_priority.total()), Some(0));
}

#[test]
fn periods_count_what_was_opened_and_closed_in_them_and_what_recurs() {
    let tickets = vec![
        ticket("1", Priority::Low, "2026-10-31", Some("2026-11-02"), "Import stuck"),
        ticket("2", Priority::Low, "2026-11-01", Some("2026-11-06"), "import  STUCK"),
        ticket("3", Priority::Low, "2026-11-03", Some("2026-11-20"), "Import stuck"),
        ticket("4", Priority::Low, "2026-11-04", None, "Import Stuck"),
        ticket("5", Priority::Low, "2026-11-05", None, "Login"),
        ticket("6", Priority::Low, "2026-11-05", None, ""),
        ticket("7", Priority::Low, "2026-11-05", None, ""),
        ticket("8", Priority::Low, "2026-11-05", None, ""),
    ];
    let rows = CustomerRows { tickets, ..nobody() };
    let november = |to| Some(Period { from: day("2026-11-01"), to: day(to) });
    let read = |to| {
        let case = Case::of(&rows, &delivered(TODAY), day(TODAY), november(to));
        case.tickets.known().and_then(|tickets| tickets.period.clone()).expect("a period")
    };
    let all = read("2026-11-20");
    assert_eq!((all.opened, all.closed, all.days_to_solve), (7, 3, Some(5)));
    assert_eq!(all.recurring, Some(("Import Stuck".into(), 3)));
    let some = read("2026-11-06");
    // The median of 2 and 5 days, half up.
    assert_eq!((some.closed, some.days_to_solve), (2, Some(4)));
    assert_eq!(read("2026-11-03").recurring, None);
}
