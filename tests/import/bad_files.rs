//! What is wrong is told in one sentence each: where, what stands there, what was expected.

use std::fs;

use crate::{directory, read, read_directory};

const GOOD: &str = "customer_id,name\nA-1,Acme\n";

/// The sentences of a refused import, without the first line.
fn sentences(files: &[(&str, &str)]) -> Vec<String> {
    let problems = read(files).unwrap_err().to_string();
    problems.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_bad_customer_is_named_by_line_column_value_and_what_was_expected() {
    const ID: &str = "is not an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning with a letter or digit";
    let long = "x".repeat(201);
    let cut = "x".repeat(40);
    let table: &[(&str, String)] = &[
        ("A 1,Acme", format!("column customer_id: \"A 1\" {ID}")),
        ("../../etc/passwd,Acme", format!("column customer_id: \"../../etc/passwd\" {ID}")),
        ("'; DROP TABLE companies,Acme", format!("column customer_id: \"'; DROP TABLE companies\" {ID}")),
        ("\u{1b}[31mA,Acme", format!("column customer_id: \"[31mA\" {ID}")),
        (",Acme", "column customer_id: is empty; expected an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning with a letter or digit".to_owned()),
        ("A-1,", "column name: is empty; expected a text that can be seen".to_owned()),
        ("A-1,\u{202e}\u{200b}", "column name: \"\" is not a text that can be seen".to_owned()),
        (&format!("A-1,{long}"), format!("column name: \"{cut}…\" is not a text of up to 200 characters")),
    ];
    for (row, expected) in table {
        let found = sentences(&[("customers.csv", &format!("customer_id,name\n{row}\n"))]);
        assert_eq!(found, [format!("customers.csv, line 2, {expected}")], "{row}");
    }
}

#[test]
fn a_bad_cell_of_another_file_is_named_the_same_way() {
    const AMOUNT: &str = "is not an amount such as 120000 or 120,000.50, not negative and under a million million";
    const ID: &str = "is not an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning with a letter or digit";
    const NUMBER: &str = "is not a number such as 1250 or 12.5, not negative and under a million million";
    let points = "customer_id,date,value";
    let summaries = "customer_id,trend,recent,before";
    let tickets = "ticket_id,customer_id,priority,opened_on,closed_on";
    let contracts = "customer_id,renewal_date,arr,currency,seats,auto_renew";
    let responses = "customer_id,date,survey,score";
    let table: &[(&str, &str, &str, &str)] = &[
        (
            "usage.csv",
            points,
            "A-1,2025-13-01,3",
            "column date: \"2025-13-01\" is not a day of the calendar (YYYY-MM-DD)",
        ),
        ("usage.csv", points, "A-1,01/02/2025,3", "column date: \"01/02/2025\" is not a date written YYYY-MM-DD"),
        ("usage.csv", points, "A-1,2025-1-2,3", "column date: \"2025-1-2\" is not a date written YYYY-MM-DD"),
        ("usage.csv", points, "A-1,0225-01-02,3", "column date: \"0225-01-02\" is not a date from 1970 to 2199"),
        ("usage.csv", points, "A-1,2025-01-02,-3", &format!("column value: \"-3\" {NUMBER}")),
        ("usage.csv", points, "A-1,2025-01-02,NaN", &format!("column value: \"NaN\" {NUMBER}")),
        ("usage.csv", points, "A-1,2025-01-02,inf", &format!("column value: \"inf\" {NUMBER}")),
        ("usage.csv", points, "A-1,2025-01-02,1e300", &format!("column value: \"1e300\" {NUMBER}")),
        ("usage.csv", points, "A-1,2025-01-02,\"12,5\"", &format!("column value: \"12,5\" {NUMBER}")),
        ("usage.csv", points, "B 2,2025-01-02,3", &format!("column customer_id: \"B 2\" {ID}")),
        (
            "usage.csv",
            "customer_id,date,value,measure",
            "A-1,2025-01-02,3,sum",
            "column measure: \"sum\" is not count or level",
        ),
        (
            "usage.csv",
            "customer_id,date,value,trend,recent,before",
            "A-1,2025-01-02,3,up,,",
            "column trend: is there beside a date; a row is a dated point or a summary",
        ),
        ("usage.csv", summaries, "A-1,sideways,3,4", "column trend: \"sideways\" is not up, flat or down"),
        (
            "usage.csv",
            summaries,
            "A-1,up,3,",
            "column before: is empty; expected a number such as 1250 or 12.5, not negative and under a million million",
        ),
        (
            "tickets.csv",
            tickets,
            "T,A-1,medium,2025-01-02,",
            "column priority: \"medium\" is not urgent, high, normal or low",
        ),
        (
            "tickets.csv",
            tickets,
            "T,A-1,low,2025-01-02,2025-01-01",
            "column closed_on: \"2025-01-01\" is before the day it was opened, 2025-01-02",
        ),
        (
            "tickets.csv",
            tickets,
            ",A-1,low,2025-01-02,",
            "column ticket_id: is empty; expected a text that can be seen",
        ),
        ("contracts.csv", contracts, "A-1,,$12,USD,,", &format!("column arr: \"$12\" {AMOUNT}")),
        ("contracts.csv", contracts, "A-1,,\"1.234,56\",EUR,,", &format!("column arr: \"1.234,56\" {AMOUNT}")),
        ("contracts.csv", contracts, "A-1,,\"12,34\",EUR,,", &format!("column arr: \"12,34\" {AMOUNT}")),
        (
            "contracts.csv",
            contracts,
            "A-1,,99999999999999999999,EUR,,",
            &format!("column arr: \"99999999999999999999\" {AMOUNT}"),
        ),
        (
            "contracts.csv",
            contracts,
            "A-1,,1.005,EUR,,",
            "column arr: \"1.005\" is not an amount with at most two decimals",
        ),
        (
            "contracts.csv",
            contracts,
            "A-1,,12,,,",
            "column currency: is empty; an arr needs a currency: say which one amounts without it are in (--currency USD)",
        ),
        (
            "contracts.csv",
            contracts,
            "A-1,,12,dollars,,",
            "column currency: \"dollars\" is not a currency of three letters such as USD",
        ),
        (
            "contracts.csv",
            contracts,
            "A-1,,,,5.5,",
            "column seats: \"5.5\" is not a whole number of seats, up to 100 million",
        ),
        ("contracts.csv", contracts, "A-1,,,,,maybe", "column auto_renew: \"maybe\" is not yes or no"),
        (
            "contracts.csv",
            "customer_id,notice_days",
            "A-1,three months",
            "column notice_days: \"three months\" is not a whole number of days, up to 3650",
        ),
        (
            "contacts.csv",
            "customer_id,name,email",
            "A-1,,",
            "column email: is empty, and so is name; a contact needs one of them",
        ),
        (
            "contacts.csv",
            "customer_id,name,email",
            "A-1,Ada,ada at example.com",
            "column email: \"ada at example.com\" is not an e-mail address such as ada@example.com",
        ),
        ("satisfaction.csv", responses, "A-1,2025-01-02,ces,3", "column survey: \"ces\" is not csat or nps"),
        ("satisfaction.csv", responses, "A-1,2025-01-02,csat,0", "column score: \"0\" is not 1 to 5, as csat is"),
        ("satisfaction.csv", responses, "A-1,2025-01-02,nps,11", "column score: \"11\" is not 0 to 10, as nps is"),
        (
            "satisfaction.csv",
            responses,
            "A-1,2025-01-02,csat,4.5",
            "column score: \"4.5\" is not a whole number: 1 to 5 for csat, 0 to 10 for nps",
        ),
    ];
    for (file, header, row, expected) in table {
        let found = sentences(&[("customers.csv", GOOD), (file, &format!("{header}\n{row}\n"))]);
        assert_eq!(found, [format!("{file}, line 2, {expected}")], "{row}");
    }
}

#[test]
fn what_is_there_twice_names_the_first() {
    let found = sentences(&[("customers.csv", "customer_id,name\nA-1,Acme\nB-2,Bolt\nA-1,Other\n")]);
    assert_eq!(found, ["customers.csv, line 4, column customer_id: \"A-1\" is on line 2 already"]);

    let twice = |file: &str, rows: &str| sentences(&[(file, rows)]);
    assert_eq!(
        twice("usage.csv", "customer_id,date,value\nA-1,2025-01-02,3\nB-2,2025-01-02,3\nA-1,2025-01-02,4\n"),
        ["usage.csv, line 4, column date: 2025-01-02 is on line 2 already for this customer and metric"]
    );
    assert_eq!(
        twice("usage.csv", "customer_id,date,value,measure\nA-1,2025-01-02,3,count\nA-1,2025-01-03,4,level\n"),
        ["usage.csv, line 3, column measure: \"level\" is not count, which this customer's rows before say"]
    );
    assert_eq!(
        twice("usage.csv", "customer_id,trend,recent,before\nA-1,up,3,2\nA-1,up,3,2\n"),
        ["usage.csv, line 3, column customer_id: has a summary on line 2 already; one row a customer and metric"]
    );
    assert_eq!(
        twice("usage.csv", "customer_id,date,value,trend,recent,before\nA-1,,,up,3,2\nA-1,2025-01-03,4,,,\n"),
        [
            "usage.csv, line 2, column trend: is a summary, but line 3 is a dated point of the same customer and metric; \
          use one of them"
        ]
    );
    assert_eq!(
        twice("tickets.csv", "ticket_id,customer_id,priority,opened_on\nT,A-1,low,2025-01-02\nT,A-1,low,2025-01-02\n"),
        ["tickets.csv, line 3, column ticket_id: \"T\" is on line 2 already"]
    );
    assert_eq!(
        twice("contracts.csv", "customer_id,plan\nA-1,Pro\nA-1,Pro\n"),
        ["contracts.csv, line 3, column customer_id: has a contract on line 2 already; tell several apart by a \
          contract_id each"]
    );
    assert_eq!(
        twice("contracts.csv", "customer_id,contract_id\nA-1,K-1\nB-2,K-1\nA-1,K-1\n"),
        ["contracts.csv, line 4, column contract_id: \"K-1\" is on line 2 already"]
    );
    assert_eq!(
        twice("contacts.csv", "customer_id,email\nA-1,ada@example.com\nB-2,ada@example.com\nA-1,ADA@example.com\n"),
        ["contacts.csv, line 4, column email: \"ADA@example.com\" is on line 2 already"]
    );
    assert_eq!(
        twice(
            "satisfaction.csv",
            "customer_id,date,survey,score,response_id\nA-1,2025-01-02,nps,3,R\nB-2,2025-01-02,nps,3,R\n"
        ),
        ["satisfaction.csv, line 3, column response_id: \"R\" is on line 2 already"]
    );
}

#[test]
fn a_header_that_will_not_do_says_which_one_would() {
    let table: &[(&str, &str, &str)] = &[
        ("customers.csv", "Our customers,\n", "the header must have customer_id, name, but it is \"Our customers\""),
        ("customers.csv", "customer_id,name,Name\n", "the header has the column name twice"),
        (
            "usage.csv",
            "customer_id,date\n",
            "the header must have customer_id, date, value or customer_id, trend, recent, before, but it is \"customer_id, date\"",
        ),
        (
            "contacts.csv",
            "customer_id,role\n",
            "the header must have customer_id, email or customer_id, name, but it is \"customer_id, role\"",
        ),
    ];
    for (file, header, expected) in table {
        let mut files = vec![("customers.csv", GOOD), (*file, *header)];
        if *file == "customers.csv" {
            files.remove(0);
        }
        assert_eq!(sentences(&files), [format!("{file}: {expected}")]);
    }
}

#[test]
fn a_file_that_is_no_csv_says_where_and_how() {
    let table: &[(&[u8], &str)] = &[
        (b"", "is empty"),
        (b"\xEF\xBB\xBF", "is empty"),
        (
            b"customer_id,name\nA-1,\"Ac\"me\n",
            "line 2 goes on after the closing quote of a value that opened on line 2: write a quote inside a value twice",
        ),
        (b"customer_id,name\nA-1,\"Acme\nB-2,Bolt\n", "the quote that opens on line 2 is never closed"),
        (b"customer_id,name\nA-1,\0\n", "line 2 has a NUL byte: this is not a text file"),
        (b"customer_id,name\nA-1,\x81\n", "is neither UTF-8, UTF-16 nor Windows-1252 text: save it as \"CSV UTF-8\""),
    ];
    assert_eq!(
        sentences(&[("customers.csv", "customer_id,name\r\n\r\nA-1,a,b\r\n")]),
        ["customers.csv, line 3, column name: is followed by more cells than the header has: 3, and 2"]
    );
    for (content, expected) in table {
        let dir = directory(&[("customers.csv", content)]);
        let problems = read_directory(dir.path()).unwrap_err();
        assert_eq!(problems.to_string(), format!("nothing was imported:\n  customers.csv: {expected}"));
    }
}

#[test]
fn no_customers_at_all_is_told() {
    assert_eq!(
        sentences(&[("customers.csv", "customer_id,name\n\n,\n")]),
        ["customers.csv: there is no row below the header"]
    );
}

#[test]
fn a_place_without_files_is_told() {
    let dir = directory(&[("notes.txt", b"")]);
    let told = |path: &std::path::Path| read_directory(path).unwrap_err().to_string();
    let place = dir.path().display();
    assert_eq!(
        told(dir.path()),
        format!(
            "nothing was imported:\n  {place}: there is none of customers.csv, usage.csv, tickets.csv, contracts.csv, \
             contacts.csv, satisfaction.csv, activity.csv; a preset can read other files (--preset)"
        )
    );
    assert_eq!(
        told(&dir.path().join("notes.txt")),
        format!(
            "nothing was imported:\n  {place}/notes.txt: is not a directory: name the one that holds the CSV files"
        )
    );
    assert!(
        told(&dir.path().join("gone"))
            .starts_with(&format!("nothing was imported:\n  {place}/gone: cannot be read: No such"))
    );
    fs::create_dir(dir.path().join("customers.csv")).unwrap();
    assert!(told(dir.path()).contains("customers.csv: is not a file"));
}

#[test]
fn twenty_problems_are_told_and_all_are_counted() {
    let rows = (0..25).map(|n| format!("bad id {n},Acme\n")).collect::<String>();
    let told = read(&[("customers.csv", &format!("customer_id,name\n{rows}"))]).unwrap_err().to_string();
    assert_eq!(told.lines().next(), Some("nothing was imported, 25 problems:"));
    assert_eq!(told.lines().count(), 22);
    assert_eq!(told.lines().last(), Some("  and 5 more"));
}
