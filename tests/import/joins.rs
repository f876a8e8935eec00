//! Customers of several systems: what is asked, remembered, and told of those who are left out.

use cs_copilot::render::delivery::left_out;
use cs_copilot::sources::{
    prepare::{Choices, Question, Ready, Stop},
    saved::{Saved, pattern},
};

use crate::{confirmed, directory, files, pairs, prepared, prepared_after, question, ready, tickets_of, together};

const CRM: &str = "Record ID,Company name,Company Domain Name,Lifecycle Stage\n\
    17840000000,Acme GmbH,acme.example,Customer\n17840000137,Bolt,bolt.example,Customer\n17840000274,Cora,,Customer\n\
    17840000411,Twin One,twin.example,Customer\n17840000548,Twin Two,twin.example,Customer\n17840000685,Lee,,Lead\n";

const DESK: &str = "Id,Requester email,Requester domain,Organization,Status,Priority,Created at,Solved at,Updated at,Subject\n\
    1,a@acme.example,acme.example,-,Open,Urgent,2025-01-02 10:12,-,2025-01-02 10:12,x\n\
    2,b@gmail.com,gmail.com,-,Open,-,2025-01-03 10:12,-,2025-01-03 10:12,x\n\
    3,c@twin.example,twin.example,-,Open,-,2025-01-04 10:12,-,2025-01-04 10:12,x\n\
    4,d@bolt.example,bolt.example,-,Closed,Low,2025-01-05 10:12,-,2025-01-09 10:12,x\n\
    5,d@bolt.example,bolt.example,-,Deleted,Low,2025-01-05 10:12,-,2025-01-09 10:12,x\n";

const BILLING: &str = "id,Customer ID,Customer Name,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Current Period End (UTC)\n\
    sub_1,cus_1,Acme,x@acme.example,pro,1,eur,month,100,active,2025-06-01 10:00\n\
    sub_2,cus_1,Acme,x@acme.example,add,1,eur,quarter,50.50,active,2025-05-01 10:00\n\
    sub_3,cus_1,Acme,x@acme.example,old,1,eur,year,9000,canceled,2025-05-01 10:00\n\
    sub_4,cus_2,Bolt,x@bolt.example,pro,1,usd,year,1200,trialing,2025-07-01 10:00\n";

