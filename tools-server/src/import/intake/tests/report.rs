use contracts::{
    delivery::{CustomerFields, Delivery, MAX_NAMED, Named, PartReport},
    facts::Part,
};

use super::{super::Refused, book::*};

#[test]
fn every_part_counts_its_rows_customers_and_days() {
    let mut book = Book::default();
    let first = together([named(&["a", "b"]), points("a", &[(1, 1.0), (2, 2.0)]), points("b", &[(5, 1.0)])]);
    book.deliver(&snapshot(10, &[Part::Customers, Part::Usage]), &[first]).expect("a first delivery");
    let second = [
        points("a", &[(2, 2.0), (3, 3.0)]),
        together([points("a", &[(4, 4.0)]), points("z", &[(9, 1.0)])]),
        tickets("b", vec![ticket("T", 3, None), ticket("U", 2, Some(7))]),
    ];
    let parts = [Part::Usage, Part::Tickets, Part::Contacts];
    let (_, report) = book.deliver(&snapshot(12, &parts), &second).expect("a second delivery");
    let usage = PartReport {
        read: 4,
        taken: 3,
        changed: 2,
        customers: 1,
        newest: Some(day(4)),
        oldest: Some(day(2)),
        gone: Named { count: 1, names: vec!["Name of b".into()] },
        strangers: Named { count: 1, names: vec!["z".into()] },
        outdated: 0,
    };
    let tickets = PartReport {
        read: 2,
        taken: 2,
        changed: 2,
        customers: 1,
        newest: Some(day(7)),
        oldest: Some(day(2)),
        ..PartReport::default()
    };
    let expected = [(Part::Usage, usage), (Part::Tickets, tickets), (Part::Contacts, PartReport::default())];
    assert_eq!(report.parts, expected.into());
    assert_eq!((report.created, report.updated, report.unchanged), (0, 2, 0));
}

#[test]
fn customers_are_new_changed_or_unchanged_whatever_part_and_piece_says_so() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Contracts];
    book.deliver(&snapshot(1, &parts), &[named(&["a", "b", "c"])]).expect("a first delivery");
    let pieces = [named(&["a", "b", "c", "d"]), contract("b", "C", terms(1)), contract("d", "D", terms(1))];
    let (_, report) = book.deliver(&snapshot(2, &parts), &pieces).expect("a second delivery");
    assert_eq!((report.created, report.updated, report.unchanged), (1, 1, 2));
}

#[test]
fn a_customer_of_whom_something_is_gone_counts_as_changed() {
    let mut book = Book::default();
    let first = together([named(&["a", "b"]), contract("a", "C", terms(1))]);
    book.deliver(&snapshot(1, &[Part::Customers, Part::Contracts]), &[first]).expect("a first delivery");
    let (_, report) = book.deliver(&snapshot(2, &[Part::Contracts]), &[]).expect("a second delivery");
    assert_eq!((report.updated, report.unchanged), (1, 0));
}

#[test]
fn rows_of_customers_who_are_not_in_the_book_are_counted_and_listed() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Tickets, Part::Satisfaction];
    let strange = tickets("z", vec![ticket("T", 1, None), ticket("U", 1, None)]);
    let rows = together([
        named(&["a"]),
        strange,
        tickets("y", Vec::new()),
        response("y", "R", 1, 9),
        response("a", "R", 1, 9),
    ]);
    let (_, report) = book
        .deliver(&Delivery { accept_losses: true, ..snapshot(1, &parts) }, &[rows])
        .expect("strangers are not fatal");
    let strangers = |part| report.parts[&part].strangers.clone();
    assert_eq!(strangers(Part::Tickets), Named { count: 2, names: vec!["z".into()] });
    assert_eq!(strangers(Part::Satisfaction), Named { count: 1, names: vec!["y".into()] });
    assert_eq!(book.customers.keys().collect::<Vec<_>>(), [&customer_id("a")]);
    assert_eq!((report.created, report.updated, report.unchanged), (1, 0, 0));
}

