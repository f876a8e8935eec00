use contracts::{
    Line,
    delivery::{ContractTerms, CustomerFields, Delivery, Loss, Mode},
    facts::Part,
};

use super::book::*;

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("c{at:02}")).collect()
}

fn loss(part: Part, column: Option<&str>, lost: u64, of: u64) -> Loss {
    Loss { part, column: column.map(Line::new), lost, of }
}

/// Customers with an owner, of whom `first` had one, then the same with `second`, in a delivery made by `make`.
fn owners(first: &[bool], second: &[bool], make: impl FnOnce(Delivery) -> Delivery) -> Vec<Loss> {
    let piece = |owned: &[bool]| {
        let (dana, ids) = (|owned: bool| owned.then(|| "Dana".into()), ids(owned.len()));
        let row = |id: &str, owned: bool| CustomerFields { owner: dana(owned), ..fields(id) };
        let rows: Vec<_> = ids.iter().zip(owned).map(|(id, owned)| (id.as_str(), row(id, *owned))).collect();
        customers(&rows)
    };
    let mut book = Book::default();
    book.deliver(&snapshot(1, &[Part::Customers]), &[piece(first)]).expect("a first delivery");
    let (_, report) =
        book.deliver(&make(snapshot(2, &[Part::Customers])), &[piece(second)]).expect("a second delivery");
    report.losses
}

#[test]
fn more_than_a_fifth_of_a_part_gone_asks_first() {
    for (known, left, asks) in [(10, 8, false), (10, 7, true), (5, 4, false), (4, 3, true), (3, 1, true), (1, 0, true)]
    {
        let mut book = Book::default();
        let ids = ids(known);
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        book.deliver(&snapshot(1, &[Part::Customers]), &[named(&ids)]).expect("a first delivery");
        // What is new makes up for nothing that is gone.
        let second = together([named(&ids[..left]), named(&["new", "newer", "newest"])]);
        let (_, report) = book.deliver(&snapshot(2, &[Part::Customers]), &[second]).expect("a second delivery");
        let expected = loss(Part::Customers, None, (known - left) as u64, known as u64);
        assert_eq!(report.losses, if asks { vec![expected] } else { Vec::new() }, "{left} of {known}");
    }
}

#[test]
fn more_than_a_fifth_of_a_columns_values_cleared_asks_first() {
    let (ten, three) = ([true; 10], [true; 3]);
    let but = |count: usize, cleared: usize| (0..count).map(|at| at >= cleared).collect::<Vec<_>>();
    let owner = |lost, of| vec![loss(Part::Customers, Some("owner"), lost, of)];
    assert_eq!(owners(&ten, &but(10, 2), |delivery| delivery), []);
    assert_eq!(owners(&ten, &but(10, 3), |delivery| delivery), owner(3, 10));
    assert_eq!(owners(&three, &but(3, 1), |delivery| delivery), owner(1, 3));
    // Values are set against values: of ten customers four had an owner.
    assert_eq!(owners(&but(10, 6), &[false; 10], |delivery| delivery), owner(4, 4));
    // The only note in a book that is not tiny.
    assert_eq!(owners(&but(10, 9), &[false; 10], |delivery| delivery), []);
    // A column that is not there clears nothing.
    assert_eq!(owners(&ten, &[false; 10], |delivery| with_columns(delivery, &["industry"])), []);
}

#[test]
fn values_that_changes_do_not_name_count_among_those_that_stay() {
    let changes = |delivery: Delivery| Delivery { mode: Mode::Changes, ..delivery };
    assert_eq!(owners(&[true; 15], &[false; 3], changes), []);
    assert_eq!(owners(&[true; 15], &[false; 4], changes), [loss(Part::Customers, Some("owner"), 4, 15)]);
}