#[test]
fn three_systems_are_joined_by_domain_and_what_is_nobodys_is_left_out_and_told() {
    let three =
        files(&[("hubspot-2025-03-10.csv", CRM), ("zendesk-2025-03-10.csv", DESK), ("subscriptions.csv", BILLING)]);
    let Question::Mapping(mapping) = question(&three, &Choices::default()) else {
        panic!("the mapping is shown first")
    };
    assert!(mapping.contains("Requester domain") && mapping.contains("tickets.domain"), "{mapping}");

    let Ready { import, .. } = ready(&Saved::default(), &three, &confirmed());
    let rows = together(&import);
    let customers = rows.customers.iter().map(|row| row.id.as_str()).collect::<Vec<_>>();
    assert_eq!(customers, ["17840000000", "17840000137", "17840000274", "17840000411", "17840000548"]);
    let tickets = rows.tickets.iter().flat_map(|of| of.tickets.iter().map(|ticket| (of.customer_id.as_str(), ticket)));
    let tickets = tickets.map(|(of, ticket)| (of, ticket.id.as_str(), ticket.closed_on.map(|day| day.to_string())));
    assert_eq!(
        tickets.collect::<Vec<_>>(),
        [("17840000000", "1", None), ("17840000137", "4", Some("2025-01-09".to_owned()))]
    );
    let contracts = rows.contracts.iter().map(|row| {
        let arr = row.terms.arr.as_ref().map(|arr| (arr.minor, arr.currency.as_str()));
        (row.customer_id.as_str(), row.contract_id.as_str(), arr)
    });
    assert_eq!(
        contracts.collect::<Vec<_>>(),
        [
            ("17840000000", "sub_1", Some((120_000, "EUR"))),
            ("17840000000", "sub_2", Some((20_200, "EUR"))),
            ("17840000137", "sub_4", None),
        ]
    );
    let told = import.notes.decisions.join("\n");
    for line in [
        "Left out: 1 row of companies that are no customers by their status",
        "Left out: 1 row of deleted tickets",
        "Left out: 1 row of contracts that are cancelled or have ended",
        "1 row: closed tickets without a day count as closed",
        "1 row: trials and contracts to come",
        "Several contracts: 1 customer;",
        "Left out: 2 rows of customers who were not found",
        "\"twin.example\", 1 row: several customers are called so",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn what_was_decided_is_remembered_so_that_next_week_goes_through_without_a_question() {
    let three = files(&[("hubspot-2025-03-10.csv", CRM), ("zendesk-2025-03-10.csv", DESK)]);
    let Ready { saved, .. } = ready(&Saved::default(), &three, &confirmed());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sources/crm.toml");
    saved.keep(&file).unwrap();
    let saved = Saved::load(&file).unwrap();
    let next = files(&[("hubspot-2025-03-17.csv", CRM), ("zendesk-2025-03-17.csv", DESK)]);
    ready(&saved, &next, &Choices::default());
    // The tickets alone still find their customers, where these are in the book.
    assert!(saved.links.domain.contains_key("acme.example"), "{saved:?}");
}

#[test]
fn a_match_by_name_is_asked_and_remembered() {
    let tickets = "Issue key,Customer,Created,Status\nDI-1,Acme,2025-01-02,Open\nDI-2,Nobody Ltd,2025-01-02,Open\n";
    let both = files(&[("customers.csv", "customer_id,name\nA-1,Acme GmbH\n"), ("jira.csv", tickets)]);
    let Question::Names { pairs } = question(&both, &confirmed()) else { panic!("names are asked about") };
    assert_eq!(pairs, ["Acme is Acme GmbH (A-1), 1 row"]);
    let accepted = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, saved } = ready(&Saved::default(), &both, &accepted);
    assert_eq!(together(&import).tickets.len(), 1);
    assert_eq!(saved.links.name["Acme"].as_str(), "A-1");
    ready(&saved, &both, &Choices::default());
}

#[test]
fn what_changes_in_a_name_from_week_to_week_is_left_out_of_its_pattern() {
    for (name, remembered) in [
        ("zendesk-export-2026-11-28.csv", "zendesk-export-*.csv"),
        ("hubspot-all-companies-2026-11-28-1.csv", "hubspot-all-companies-*-1.csv"),
        ("Tickets (1).csv", "tickets.csv"),
        ("export_20261128_0900.xlsx", "export_*.xlsx"),
        ("report1732788000123.csv", "report*.csv"),
        ("subscriptions.csv", "subscriptions.csv"),
    ] {
        assert_eq!(pattern(name), remembered);
    }
}

#[test]
fn two_columns_of_the_same_name_that_differ_are_asked_about() {
    let twice = files(&[("customers.csv", "customer_id,name,name\nA-1,Acme,Acme GmbH\n")]);
    let asked = question(&twice, &confirmed());
    assert!(matches!(&asked, Question::Column { columns, .. } if columns == &["name", "name (2)"]), "{asked}");
    let said = Choices { maps: vec!["customers.csv:name (2)=customers.name".parse().unwrap()], ..confirmed() };
    let named = together(&ready(&Saved::default(), &twice, &said).import).customers[0].fields.name.clone();
    assert_eq!(named.unwrap().as_str(), "Acme GmbH");
    let same = files(&[("customers.csv", "customer_id,name,name\nA-1,Acme,Acme\n")]);
    ready(&Saved::default(), &same, &confirmed());
}

#[test]
fn a_sum_beside_columns_of_periods_is_no_usage_of_its_own() {
    let wide = files(&[("usage.csv", "Account,Jan 2025,Feb 2025,Total\nAcme,1,2,3\nBolt,4,5,9\n")]);
    let Question::Mapping(mapping) = question(&wide, &Choices::default()) else { panic!("the mapping is shown first") };
    assert!(mapping.contains("left out, the columns of single periods say more: Total"), "{mapping}");
}

#[test]
fn a_ticket_of_several_companies_is_of_the_first_that_is_known_and_that_is_told() {
    let tickets = "Ticket ID,Associated Company IDs,Create date,Ticket name\n\
        1,17840000999;17840000137,2025-01-02,x\n2,17840000000;17840000137,2025-01-02,x\n3,17840000000,2025-01-02,x\n";
    let export = files(&[("companies.csv", &CRM.replacen("Record ID", "# Record ID", 1)), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &export, &confirmed());
    let rows = together(&import);
    let tickets = rows.tickets.iter().flat_map(|of| of.tickets.iter().map(|ticket| (of.customer_id.as_str(), ticket)));
    let mut tickets = tickets.map(|(of, ticket)| (ticket.id.as_str(), of)).collect::<Vec<_>>();
    tickets.sort_unstable();
    assert_eq!(tickets, [("1", "17840000137"), ("2", "17840000000"), ("3", "17840000000")]);
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by id, 2 rows by the first known of several ids"), "{told}");
}

#[test]
fn a_table_of_which_most_rows_are_of_nobody_here_asks_once() {
    let companies: (&str, &[u8]) = ("companies.csv", b"Record ID,Company name\n1,Acme\n");
    let tickets = "Ticket ID,Organization,Requester email,Created\nT-1,Acme,a@acme.example,2025-01-02\n\
                   T-2,Other,a@other.example,2025-01-02\nT-3,Another,a@another.example,2025-01-02\n";
    let dir = directory(&[companies, ("tickets.csv", tickets.as_bytes())]);
    let choices = Choices { is_confirmed: true, accepts_names: true, ..Choices::default() };
    let first = prepared(dir.path(), &choices).unwrap();
    assert_eq!(first.import.notes.unfound, [("tickets.csv".to_owned(), 2, 3)]);
    assert_eq!(
        left_out(&first.import.notes).as_deref(),
        Some("leave out 2 of the 3 rows of tickets.csv, whose customers were not found")
    );
    let next = prepared_after(&first.saved, dir.path(), &Choices::default()).unwrap();
    assert_eq!((left_out(&next.import.notes), next.saved), (None, first.saved));
}

#[test]
fn a_name_with_another_legal_form_is_shown_as_such() {
    let companies: (&str, &[u8]) =
        ("companies.csv", b"Record ID,Company name\n1,Globex GmbH\n2,Initech\n3,Hooli GmbH & Co. KG\n");
    let tickets = "Ticket ID,Organization,Created\nT-1,Globex AG,2025-01-02\nT-2,Initech Ltd,2025-01-02\n\
                   T-3,Hooli GmbH & Co KG,2025-01-02\n";
    let dir = directory(&[companies, ("tickets.csv", tickets.as_bytes())]);
    let asked = match prepared(dir.path(), &Choices { is_confirmed: true, ..Choices::default() }) {
        Err(Stop::Question(question)) => question.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(asked.contains("  Globex AG is Globex GmbH (1), 1 row; their legal forms differ\n"), "{asked}");
    assert_eq!(asked.matches("differ").count(), 1, "{asked}");
}

#[test]
fn rows_that_are_all_of_nobody_here_are_no_delivery() {
    let dir = directory(&[("desk.csv", DESK.as_bytes())]);
    let refused = match prepared(dir.path(), &confirmed()) {
        Err(Stop::Problems(problems)) => problems.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused.contains("every row is of a customer who was not found: Left out: 5 rows"), "{refused}");
    assert!(refused.contains("name the file that has them, too"), "{refused}");
}

#[test]
fn what_a_company_has_that_is_no_customer_is_left_out_with_it_and_told() {
    let crm = format!("{CRM}17840000822,Mia,mia.example,Opportunity\n");
    let tickets = "Ticket ID,Organization ID,Requester email,Created at,Subject\n1,17840000000,,2025-01-02,x\n\
        2,17840000822,,2025-01-02,x\n3,,x@mia.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", &crm), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "17840000000")]));
    let told = import.notes.decisions.join("\n");
    assert!(
        told.contains("2 rows of tickets, contracts and the like of companies that are no customers by their status"),
        "{told}"
    );
}

#[test]
fn what_is_wrong_with_what_was_remembered_is_one_sentence_with_its_line() {
    let dir = files(&[("crm.toml", "currency = \"EUR\"\n[links.id]\na = = b\n")]);
    let wrong = Saved::load(&dir.path().join("crm.toml")).unwrap_err().to_string();
    assert!(wrong.contains("crm.toml: line 3: ") && !wrong.contains('\n'), "{wrong}");
}
