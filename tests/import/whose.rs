//! Whose a row is: what it says of its customer, and what goes before what.

use cs_copilot::sources::{
    links::{Customer, Links, plain_name},
    prepare::{Choices, Given, Ready, Stop, prepare},
    saved::Saved,
    table::open,
};

use crate::{COMPANIES, as_of, confirmed, directory, files, pairs, prepared, ready, tickets_of, together};

#[test]
fn an_id_that_differs_by_zeros_is_told_and_joins_nobody() {
    let both = files(&[
        ("customers.csv", "customer_id,name\n00042,Acme\n00043,Bolt\n"),
        (
            "tickets.csv",
            "ticket_id,customer_id,priority,opened_on\nT1,42,high,2025-01-01\nT2,00043,high,2025-01-01\nT3,43.0,high,2025-01-01\n",
        ),
    ]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &Choices::default());
    assert_eq!(together(&import).tickets.len(), 1);
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("00042 differs from it by zeros or the case of letters only"), "{told}");
    assert!(told.contains("00043 differs from it by zeros or the case of letters only"), "{told}");
    let mut saved = Saved { links: Links::default(), ..Saved::default() };
    saved.links.id.insert("42".to_owned(), "00042".parse().unwrap());
    assert_eq!(together(&ready(&saved, &both, &Choices::default()).import).tickets.len(), 2);
}

#[test]
fn an_address_that_anybody_may_have_names_no_customer() {
    let both = files(&[
        ("companies.csv", "Record ID,Company name,Company Domain Name\nA-1,Acme,acme.example\n"),
        (
            "tickets.csv",
            "Ticket ID,Requester email,Created\nT1,acme@gmail.com,2025-01-01\nT2,x@acme.example,2025-01-01\n",
        ),
    ]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("\n  1 row: no customer is named, nor an address but one that anybody may have"), "{told}");
}

#[test]
fn names_are_compared_without_case_accents_signs_and_legal_forms() {
    for (name, plain) in [
        ("Müller & Söhne GmbH", "muller sohne"),
        ("Contoso, Ltd.", "contoso"),
        ("ACME GmbH & Co. KG", "acme"),
        ("Acme and Sons Inc", "acme sons"),
        ("Co", "co"),
    ] {
        assert_eq!(plain_name(name), plain);
    }
}

#[test]
fn a_name_is_the_same_without_the_letters_that_a_keyboard_lacks() {
    for (one, other) in
        [("Müller & Söhne GmbH", "Mueller und Soehne"), ("Straße AG", "STRASSE"), ("Ødegård AS", "Odegard")]
    {
        assert_eq!(plain_name(one), plain_name(other));
    }
}

#[test]
fn ids_that_differ_by_the_case_of_letters_are_two_customers_and_told() {
    let dir = directory(&[("customers.csv", b"customer_id,name\nabc-1,Acme\nB-2,Bolt\nABC-1,Cora\n")]);
    let import = prepared(dir.path(), &Choices::default()).unwrap().import;
    let told = import.notes.decisions.join("\n");
    assert_eq!(told, "1 customer: the ids abc-1 and ABC-1 differ by the case of letters only, and are two customers");
}

#[test]
fn what_a_row_says_besides_several_ids_goes_before_them_and_a_comma_makes_no_list() {
    let crm = "customer_id,name\n1,Acme\n2,Bolt\n";
    let tickets = "Ticket ID,Associated Company IDs,Company name,Created,Subject\n1,1;2,Bolt,2025-01-02,x\n\
        2,\"1,234\",,2025-01-02,x\n3,\"9, 2\",,2025-01-02,x\n";
    let export = files(&[("customers.csv", crm), ("tickets.csv", tickets)]);
    let choices = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, .. } = ready(&Saved::default(), &export, &choices);
    let rows = together(&import);
    let of = |id: &str| {
        let of = rows.tickets.iter().find(|of| of.tickets.iter().any(|ticket| ticket.id.as_str() == id));
        of.map(|of| of.customer_id.as_str())
    };
    assert_eq!((of("1"), of("3")), (Some("2"), Some("2")));
    assert!(of("2").is_none_or(|customer| customer != "1"), "{:?}", of("2"));
}