#[test]
fn losses_are_told_part_by_part() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Contracts];
    let gold = |arr| ContractTerms { plan: Some("Gold".into()), ..terms(arr) };
    let contracts = || ["C1", "C2", "C3"].map(|id| contract("a", id, gold(5)));
    let first = together(contracts().into_iter().chain([named(&["a", "b"])]));
    book.deliver(&snapshot(1, &parts), &[first]).expect("a first delivery");
    let second = together([named(&["a"]), contract("a", "C1", ContractTerms::default())]);
    let (_, report) = book.deliver(&snapshot(2, &parts), &[second]).expect("a second delivery");
    let expected = [
        loss(Part::Customers, None, 1, 2),
        loss(Part::Contracts, None, 2, 3),
        loss(Part::Contracts, Some("arr"), 1, 1),
        loss(Part::Contracts, Some("plan"), 1, 1),
    ];
    assert_eq!(report.losses, expected);
}

#[test]
fn a_file_of_one_customer_with_fewer_columns_wipes_nothing_and_asks() {
    let mut book = Book::default();
    let row = |name: &str, contact: &str| CustomerFields { contact: Some(contact.into()), ..fields(name) };
    let first = customers(&[
        ("A-1", row("Acme Corp", "Dana Reed")),
        ("B-2", row("Café Zürich", "Renée")),
        ("C-3", row("Globex", "Li")),
    ]);
    book.deliver(&snapshot(1, &[Part::Customers]), &[first]).expect("a first delivery");
    let second = with_columns(snapshot(2, &[Part::Customers]), &["name"]);
    let (_, report) = book.deliver(&second, &[customers(&[("A-1", fields("Acme Corp"))])]).expect("a second delivery");
    assert_eq!(report.losses, [loss(Part::Customers, None, 2, 3)]);
    assert_eq!(report.parts[&Part::Customers].gone.names, ["Name of B-2".into(), "Name of C-3".into()]);
    assert_eq!(book.fields("files", "A-1"), Some(&row("Acme Corp", "Dana Reed")));
}

#[test]
fn contracts_usage_and_tickets_that_vanish_from_an_export_are_told_and_ask() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Usage, Part::Tickets, Part::Contracts];
    let of = |id: &str| [contract(id, id, terms(1)), points(id, &[(1, 5.0)])];
    let all = || named(&["A-1", "B-2", "C-3"]);
    let open = tickets("A-1", vec![ticket("T1", 1, None)]);
    let first = together(of("A-1").into_iter().chain(of("B-2")).chain([all(), open]));
    book.deliver(&snapshot(1, &parts), &[first]).expect("a first delivery");
    let second = together(of("C-3").into_iter().chain([all()]));
    let (_, report) = book.deliver(&snapshot(2, &parts), &[second]).expect("a second delivery");
    let expected = [loss(Part::Usage, None, 2, 2), loss(Part::Tickets, None, 1, 1), loss(Part::Contracts, None, 2, 2)];
    assert_eq!(report.losses, expected);
    let gone = |part| report.parts[&part].gone.names.clone();
    assert_eq!(gone(Part::Contracts), ["A-1".into(), "B-2".into()]);
    assert_eq!(gone(Part::Tickets), ["T1".into()]);
    assert_eq!(gone(Part::Usage), ["Name of A-1".into(), "Name of B-2".into()]);
}

#[test]
fn a_delivery_is_carried_out_unless_it_is_a_dry_run_or_losses_ask_first() {
    for (accept_losses, dry_run, left, applied) in [
        (false, false, "a", true),
        (false, false, "b", false),
        (true, false, "b", true),
        (false, true, "a", false),
        (true, true, "b", false),
    ] {
        let mut book = Book::default();
        book.deliver(&snapshot(1, &[Part::Customers]), &[named(&["a"])]).expect("a first delivery");
        let delivery = Delivery { accept_losses, dry_run, ..snapshot(2, &[Part::Customers]) };
        let (_, report) = book.deliver(&delivery, &[named(&[left])]).expect("a second delivery");
        assert_eq!((report.applied, report.losses.is_empty()), (applied, left == "a"));
    }
}
