use contracts::{
    delivery::{Contact, ContractTerms, CustomerFields, Mode},
    facts::{Part, Status},
};

use super::book::*;

fn full() -> CustomerFields {
    CustomerFields {
        industry: Some("Retail".into()),
        owner: Some("Dana".into()),
        status: Some(Status::Active),
        since: Some(day(1)),
        ..fields("Acme")
    }
}

#[test]
fn an_empty_cell_clears_and_a_column_that_is_not_there_leaves() {
    let without = |columns: &[&str]| {
        let all = ["name", "industry", "segment", "owner", "status", "since", "contact"];
        all.into_iter().filter(|name| !columns.contains(name)).collect::<Vec<_>>()
    };
    let cases = [
        (without(&[]), fields("Acme")),
        (without(&["industry", "since"]), CustomerFields { owner: None, status: None, ..full() }),
        (without(&["industry", "owner", "status", "since"]), full()),
    ];
    for (columns, expected) in cases {
        let mut book = Book::default();
        let parts = [Part::Customers];
        book.deliver(&snapshot(1, &parts), &[customers(&[("a", full())])]).expect("a first delivery");
        let second = with_columns(snapshot(2, &parts), &columns);
        book.deliver(&second, &[named(&["a"])]).expect("a second delivery");
        let expected = CustomerFields { name: Some("a".into()), ..expected };
        assert_eq!(book.fields("files", "a"), Some(&expected), "{columns:?}");
    }
}

#[test]
fn contracts_and_contacts_are_cleared_and_left_alike() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Contracts, Part::Contacts];
    let terms = ContractTerms { plan: Some("Gold".into()), seats: Some(5), ..terms(100) };
    let dana = Contact { name: Some("Dana".into()), role: Some("CTO".into()), ..Contact::default() };
    let first = together([named(&["a"]), contract("a", "C", terms.clone()), contact("a", "dana", dana.clone())]);
    book.deliver(&snapshot(1, &parts), &[first]).expect("a first delivery");
    let second =
        [contract("a", "C", ContractTerms { plan: None, ..terms.clone() }), contact("a", "dana", Contact::default())];
    let parts = [Part::Contracts, Part::Contacts];
    let delivery = with_columns(snapshot(2, &parts), &["plan", "role"]);
    book.deliver(&delivery, &[together(second)]).expect("a second delivery");
    assert_eq!(book.terms("files", "a", "C"), Some(&ContractTerms { plan: None, ..terms }));
    assert_eq!(book.contact("files", "a", "dana"), Some(&Contact { role: None, ..dana }));
}

#[test]
fn a_version_is_written_only_where_a_row_says_something_new() {
    let mut book = Book::default();
    let deliver = |book: &mut Book, on, industry: &str| {
        let fields = CustomerFields { industry: Some(industry.into()), ..fields("Acme") };
        book.deliver(&snapshot(on, &[Part::Customers]), &[customers(&[("a", fields)])]).expect("it is carried out");
    };
    for (on, industry) in [(1, "Retail"), (2, "Retail"), (3, "Food"), (4, "Food")] {
        deliver(&mut book, on, industry);
    }
    let versions = &book.customers[&customer_id("a")].fields;
    assert_eq!(versions.iter().map(|version| version.from).collect::<Vec<_>>(), [day(1), day(3)]);
}

#[test]
fn a_delivery_of_the_same_day_replaces_the_version_of_that_day() {
    let mut book = Book::default();
    for (on, owner) in [(1, "Ann"), (2, "Bob"), (2, "Cem")] {
        let fields = CustomerFields { owner: Some(owner.into()), ..fields("Acme") };
        let done = book.deliver(&snapshot(on, &[Part::Customers]), &[customers(&[("a", fields)])]);
        assert_eq!(done.expect("it is carried out").1.newer, None);
    }
    let versions = &book.customers[&customer_id("a")].fields;
    let owner = |version: &CustomerFields| version.owner.as_ref().map(|owner| owner.as_str().to_owned());
    let owners: Vec<_> = versions.iter().map(|version| (version.from, version.says.as_ref().and_then(owner))).collect();
    assert_eq!(owners, [(day(1), Some("Ann".to_owned())), (day(2), Some("Cem".to_owned()))]);
}

#[test]
fn what_was_gone_and_is_back_gets_a_version_again_with_what_was_said_of_it() {
    let mut book = Book::default();
    let parts = [Part::Customers];
    book.deliver(&snapshot(1, &parts), &[customers(&[("a", full())])]).expect("a first delivery");
    book.deliver(&snapshot(2, &parts), &[]).expect("a delivery without it");
    assert_eq!(book.fields("files", "a"), None);
    let third = with_columns(snapshot(3, &parts), &["industry"]);
    let (_, report) = book.deliver(&third, &[named(&["a"])]).expect("a third delivery");
    let expected = CustomerFields { name: Some("a".into()), industry: None, ..full() };
    assert_eq!(book.fields("files", "a"), Some(&expected));
    assert_eq!((report.created, report.updated, report.parts[&Part::Customers].changed), (0, 1, 1));
    assert_eq!(report.losses, [], "what was gone has nothing to lose");
    assert_eq!(book.customers[&customer_id("a")].fields.len(), 3);
}

