use contracts::facts::{Part, Priority, Ticket};

use super::book::*;

const PARTS: [Part; 2] = [Part::Customers, Part::Tickets];

fn urgent(ticket: Ticket) -> Ticket {
    Ticket { priority: Priority::Urgent, subject: Some("Login fails".into()), ..ticket }
}

fn book(known: Ticket) -> Book {
    let mut book = Book::default();
    let first = together([named(&["a"]), tickets("a", vec![known])]);
    book.deliver(&snapshot(10, &PARTS), &[first]).expect("a first delivery");
    book
}

#[test]
fn a_row_replaces_what_is_known_of_its_ticket() {
    let (open, closed) = (ticket("T", 2, None), ticket("T", 2, Some(5)));
    let all: &[&str] = &["subject", "closed_on"];
    // Known, delivered with which columns, then known.
    let cases: [(Ticket, Ticket, &[&str], Ticket); 8] = [
        (open.clone(), open.clone(), all, open.clone()),
        (open.clone(), urgent(open.clone()), all, urgent(open.clone())),
        (open.clone(), closed.clone(), all, closed.clone()),
        (closed.clone(), ticket("T", 2, Some(6)), all, ticket("T", 2, Some(6))),
        // Reopened.
        (closed.clone(), open.clone(), all, open.clone()),
        // An export that does not tell closing days does not reopen, unless it tells of a later opening.
        (closed.clone(), open.clone(), &["subject"], closed.clone()),
        (closed.clone(), ticket("T", 7, None), &["subject"], ticket("T", 7, None)),
        (urgent(open.clone()), open.clone(), &["closed_on"], Ticket { priority: Priority::Low, ..urgent(open) }),
    ];
    for (known, row, columns, expected) in cases {
        let mut book = book(known.clone());
        let second = with_columns(snapshot(12, &[Part::Tickets]), columns);
        let (_, report) = book.deliver(&second, &[tickets("a", vec![row.clone()])]).expect("a second delivery");
        assert_eq!(book.ticket("a").ticket, expected, "{known:?}, then {row:?}");
        assert_eq!(report.parts[&Part::Tickets].changed, u64::from(known != expected), "{known:?}, then {row:?}");
    }
}

#[test]
fn a_ticket_that_was_gone_and_is_back_is_not_gone() {
    let mut book = book(ticket("T", 2, None));
    book.deliver(&snapshot(11, &[Part::Tickets]), &[]).expect("a delivery without it");
    assert_eq!(book.ticket("a").gone_on, Some(day(11)));
    let third = [tickets("a", vec![ticket("T", 2, None)])];
    let (_, report) = book.deliver(&snapshot(12, &[Part::Tickets]), &third).expect("a third delivery");
    assert_eq!(book.ticket("a").gone_on, None);
    assert_eq!((report.updated, report.parts[&Part::Tickets].changed), (1, 1));
}

#[test]
fn an_older_delivery_adds_closed_tickets_that_are_not_known_and_nothing_else() {
    let known = ticket("T", 2, Some(5));
    // Delivered, whether it is then known, and how many rows were changed and outdated.
    let cases = [
        (ticket("U", 1, Some(3)), true, (1, 0)),
        (ticket("U", 1, None), false, (0, 1)),
        (known.clone(), true, (0, 0)),
        (ticket("T", 2, None), false, (0, 1)),
        (urgent(known.clone()), false, (0, 1)),
    ];
    for (row, is_known, (changed, outdated)) in cases {
        let mut book = book(known.clone());
        let older = snapshot(4, &[Part::Tickets]);
        let (_, report) = book.deliver(&older, &[tickets("a", vec![row.clone()])]).expect("an older delivery");
        assert_eq!(
            book.customers[&customer_id("a")].tickets.iter().any(|kept| kept.ticket == row),
            is_known,
            "{row:?}"
        );
        assert_eq!(book.ticket("a").ticket, known);
        let part = &report.parts[&Part::Tickets];
        assert_eq!((part.changed, part.outdated), (changed, outdated), "{row:?}");
    }
}

#[test]
fn responses_accumulate_by_their_ids() {
    let mut book = Book::default();
    book.deliver(&snapshot(10, &[Part::Customers]), &[named(&["a"])]).expect("a customer");
    // By day: response, its score, and how many rows are changed and outdated.
    for (on, key, score, counts) in [
        (10, "R-1", 9, (1, 0)),
        (11, "R-1", 9, (0, 0)),
        (12, "R-1", 8, (1, 0)),
        (13, "R-2", 3, (1, 0)),
        (9, "R-1", 9, (0, 1)),
        (9, "R-2", 3, (0, 0)),
        (9, "R-0", 1, (1, 0)),
    ] {
        let delivery = snapshot(on, &[Part::Satisfaction]);
        let (gone, report) = book.deliver(&delivery, &[response("a", key, 1, score)]).expect("it is carried out");
        let part = &report.parts[&Part::Satisfaction];
        assert_eq!((part.changed, part.outdated), counts, "{key} {score} on {on}");
        assert!(gone.is_empty());
    }
    let scores: Vec<_> = book.responses("a").iter().map(|row| (row.key.as_str(), row.score)).collect();
    assert_eq!(scores, [("R-0", 1), ("R-1", 8), ("R-2", 3)]);
}

#[test]
fn activity_accumulates_by_its_ids() {
    let mut book = Book::default();
    book.deliver(&snapshot(10, &[Part::Customers]), &[named(&["a"])]).expect("a customer");
    for (on, key, text, counts) in [
        (10, "A-1", "first", (1, 0)),
        (11, "A-1", "first", (0, 0)),
        (12, "A-1", "second", (1, 0)),
        (13, "A-2", "other", (1, 0)),
        (9, "A-1", "first", (0, 1)),
        (9, "A-0", "older", (1, 0)),
    ] {
        let delivery = snapshot(on, &[Part::Activity]);
        let (gone, report) = book.deliver(&delivery, &[activity("a", key, 1, text)]).expect("it is carried out");
        let part = &report.parts[&Part::Activity];
        assert_eq!((part.changed, part.outdated), counts, "{key} {text} on {on}");
        assert!(gone.is_empty());
    }
    let texts: Vec<_> =
        book.activity("a").iter().map(|row| (row.activity.id.as_str(), row.activity.text.as_str())).collect();
    assert_eq!(texts, [("A-0", "older"), ("A-1", "second"), ("A-2", "other")]);
}