#[test]
fn a_part_with_mostly_rows_of_strangers_asks_first() {
    let rows = || {
        let of = |id: &str| tickets(id, vec![ticket(&format!("T-{id}"), 1, None)]);
        together([named(&["a"]), of("a"), of("y"), of("z")])
    };
    let delivery = snapshot(1, &[Part::Customers, Part::Tickets]);
    let applied = |accept_losses| {
        let delivery = Delivery { accept_losses, ..delivery.clone() };
        Book::default().deliver(&delivery, &[rows()]).expect("strangers are not fatal").1.applied
    };
    assert_eq!((applied(false), applied(true)), (false, true));
}

#[test]
fn a_strict_delivery_is_refused_for_strangers_by_name() {
    let mut book = Book::default();
    let delivery = Delivery { strict: true, ..snapshot(1, &[Part::Customers, Part::Contracts]) };
    let known = together([named(&["a"]), contract("a", "C", terms(1))]);
    book.deliver(&delivery, std::slice::from_ref(&known)).expect("there are no strangers");
    let before = book.clone();
    let strange = ["z", "y"].map(|id| contract(id, "C", terms(1)));
    let refused = book.deliver(&delivery, &[known, together(strange)]).expect_err("there are two strangers");
    assert_eq!(refused.to_string(), "Rows of customers who are not in the book: 2; among them y, z.");
    assert_eq!(book, before);
}

#[test]
fn rows_of_a_part_that_the_delivery_does_not_name_are_refused() {
    let delivery = snapshot(1, &[Part::Customers]);
    let piece = together([named(&["a"]), contract("a", "C", terms(1))]);
    let refused = Book::default().deliver(&delivery, &[piece]).expect_err("contracts are not named");
    assert_eq!(refused, Refused::UnnamedPart(Part::Contracts));
}

#[test]
fn lists_of_names_hold_the_first_and_count_all() {
    let ids: Vec<_> = (0..30).map(|at| format!("c{at:02}")).collect();
    let ids: Vec<_> = ids.iter().rev().map(String::as_str).collect();
    let mut book = Book::default();
    book.deliver(&snapshot(1, &[Part::Customers]), &[named(&ids)]).expect("a first delivery");
    let (_, report) = book.deliver(&snapshot(2, &[Part::Customers]), &[]).expect("a second delivery");
    let gone = &report.parts[&Part::Customers].gone;
    assert_eq!((gone.count, gone.names.len()), (30, MAX_NAMED));
    assert_eq!((gone.names[0].as_str(), gone.names[19].as_str()), ("Name of c00", "Name of c19"));
}

#[test]
fn a_customer_whom_only_an_older_delivery_has_is_left_out_with_its_rows_and_is_no_stranger() {
    let mut book = Book::default();
    book.deliver(&snapshot(9, &[Part::Customers]), &[named(&["a"])]).expect("the newer delivery");
    let parts = [Part::Customers, Part::Usage];
    let delivery = Delivery { strict: true, ..snapshot(5, &parts) };
    let older = together([named(&["a", "left"]), points("left", &[(1, 1.0)]), points("a", &[(1, 1.0), (2, 2.0)])]);
    let (_, report) = book.deliver(&delivery, &[older]).expect("there are no strangers");
    let counts = |part| (report.parts[&part].read, report.parts[&part].taken, report.parts[&part].outdated);
    assert_eq!((counts(Part::Customers), counts(Part::Usage)), ((2, 0, 2), (3, 2, 1)));
    assert_eq!((book.customers.len(), report.created, report.updated), (1, 0, 1));
}

#[test]
fn a_stranger_of_one_piece_whom_a_later_one_brings_into_the_book_is_told_as_both() {
    let pieces =
        [contract("a", "C", terms(1)), customers(&[("a", CustomerFields::default())]), contract("a", "D", terms(1))];
    let parts = [Part::Customers, Part::Contracts];
    let (_, report) = Book::default().deliver(&snapshot(1, &parts), &pieces).expect("it is carried out");
    let contracts = &report.parts[&Part::Contracts];
    assert_eq!((contracts.strangers.count, contracts.taken, report.created), (1, 1, 1));
}