#[test]
fn a_third_system_finds_its_customers_by_the_ids_that_the_second_brings() {
    let crm = "Record ID,Company name,Company Domain Name,Lifecycle Stage\n901,Acme,acme.example,Customer\n";
    let billed = "id,Description,Email,Name,Created (UTC),hubspot_id (metadata)\n\
                  cus_1,,pay@agency.example,Paying Agency,2025-01-01 10:00,901\n";
    let subscriptions = "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Current Period End (UTC)\n\
                         sub_1,cus_1,pro,1,usd,month,100.00,active,2027-01-01 10:00\n";
    let dir = directory(&[
        ("a-subscriptions.csv", subscriptions.as_bytes()),
        ("hubspot.csv", crm.as_bytes()),
        ("unified_customers.csv", billed.as_bytes()),
    ]);
    let contracts = together(&prepared(dir.path(), &confirmed()).unwrap().import).contracts;
    assert_eq!(contracts.iter().map(|row| row.customer_id.as_str()).collect::<Vec<_>>(), ["901"]);
}

#[test]
fn ids_that_two_systems_give_to_different_customers_are_refused_where_the_domains_say_so() {
    let tickets = |second: &str| {
        format!(
            "Ticket ID,Organization ID,Requester email,Created at,Subject\n1,101,x@bolt.example,2025-01-02,x\n{second}"
        )
    };
    let strange = files(&[("companies.csv", COMPANIES), ("tickets.csv", &tickets(""))]);
    let Err(Stop::Problems(problems)) = prepared(strange.path(), &confirmed()) else { panic!("it is refused") };
    let told = problems.to_string();
    assert!(told.contains("column Organization ID") && told.contains("\"tickets.csv:Organization ID=-\""), "{told}");

    // One who writes for another does not make the ids wrong, and is told.
    let one = files(&[("companies.csv", COMPANIES), ("tickets.csv", &tickets("2,102,y@bolt.example,2025-01-02,x\n"))]);
    let Ready { import, .. } = ready(&Saved::default(), &one, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by id and domain, 1 row by id, though their domain is another customer's"), "{told}");
}

#[test]
fn a_row_whose_domain_and_name_are_those_of_two_customers_is_nobodys() {
    let tickets = "Ticket ID,Company name,Requester email,Created at,Subject\n1,Bolt,x@acme.example,2025-01-02,x\n\
        2,Acme,x@acme.example,2025-01-02,x\n3,Acme,x@acme.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", COMPANIES), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("2", "101"), ("3", "101")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("its domain is that of 101, its name that of 102"), "{told}");
}

#[test]
fn a_file_that_knows_another_systems_id_leads_the_rows_of_a_third_to_the_customer() {
    let organizations = "id,name,external_id\n3600001,Acme (support),101\n3600002,Bolt EU,102\n";
    let tickets =
        "id,subject,status,created_at,organization_id\n1,x,open,2025-01-02,3600001\n2,x,open,2025-01-02,3600002\n";
    let three = files(&[("companies.csv", COMPANIES), ("organizations.csv", organizations), ("tickets.csv", tickets)]);
    let Ready { import, saved } = ready(&Saved::default(), &three, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));

    let next = files(&[("companies.csv", COMPANIES), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&saved, &next, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));
}

