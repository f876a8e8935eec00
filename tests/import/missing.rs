//! What a delivery does not have is not there this time; it is not gone.

use contracts::facts::Part;
use cs_copilot::sources::{
    links::Customer,
    prepare::{Choices, Given, Ready, Stop, prepare},
    saved::Saved,
    table::open,
};

use crate::{as_of, directory, together};

const CRM: (&str, &str) = (
    "hubspot-2025-03-10.csv",
    "Record ID,Company name,Company Domain Name,Industry,Lifecycle Stage\n\
     101,Acme GmbH,acme.example,Retail,Customer\n102,Bolt AG,bolt.example,,Customer\n",
);

const DESK: (&str, &str) = (
    "zendesk-2025-03-10.csv",
    "Id,Requester domain,Status,Priority,Created at,Subject\n1,acme.example,Open,Urgent,2025-01-02 10:12,x\n",
);

const OTHER_DESK: (&str, &str) = (
    "freshdesk-2025-03-10.csv",
    "Ticket ID,Subject,Status,Priority,Created time,Email\n7,y,Open,Low,2025-01-05 10:00:00,x@bolt.example\n",
);

const ORGANIZATIONS: (&str, &str) = (
    "organizations-2025-03-10.csv",
    "Id,Name,Domain names\n9001,Acme,acme.example\n9002,Bolt,bolt.example\n9003,Cora,cora.example\n",
);

fn import(saved: &Saved, files: &[(&str, &str)], book: &[Customer]) -> Result<Ready, Stop> {
    let dir = directory(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>());
    let opened = open(&[dir.path().to_owned()])?;
    let choices = Choices { is_confirmed: true, ..Choices::default() };
    prepare(Given { opened: &opened, day: as_of(), saved, book }, &choices)
}

fn good(saved: &Saved, files: &[(&str, &str)]) -> Ready {
    import(saved, files, &[]).expect("files that can be read")
}

fn customer(id: &str, name: &str) -> Customer {
    Customer { id: id.parse().unwrap(), name: name.to_owned(), domains: Vec::new(), other_ids: Vec::new() }
}

#[test]
fn a_part_is_not_whole_without_one_of_its_files_and_clears_nothing() {
    let first = good(&Saved::default(), &[CRM, DESK, OTHER_DESK]);
    assert!(first.import.partly().is_empty() && first.import.notes.missing.is_empty());

    let second = good(&first.saved, &[CRM, OTHER_DESK]).import;
    assert_eq!(second.notes.missing, [("zendesk-*.csv".to_owned(), vec![Part::Tickets])]);
    assert_eq!(second.partly().into_iter().collect::<Vec<_>>(), [Part::Tickets]);
    assert!(second.parts[&Part::Tickets].is_empty() && !second.parts[&Part::Customers].is_empty());

    let third = good(&first.saved, &[CRM]).import;
    assert_eq!(third.notes.missing.len(), 2);
    assert!(third.partly().is_empty(), "a part of which nothing is there is not delivered at all");
}

#[test]
fn files_in_the_programs_own_columns_are_missed_as_well() {
    let own = [
        ("customers.csv", "customer_id,name\nA,Acme\n"),
        ("tickets.csv", "ticket_id,customer_id,priority,opened_on\n"),
    ];
    let first = good(&Saved::default(), &own);
    let second = good(&first.saved, &[("more customers.csv", "customer_id,name\nB,Bolt\n")]).import;
    let missing = second.notes.missing.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
    assert_eq!(missing, ["customers.csv", "tickets.csv"]);
    assert!(second.partly().contains(&Part::Customers));
}

#[test]
fn a_file_that_adds_to_customers_of_another_names_nobody_new_without_it() {
    let first = good(&Saved::default(), &[CRM, ORGANIZATIONS]);
    assert_eq!(together(&first.import).customers.len(), 2);
    let book = [customer("101", "Acme GmbH"), customer("102", "Bolt AG")];

    let second = import(&first.saved, &[ORGANIZATIONS, DESK], &book).expect("tickets").import;
    assert!(!second.parts.contains_key(&Part::Customers));
    assert_eq!(second.notes.unused[0].0, ORGANIZATIONS.0);
    assert_eq!(together(&second).tickets[0].customer_id.as_str(), "101");

    let Err(Stop::Problems(problems)) = import(&first.saved, &[ORGANIZATIONS], &book) else { panic!("nobody is new") };
    assert!(problems.to_string().contains("only adds to customers whom another file names"), "{problems}");
}

#[test]
fn who_said_first_who_there_is_goes_on_saying_it() {
    let first = good(&Saved::default(), &[ORGANIZATIONS]);
    let second = good(&first.saved, &[CRM, ORGANIZATIONS]);
    let ids = together(&second.import).customers.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids, ["9001", "9002", "9003"]);
}

#[test]
fn a_customer_that_may_be_in_the_book_by_another_id_is_told_and_can_be_linked() {
    let book = [customer("9001", "Acme"), customer("9002", "Else")];
    let Ready { import: first, mut saved } = import(&Saved::default(), &[CRM], &book).expect("customers");
    let told = first.notes.decisions.join("\n");
    assert!(told.contains("1 customer: new, but perhaps in the book under another id: 101 has the name"), "{told}");

    saved.links.id.insert("101".to_owned(), "9001".parse().unwrap());
    let second = import(&saved, &[CRM], &book).expect("customers").import;
    let ids = together(&second).customers.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids, ["9001", "102"]);
    assert!(!second.notes.decisions.iter().any(|told| told.contains("another id")));
}