#[test]
fn what_is_back_as_it_was_is_news() {
    let mut book = Book::default();
    let parts = [Part::Customers];
    book.deliver(&snapshot(1, &parts), &[customers(&[("a", full())])]).expect("a first delivery");
    book.deliver(&snapshot(2, &parts), &[]).expect("a delivery without it");
    book.deliver(&snapshot(3, &parts), &[customers(&[("a", full())])]).expect("a third delivery");
    assert_eq!(book.fields("files", "a"), Some(&full()));
}

#[test]
fn another_source_clears_nothing_and_takes_nothing_over() {
    let mut book = Book::default();
    let parts = [Part::Customers];
    book.deliver(&snapshot(1, &parts), &[customers(&[("a", full())])]).expect("the delivery of one source");
    let other = from("crm", with_columns(snapshot(2, &parts), &["industry"]));
    let (_, report) = book.deliver(&other, &[named(&["a"])]).expect("that of the other");
    assert_eq!(book.fields("files", "a"), Some(&full()));
    assert_eq!(book.fields("crm", "a"), Some(&fields("a")));
    assert_eq!((report.created, report.updated, report.losses), (0, 1, Vec::new()));
}

#[test]
fn what_another_source_said_already_is_kept_of_this_one_too() {
    let mut book = Book::default();
    for source in ["files", "crm"] {
        let rows = [customers(&[("a", full())]), tickets("a", vec![ticket("T", 1, None)]), points("a", &[(1, 1.0)])];
        let delivery = from(source, snapshot(1, &[Part::Customers, Part::Tickets, Part::Usage]));
        book.deliver(&delivery, &rows).expect("it is carried out");
    }
    let rows = &book.customers[&customer_id("a")];
    assert_eq!((rows.fields.len(), rows.tickets.len(), rows.usage.len()), (2, 2, 2));
}

#[test]
fn an_older_delivery_leaves_everything_that_has_versions() {
    let mut book = Book::default();
    let parts = [Part::Customers, Part::Contracts, Part::Contacts];
    let rows = |owner: &str, arr| {
        let fields = CustomerFields { owner: Some(owner.into()), ..fields("Acme") };
        let dana = Contact { name: Some(owner.into()), ..Contact::default() };
        together([customers(&[("a", fields)]), contract("a", "C", terms(arr)), contact("a", "dana", dana)])
    };
    book.deliver(&snapshot(9, &parts), &[rows("Ann", 9)]).expect("the newer delivery");
    let newer = book.customers.clone();
    let older = together([rows("Bob", 5), contract("a", "D", terms(1))]);
    let (gone, report) = book.deliver(&snapshot(5, &parts), &[older]).expect("the older delivery");
    assert_eq!(book.customers, newer);
    assert!(gone.is_empty());
    assert_eq!(report.newer, Some(day(9)));
    let counts = |part| (report.parts[&part].read, report.parts[&part].taken, report.parts[&part].outdated);
    assert_eq!(
        (counts(Part::Customers), counts(Part::Contracts), counts(Part::Contacts)),
        ((1, 0, 1), (2, 0, 2), (1, 0, 1))
    );
    assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 1));
}

#[test]
fn whether_a_delivery_is_older_is_asked_of_each_part() {
    let mut book = Book::default();
    book.deliver(&snapshot(9, &[Part::Customers]), &[named(&["a"])]).expect("the newer delivery");
    let delivery = snapshot(5, &[Part::Customers, Part::Contracts]);
    let older = together([customers(&[("a", full())]), contract("a", "C", terms(1))]);
    book.deliver(&delivery, &[older]).expect("the older delivery");
    assert_eq!(book.fields("files", "a"), Some(&fields("a")));
    assert_eq!(book.terms("files", "a", "C"), Some(&terms(1)));
}

#[test]
fn in_mode_changes_an_empty_cell_clears_as_well() {
    let mut book = Book::default();
    book.deliver(&snapshot(1, &[Part::Customers]), &[customers(&[("a", full())])]).expect("a first delivery");
    let mut changes = snapshot(2, &[Part::Customers]);
    changes.mode = Mode::Changes;
    book.deliver(&changes, &[named(&["a"])]).expect("a second delivery");
    assert_eq!(book.fields("files", "a"), Some(&fields("a")));
}
