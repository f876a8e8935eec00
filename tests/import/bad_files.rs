//! What is wrong is told in one sentence each: where, what stands there, what was expected.

use cs_copilot::sources::{
    cell,
    prepare::{Choices, Stop},
};

use crate::{directory, prepared, read, read_directory, together};

const GOOD: &str = "customer_id,name\nA-1,Acme\n";

/// The sentences of a refused import, without the first line.
fn sentences(files: &[(&str, &str)]) -> Vec<String> {
    let problems = read(files).unwrap_err().to_string();
    problems.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

#[test]
fn a_bad_customer_is_named_by_line_column_value_and_what_was_expected() {
    let long = "x".repeat(201);
    let cut = "x".repeat(40);
    let id = cell::customer_id("").unwrap_err();
    let table: &[(&str, String)] = &[
        (",Acme", format!("column customer_id: is empty; expected {id}")),
        ("\"  \",Acme", format!("column customer_id: is empty; expected {id}")),
        ("日本,Acme", format!("column customer_id: \"日本\" is not {id}")),
        ("A-1,", "column name: is empty; expected a text that can be seen".to_owned()),
        (&format!("A-1,{long}"), format!("column name: \"{cut}…\" is not a text of up to 200 characters")),
    ];
    for (row, expected) in table {
        let found = sentences(&[("customers.csv", &format!("customer_id,name\n{row}\n"))]);
        assert_eq!(found, [format!("customers.csv, line 2, {expected}")], "{row}");
    }
}

#[test]
fn an_id_that_the_book_cannot_hold_is_written_with_hyphens_and_told() {
    let import = read(&[("customers.csv", "customer_id,name\nAcme Corp,Acme\n../../etc/passwd,Bolt\n")]).unwrap();
    let ids = together(&import).customers.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids, ["Acme-Corp", "etc-passwd"]);
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("\"Acme Corp\" is Acme-Corp"), "{told}");
}

#[test]
fn a_bad_cell_of_another_file_is_named_the_same_way() {
    let points = "customer_id,date,value";
    let responses = "customer_id,date,survey,score";
    let table: &[(&str, &str, &str, &str)] = &[
        ("usage.csv", points, "A-1,2025-13-01,3", "column date: \"2025-13-01\" is not "),
        ("usage.csv", points, "A-1,2025-01-02,many", "column value: \"many\" is not "),
        ("usage.csv", points, "A-1,2025-01-02,-3", "column value: \"-3\" is not "),
        (
            "contacts.csv",
            "customer_id,name,email",
            "A-1,Ada,ada at x",
            "column email: \"ada at x\" is not an e-mail address",
        ),
        ("satisfaction.csv", responses, "A-1,2025-01-02,ces,3", "column survey: \"ces\" is not csat or nps"),
        ("satisfaction.csv", responses, "A-1,2025-01-02,csat,0", "column score: \"0\" is not 1 to 5, as csat is"),
    ];
    for (file, header, row, expected) in table {
        let found = sentences(&[("customers.csv", GOOD), (file, &format!("{header}\n{row}\n"))]);
        let [one] = found.as_slice() else { panic!("{row}: {found:?}") };
        assert!(one.starts_with(&format!("{file}, line 2, {expected}")), "{row}: {one}");
    }
}

