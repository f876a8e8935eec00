//! What good files become.

use contracts::{
    delivery::{ContractTerms, MAX_POINTS, UsageSays, UsageSummary},
    facts::{Priority, Trend},
};
use cs_copilot::sources::cell;

use crate::{read, rows, together};

const CUSTOMERS: &str = "customer_id,name\nA-1,Acme\nB-2,Bolt\n";

#[test]
fn columns_come_in_any_order_case_and_line_ending_with_a_mark_in_front() {
    let customers =
        "\u{FEFF}Contact,NAME , Customer ID,Our own,Industry\r\nAda,\"Acme, \"\"Inc\"\"\",A-1,x,Retail\r\n\r\n,,,,\r\n";
    let import = read(&[("customers.csv", customers)]).unwrap();
    let rows = together(&import);
    let [customer] = rows.customers.as_slice() else { panic!("one customer") };
    assert_eq!(customer.id.as_str(), "A-1");
    assert_eq!(customer.fields.name, Some("Acme, \"Inc\"".into()));
    assert_eq!(customer.fields.contact, Some("Ada".into()));
    assert_eq!(customer.fields.industry, Some("Retail".into()));
    assert_eq!(customer.fields.segment, None);
    let ignored = import.notes.ignored.iter().map(|(origin, columns)| format!("{origin}: {}", columns.join(", ")));
    assert_eq!(ignored.collect::<Vec<_>>(), ["customers.csv: \"Our own\""]);
}

#[test]
fn names_lose_what_a_terminal_would_obey() {
    let rows = rows(&[("customers.csv", "customer_id,name\nA-1,Ac\u{1b}]52;c;eA==\u{7}me\u{202e}\u{200b}\n")]);
    assert_eq!(rows.customers[0].fields.name, Some("Ac]52;c;eA==me".into()));
}

#[test]
fn points_are_ordered_and_the_newest_are_kept() {
    let first = "2020-01-01".parse::<chrono::NaiveDate>().unwrap();
    let lines = first.iter_days().take(MAX_POINTS + 7).enumerate().map(|(n, day)| format!("A-1,{day},{n}\n"));
    let mut lines = lines.collect::<Vec<_>>();
    lines.reverse();
    let import =
        read(&[("customers.csv", CUSTOMERS), ("usage.csv", &format!("customer_id,date,value\n{}", lines.concat()))]);
    let import = import.unwrap();
    let rows = together(&import);
    let [usage] = rows.usage.as_slice() else { panic!("one customer has usage") };
    let UsageSays::Points(points) = &usage.says else { panic!("dated points") };
    assert_eq!(usage.metric.as_str(), "usage");
    assert_eq!(points.len(), MAX_POINTS);
    assert!(points.is_sorted_by_key(|point| point.date));
    assert_eq!((points[0].value, points[MAX_POINTS - 1].value), (7.0, (MAX_POINTS + 6) as f64));
    assert_eq!(import.notes.points_left_out, 7);
}

#[test]
fn a_summary_keeps_what_its_source_says() {
    let usage = "customer_id,trend,recent,before,metric\nB-2,DOWN,\"1,250.5\",2000,logins a day\n";
    let rows = rows(&[("customers.csv", CUSTOMERS), ("usage.csv", usage)]);
    let [usage] = rows.usage.as_slice() else { panic!("one customer has usage") };
    assert_eq!(usage.metric.as_str(), "logins a day");
    assert_eq!(usage.says, UsageSays::Summary(UsageSummary { trend: Trend::Down, recent: 1250.5, before: 2000.0 }));
}

#[test]
fn tickets_come_together_by_customer() {
    let tickets = "ticket_id,customer_id,priority,opened_on,closed_on,subject\nT-1,A-1,Urgent,2025-01-02,,Cannot log in\n\
                   T-2,B-2,low,2025-01-02,2025-01-03,\nT-3,A-1,low,2025-01-01,,\n";
    let known = rows(&[("customers.csv", CUSTOMERS), ("tickets.csv", tickets)]).tickets;
    let ids = known.iter().map(|rows| rows.tickets.iter().map(|ticket| ticket.id.as_str()).collect::<Vec<_>>());
    assert_eq!(ids.collect::<Vec<_>>(), [vec!["T-1", "T-3"], vec!["T-2"]]);
    assert_eq!((known[0].customer_id.as_str(), known[0].tickets[0].priority), ("A-1", Priority::Urgent));
    assert_eq!(known[0].tickets[0].closed_on, None);
}

#[test]
fn a_long_subject_is_cut_and_counted() {
    let subject = "é".repeat(300);
    let tickets = format!("ticket_id,customer_id,priority,opened_on,subject\nT-1,A-1,low,2025-01-02,{subject}\n");
    let import = read(&[("customers.csv", CUSTOMERS), ("tickets.csv", &tickets)]).unwrap();
    let subject = together(&import).tickets[0].tickets[0].subject.clone().unwrap();
    assert_eq!(subject.as_str().chars().count(), 200);
    assert!(subject.as_str().ends_with('…'));
    assert_eq!(import.notes.subjects_cut, 1);
}

#[test]
fn a_contract_may_say_little_and_money_is_exact() {
    let contracts = "customer_id,renewal_date,arr,currency,plan,seats,auto_renew\n\
                     A-1,2025-06-30,\"1,204,500.10\",eur,Pro,\"1,200\",yes\nB-2,,,,,,\n";
    let contracts = rows(&[("customers.csv", CUSTOMERS), ("contracts.csv", contracts)]).contracts;
    let arr = contracts[0].terms.arr.clone().unwrap();
    assert_eq!((arr.minor, arr.currency.as_str()), (120_450_010, "EUR"));
    assert_eq!((contracts[0].terms.seats, contracts[0].terms.auto_renew), (Some(1200), Some(true)));
    assert_eq!(contracts[1].terms, ContractTerms::default());
    assert_eq!(contracts[1].contract_id.as_str(), "B-2", "without an id of its own it has the customer's");
}

#[test]
fn money_counts_hundredths() {
    let table = [
        ("0", Some(0)),
        ("7", Some(700)),
        ("7.5", Some(750)),
        ("7.50", Some(750)),
        ("7.500", Some(750)),
        ("1,234,567.89", Some(123_456_789)),
        ("999,999,999,999.99", Some(99_999_999_999_999)),
        ("1,000,000,000,000", None),
        ("1,23", None),
        (",123", None),
        ("1,,123", None),
        ("1234,567", None),
        ("1.", None),
        (".5", None),
        ("-1", None),
        ("+1", None),
        ("1 000", None),
        ("1_000", None),
        ("€1", None),
        ("", None),
    ];
    for (text, expected) in table {
        assert_eq!(cell::money(text).ok(), expected, "{text}");
    }
}
