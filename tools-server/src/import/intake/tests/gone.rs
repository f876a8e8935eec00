use contracts::{
    Line,
    delivery::{Contact, Delivery, Mode, Piece},
    facts::Part,
};

use super::book::*;

const PARTS: [Part; 7] = Part::DELIVERED;

/// Two customers with one thing of each part each, and a closed ticket.
fn everything() -> Piece {
    let of = |id| {
        let both = vec![ticket("open", 1, None), ticket("closed", 1, Some(2))];
        let dana = Contact { name: Some("Dana".into()), ..Contact::default() };
        let mine = [points(id, &[(1, 1.0)]), tickets(id, both), contract(id, "C", terms(1)), contact(id, "dana", dana)];
        together(mine.into_iter().chain([named(&[id]), response(id, "R", 1, 9), activity(id, "A", 1, "x")]))
    };
    together([of("a"), of("b")])
}

fn book() -> Book {
    let mut book = Book::default();
    book.deliver(&snapshot(10, &PARTS), &[everything()]).expect("a first delivery");
    book
}

/// What is gone with a delivery of only `a`'s rows, as `part customer key`.
fn gone(book: &mut Book, delivery: &Delivery) -> Vec<String> {
    let mut piece = everything();
    let b = customer_id("b");
    let parts = &delivery.parts;
    piece.customers.retain(|row| row.id != b && parts.contains_key(&Part::Customers));
    piece.usage.retain(|row| row.customer_id != b && parts.contains_key(&Part::Usage));
    piece.tickets.retain(|row| row.customer_id != b && parts.contains_key(&Part::Tickets));
    piece.contracts.retain(|row| row.customer_id != b && parts.contains_key(&Part::Contracts));
    piece.contacts.retain(|row| row.customer_id != b && parts.contains_key(&Part::Contacts));
    piece.satisfaction.retain(|row| row.customer_id != b && parts.contains_key(&Part::Satisfaction));
    piece.activity.retain(|row| row.customer_id != b && parts.contains_key(&Part::Activity));
    let (gone, _) = book.deliver(delivery, &[piece]).expect("a second delivery");
    let line = |part: Part, id, key: &Line| format!("{} {id} {key}", part.as_str());
    gone.iter().flat_map(|(part, things)| things.iter().map(move |(id, key)| line(*part, id, key))).collect()
}

#[test]
fn what_the_source_knew_and_a_snapshot_does_not_have_is_gone() {
    let expected = ["customers b b", "usage b logins", "tickets b open", "contracts b C", "contacts b dana"];
    assert_eq!(gone(&mut book(), &snapshot(12, &PARTS)), expected);
    assert_eq!(gone(&mut book(), &snapshot(10, &PARTS)), expected, "of the same day");
}

#[test]
fn only_of_parts_that_the_delivery_has() {
    assert_eq!(gone(&mut book(), &snapshot(12, &[Part::Customers])), ["customers b b"]);
    assert_eq!(gone(&mut book(), &snapshot(12, &[Part::Tickets, Part::Usage])), ["usage b logins", "tickets b open"]);
}

#[test]
fn closed_tickets_and_responses_are_never_gone() {
    let mut book = book();
    book.deliver(&snapshot(12, &PARTS), &[]).expect("a delivery of nothing");
    for rows in book.customers.values() {
        let closed: Vec<_> = rows.tickets.iter().filter(|row| row.gone_on.is_none()).collect();
        assert_eq!((closed.len(), closed[0].ticket.id.as_str(), rows.satisfaction.len()), (1, "closed", 1));
    }
}

#[test]
fn in_mode_changes_absence_says_nothing() {
    let delivery = Delivery { mode: Mode::Changes, ..snapshot(12, &PARTS) };
    assert_eq!(gone(&mut book(), &delivery), [""; 0]);
}

#[test]
fn nothing_is_gone_of_a_part_of_which_a_file_is_not_there() {
    let partly = [Part::Contracts, Part::Tickets, Part::Usage].into();
    let delivery = Delivery { partly, ..snapshot(12, &PARTS) };
    assert_eq!(gone(&mut book(), &delivery), ["customers b b", "contacts b dana"]);
}

#[test]
fn nothing_is_gone_of_a_part_with_rejected_rows() {
    let rejected = [(Part::Contracts, 1), (Part::Tickets, 2), (Part::Usage, 0)].into();
    let delivery = Delivery { rejected, ..snapshot(12, &PARTS) };
    assert_eq!(gone(&mut book(), &delivery), ["customers b b", "usage b logins", "contacts b dana"]);
}

#[test]
fn nothing_is_gone_of_a_part_that_a_newer_delivery_told() {
    assert_eq!(gone(&mut book(), &snapshot(9, &PARTS)), [""; 0]);
    let mut book = book();
    book.deliver(&snapshot(14, &[Part::Contracts]), &[contract("b", "C", terms(1))]).expect("a newer delivery");
    assert_eq!(gone(&mut book, &snapshot(12, &[Part::Contracts, Part::Contacts])), ["contacts b dana"]);
}

#[test]
fn nothing_of_another_source_is_gone() {
    assert_eq!(gone(&mut book(), &from("crm", snapshot(12, &PARTS))), [""; 0]);
}

#[test]
fn what_is_gone_is_gone_once() {
    let mut book = book();
    assert_eq!(gone(&mut book, &snapshot(12, &PARTS)).len(), 5);
    assert_eq!(gone(&mut book, &snapshot(13, &PARTS)), [""; 0]);
}

#[test]
fn a_ticket_that_is_delivered_closed_is_not_gone() {
    let mut book = book();
    let closed = tickets("a", vec![ticket("open", 1, Some(11))]);
    let (gone, report) = book.deliver(&snapshot(12, &[Part::Tickets]), &[closed]).expect("a delivery");
    assert_eq!(gone[&Part::Tickets], [(customer_id("b"), "open".into())]);
    assert_eq!((report.losses[0].lost, report.losses[0].of), (1, 2));
}