#[test]
fn usage_with_a_row_a_person_is_refused_before_most_of_it_is_left_out() {
    let rows = "customer_id,user,date,logins\nA-1,ada,2025-01-02,5\nA-1,bob,2025-01-02,3\nA-1,ada,2025-01-03,5\n\
        A-1,bob,2025-01-03,3\nB-2,cy,2025-01-02,7\n";
    let dir =
        directory(&[("customers.csv", b"customer_id,name\nA-1,Acme\nB-2,Bolt\n"), ("usage.csv", rows.as_bytes())]);
    let refused = match prepared(dir.path(), &Choices { is_confirmed: true, ..Choices::default() }) {
        Err(Stop::Problems(problems)) => problems.to_string(),
        other => panic!("{other:?}"),
    };
    let says = "usage.csv: 2 of 5 rows are of a customer, a metric and a day that another row has already, such as line 3 (A-1 on \
                2025-01-02); add them up to one row of each customer and day";
    assert!(refused.contains(says), "{refused}");
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
        ["contacts.csv, line 4, column email: \"ada@example.com\" is on line 2 already"]
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
    let table: &[(&str, &str, &str, &str)] = &[
        ("customers.csv", "Our customers,\n", "customer_id, name", "Our customers"),
        (
            "usage.csv",
            "customer_id,date\n",
            "customer_id, date, value or customer_id, trend, recent, before",
            "customer_id, date",
        ),
        ("contacts.csv", "customer_id,role\n", "customer_id, email or customer_id, name", "customer_id, role"),
        (
            "contracts.csv",
            "Account ID,TCV\n",
            "customer_id and something of a contract, such as arr or renewal_date",
            "Account ID, TCV",
        ),
    ];
    for (file, header, wanted, is) in table {
        let mut files = vec![("customers.csv", GOOD), (*file, *header)];
        if *file == "customers.csv" {
            files.remove(0);
        }
        let expected = format!(
            "{file}: the header must have {wanted}, by these names or others that are known (docs/import.md, or say with \
             --map which column is which), but it is \"{is}\""
        );
        assert_eq!(sentences(&files), [expected]);
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
        (b"customer_id,name\nA-1,\0\n", "line 2 has a NUL byte, which no text has: export the file again"),
        (
            b"customer_id,name\nA-1,\x81\n",
            "is neither UTF-8, UTF-16 nor Windows-1252 text: save it as \"CSV UTF-8\", or name the other files alone",
        ),
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
    assert_eq!(told(dir.path()), "nothing was imported:\n  notes.txt: is empty");
    assert_eq!(told(&dir.path().join("notes.txt")), "nothing was imported:\n  notes.txt: is empty");
    assert!(
        told(&dir.path().join("gone"))
            .starts_with(&format!("nothing was imported:\n  {place}/gone: cannot be read: No such"))
    );
}

#[test]
fn twenty_problems_are_told_and_all_are_counted() {
    let rows = (0..25).map(|n| format!(",Acme {n}\n")).collect::<String>();
    let told = read(&[("customers.csv", &format!("customer_id,name\n{rows}"))]).unwrap_err().to_string();
    assert_eq!(told.lines().next(), Some("nothing was imported, 25 problems:"));
    assert_eq!(told.lines().count(), 22);
    assert_eq!(told.lines().last(), Some("  and 5 more"));
}

#[test]
fn tickets_of_which_nobody_can_tell_how_urgent_or_open_they_are_are_refused() {
    let told = |header: &str, cell: &str| {
        let tickets = format!("Ticket ID,Customer ID,Created,{header}\nT-1,A-1,2025-01-02,{cell}\n");
        let dir = directory(&[("export.csv", tickets.as_bytes())]);
        let choices = Choices { is_confirmed: true, ..Choices::default() };
        match prepared(dir.path(), &choices).map(|ready| together(&ready.import)) {
            Ok(rows) => format!("{:?} {:?}", rows.tickets[0].tickets[0].priority, rows.tickets[0].tickets[0].closed_on),
            Err(Stop::Problems(problems)) => problems.to_string(),
            Err(Stop::Question(question)) => question.to_string(),
        }
    };
    let ranked = told("Priority", "1");
    assert_eq!(
        ranked,
        "export.csv: column Priority does not show whether 1 is the most or the least urgent (\"1\" can be read in two \
         ways): say --priorities 1-high (1 is the most urgent) or --priorities 1-low"
    );
    let unknown = told("Priority,Status", "High,Zu");
    assert!(unknown.contains("says which tickets are open, in words that are not known, such as \"Zu\""), "{unknown}");
    assert!(unknown.contains("--map \"export.csv:Status=-\""), "{unknown}");
    // The day on which it was closed tells it as well.
    assert_eq!(told("Priority,Status,Closed", "High,Zu,2025-01-03"), "High Some(2025-01-03)");
    assert_eq!(told("Priority,Status,Closed", "Hoch,Abgeschlossen,2025-01-03"), "High Some(2025-01-03)");
}