#[test]
fn an_id_that_two_systems_have_for_different_customers_is_nobodys_where_nothing_else_is_said() {
    let organizations = "id,name,domain_names\n102,Acme,acme.example\n103,Bolt,bolt.example\n";
    let tickets = "id,subject,status,created_at,organization_id\n1,x,open,2025-01-02,102\n2,x,open,2025-01-02,103\n";
    let three = files(&[("companies.csv", COMPANIES), ("organizations.csv", organizations), ("tickets.csv", tickets)]);
    let choices = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, .. } = ready(&Saved::default(), &three, &choices);
    assert_eq!(tickets_of(&import), pairs(&[("2", "102")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("its id is that of 102, its id in another system that of 101"), "{told}");
}

#[test]
fn a_salesforce_id_is_the_same_in_fifteen_and_in_eighteen_characters() {
    // Two accounts may differ by the case of a letter alone.
    let accounts = "Account ID,Account Name\n0015g00000XyZabAAF,Acme\n0015g00000XyZaBAAV,Bolt\n";
    let cases = "Case Number,Subject,Opened Date,Account ID\n1,x,2025-01-02,0015g00000XyZab\n\
        2,x,2025-01-02,0015g00000XyZaB\n3,x,2025-01-02,0015g00000XyZabAAF\n4,x,2025-01-02,0015g00000XyZabAAV\n";
    let both = files(&[("accounts.csv", accounts), ("cases.csv", cases)]);
    let (acme, bolt) = ("0015g00000XyZabAAF", "0015g00000XyZaBAAV");
    let tickets = tickets_of(&ready(&Saved::default(), &both, &confirmed()).import);
    assert_eq!(tickets[..3], pairs(&[("1", acme), ("2", bolt), ("3", acme)]));
    assert!(tickets.iter().all(|(ticket, of)| ticket != "4" || of != acme && of != bolt), "its check is another's");

    let short = accounts.replace("AAF", "").replace("AAV", "");
    let both = files(&[("accounts.csv", &short), ("cases.csv", cases)]);
    let tickets = tickets_of(&ready(&Saved::default(), &both, &confirmed()).import);
    assert_eq!(tickets[2], ("3".to_owned(), "0015g00000XyZab".to_owned()));
}

#[test]
fn an_address_below_a_customers_domain_is_of_that_customer_and_told() {
    let sites =
        "Record ID,Company name,Website URL\n101,Acme,https://www.acme.example/about\n102,Bolt,shop.bolt.example\n";
    let tickets = "Ticket ID,Requester email,Created at,Subject\n1,x@mail.acme.example,2025-01-02,x\n\
        2,x@bolt.example,2025-01-02,x\n3,x@acme.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", sites), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("3", "101")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by domain, 1 row by the domain that theirs is part of"), "{told}");
}

#[test]
fn what_the_customers_file_stores_now_goes_before_what_was_remembered_of_an_id() {
    let companies = "Record ID,Company name,Stripe Customer ID\n101,Acme,\n102,Bolt,cus_1\n";
    let subscriptions = "id,Customer ID,Amount,Currency,Interval,Status\nsub_1,cus_1,100,eur,year,active\n";
    let both = files(&[("companies.csv", companies), ("subscriptions.csv", subscriptions)]);
    let mut saved = Saved::default();
    saved.links.id.insert("cus_1".to_owned(), "101".parse().unwrap());
    let contracts = together(&ready(&saved, &both, &confirmed()).import).contracts;
    assert_eq!(contracts[0].customer_id.as_str(), "102");
}

#[test]
fn a_daughter_with_a_domain_below_her_mothers_is_a_customer_of_her_own() {
    let book = [Customer {
        id: "101".parse().unwrap(),
        name: "Acme".to_owned(),
        domains: vec!["acme.example".to_owned()],
        other_ids: Vec::new(),
    }];
    let dir = files(&[("customers.csv", "Company name,Company domain,Industry\nAcme Labs,labs.acme.example,Food\n")]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let given = Given { opened: &opened, day: as_of(), saved: &Saved::default(), book: &book };
    let Ready { import, .. } = prepare(given, &confirmed()).unwrap_or_else(|stop| panic!("{stop:?}"));
    assert_eq!(together(&import).customers[0].id.as_str(), "acme-labs");
}
