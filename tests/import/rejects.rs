//! Rows that cannot be read: left out, counted, told by their kinds and written down.

use std::fs;

use contracts::{delivery::Piece, facts::Part};
use cs_copilot::sources::{
    canonical::{Book, Import},
    origin::Origin,
    prepare::Choices,
    values::Ranks,
};
use csv::StringRecord;

use crate::{directory, prepared, together};

/// What becomes of these rows of tickets.
fn tickets(rows: &[&str]) -> Import {
    let mut book = Book::new(None);
    let header = StringRecord::from(vec!["ticket_id", "customer_id", "priority", "opened_on"]);
    let sheet = book.open(Part::Tickets, Origin::File("tickets.csv".to_owned()), &header).unwrap();
    for (line, row) in (2..).zip(rows) {
        let cells = row.split(',').collect::<StringRecord>();
        assert!(book.row(Part::Tickets, sheet.row(line, &cells)).is_continue());
    }
    book.finish().unwrap()
}

#[test]
fn a_row_that_cannot_be_read_leaves_the_others() {
    let import = tickets(&[
        "T-1,A-1,high,2026-11-03",
        "T-2,A-1,high,purple",
        "T-1,A-1,high,2026-11-03",
        "T-3,A-1,low,2026-11-04",
    ]);
    assert_eq!((import.rows, import.rejects.total(), import.rejects.by_part()[&Part::Tickets]), (4, 2, 2));
    let piece = together(&import);
    assert_eq!(piece.tickets[0].tickets.iter().map(|ticket| ticket.id.as_str()).collect::<Vec<_>>(), ["T-1", "T-3"]);
    assert!(import.plausible().is_ok());
}

#[test]
fn rejects_are_told_by_their_kinds_with_the_first_of_each() {
    let bad = (0..300).map(|n| format!("T-{n},A-1,low,=purple{n}")).collect::<Vec<_>>();
    let mut rows = bad.iter().map(String::as_str).collect::<Vec<_>>();
    rows.extend(["X-1,B-2,low,", "X-2,B-2,low,2026-11-03", "X-2,B-2,low,2026-11-03"]);
    let import = tickets(&rows);
    assert_eq!(
        import.rejects.lines(),
        [
            "tickets.csv: 300 rows left out, column opened_on is not a date written YYYY-MM-DD; the first is line 2, \"=purple0\"",
            "tickets.csv: 1 row left out, column opened_on is empty; expected a date written YYYY-MM-DD; the first is line 302",
            "tickets.csv: 1 row left out, column ticket_id is there already; the first is line 304, \"X-2\"",
        ]
    );
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("rejects.csv");
    import.rejects.write(&path).unwrap();
    let written = fs::read_to_string(path).unwrap();
    let lines = written.lines().collect::<Vec<_>>();
    assert_eq!(lines.len(), 303);
    assert_eq!(lines[0], "file,line,column,customer,text,why,left_out");
    assert_eq!(
        lines[1],
        "tickets.csv,2,opened_on,A-1,'=purple0,\"\"\"=purple0\"\" is not a date written YYYY-MM-DD\",row"
    );
}

#[cfg(unix)]
#[test]
fn rejects_are_written_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("rejects.csv");
    for rows in [&["T-1,A-1,high,purple"][..], &["T-1,A-1,high,red", "T-2,A-1,high,red"]] {
        tickets(rows).rejects.write(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), rows.len() + 1);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_table_of_which_most_cannot_be_read_is_refused() {
    let import = tickets(&["T-1,A-1,high,purple", "T-2,A-1,high,red", "T-3,A-1,low,2026-11-03"]);
    assert_eq!(
        import.plausible().unwrap_err().to_string(),
        "nothing was imported, 2 problems:\n  tickets: 2 rows of 3 cannot be read\n  tickets.csv: 2 rows left out, column opened_on \
         is not a date written YYYY-MM-DD; the first is line 2, \"purple\""
    );
}

#[test]
fn strictly_every_row_that_cannot_be_read_is_an_error() {
    let import = tickets(&["T-1,A-1,high,2026-11-03", "T-2,A-1,high,purple"]);
    assert_eq!(
        import.strict().unwrap_err().to_string(),
        "nothing was imported:\n  tickets.csv, line 3, column opened_on: \"purple\" is not a date written YYYY-MM-DD"
    );
    assert!(tickets(&["T-1,A-1,high,2026-11-03"]).strict().is_ok());
}

#[test]
fn a_refusal_tells_what_was_decided_about_the_columns() {
    let rows = (1..14).map(|day| format!("A-1,{day:02}/12/2026,100,USD\n")).collect::<String>();
    let contracts = format!("customer_id,renewal_date,arr,currency\n{rows}");
    let dir = directory(&[("contracts.csv", contracts.as_bytes())]);
    let ready = prepared(dir.path(), &Choices::default());
    let refused = ready.expect("files that can be read").import.plausible().unwrap_err().to_string();
    assert!(refused.contains("dates read day first, because \"13/12/2026\" is in the column"), "{refused}");
}

/// What becomes of a file of which nothing was seen before.
fn import(file: &str, text: &str) -> Import {
    let customers = ("companies.csv", &b"Record ID,Company name\nA-1,Acme\nB-2,Bolt\nC-3,Cora\n"[..]);
    let files =
        if file == customers.0 { vec![(file, text.as_bytes())] } else { vec![customers, (file, text.as_bytes())] };
    let choices = Choices { is_confirmed: true, currency: Some("USD".into()), ..Choices::default() };
    prepared(directory(&files).path(), &choices).expect("files that can be read").import
}

#[test]
fn a_cell_that_cannot_be_read_loses_nothing_else_and_clears_nothing() {
    type Says = fn(&Piece) -> String;
    let first_contract: Says = |piece| {
        let terms = &piece.contracts[0].terms;
        format!("{:?} {:?} {:?}", terms.arr.as_ref().map(|arr| arr.minor), terms.renewal_date, terms.seats)
    };
    let cases: &[(&str, Part, &str, &str, &str, Says, &str)] = &[
        (
            "Account ID,Contract Number,ARR,Renewal date,Seats",
            Part::Contracts,
            "A-1,K-1,120000,soon,40",
            "B-2,K-2,90000,2026-12-31,40",
            "renewal_date",
            first_contract,
            "Some(12000000) None Some(40)",
        ),
        (
            "Account ID,Contract Number,ARR,Renewal date,Seats",
            Part::Contracts,
            "A-1,K-1,(500.00),2026-12-31,40",
            "B-2,K-2,90000,2026-12-31,40",
            "arr",
            first_contract,
            "None Some(2026-12-31) Some(40)",
        ),
        (
            "Account ID,Contract Number,ARR,Currency,Renewal date,Seats",
            Part::Contracts,
            "A-1,K-1,500,Dollars or so,2026-12-31,40",
            "B-2,K-2,90000,USD,2026-12-31,40",
            "arr",
            first_contract,
            "None Some(2026-12-31) Some(40)",
        ),
        (
            "Account ID,Contract Number,Unit price,Billing period,Quantity,Renewal date",
            Part::Contracts,
            "A-1,K-1,50,year,many,2026-12-31",
            "B-2,K-2,50,year,10,2026-12-31",
            "arr",
            first_contract,
            "None Some(2026-12-31) None",
        ),
        (
            "Record ID,Company name,Industry,Became a customer date",
            Part::Customers,
            "A-1,Acme,Retail,long ago",
            "B-2,Bolt,Retail,2020-01-01",
            "since",
            |piece| format!("{:?} {:?}", piece.customers[0].fields.industry, piece.customers[0].fields.since),
            "Some(Line(\"Retail\")) None",
        ),
        (
            "Ticket ID,Company ID,Created,Closed,Priority",
            Part::Tickets,
            "T-1,A-1,2025-01-02,yesterday,high",
            "T-2,B-2,2025-01-02,2025-01-03,high",
            "closed_on",
            |piece| format!("{:?}", piece.tickets[0].tickets[0].priority),
            "High",
        ),
        (
            "Company ID,First Name,Last Name,Email,Job Title",
            Part::Contacts,
            "A-1,Ada,Byron,ada at acme,CTO",
            "B-2,Bob,Hope,bob@bolt.example,CTO",
            "email",
            |piece| {
                format!(
                    "{} {:?}",
                    piece.contacts[0].key,
                    piece.contacts[0].contact.role.as_ref().map(ToString::to_string)
                )
            },
            "Ada Byron Some(\"CTO\")",
        ),
        (
            "Company ID,Responded at,NPS,CSAT",
            Part::Satisfaction,
            "A-1,2025-01-02,eleven,4",
            "B-2,2025-01-02,9,4",
            "",
            |piece| format!("{} of {}", piece.satisfaction.len(), piece.satisfaction[0].customer_id),
            "5 of A-1",
        ),
        (
            "Company ID,Jan 2025,Feb 2025",
            Part::Usage,
            "A-1,many,20",
            "B-2,10,20",
            "",
            |piece| format!("{:?}", piece.usage.iter().map(|rows| rows.customer_id.as_str()).collect::<Vec<_>>()),
            "[\"A-1\", \"B-2\", \"C-3\"]",
        ),
    ];
    for (header, part, bad, good, column, says, expected) in cases {
        let file = if *part == Part::Customers { "companies.csv" } else { "export.csv" };
        let import =
            import(file, &format!("{header}\n{bad}\n{good}\n{}\n", good.replace("B-2", "C-3").replace("-2,", "-3,")));
        assert_eq!(says(&together(&import)), *expected, "{bad}");
        assert_eq!((import.rejects.rows(), import.rejects.total()), (0, 1), "{bad}: {:?}", import.rejects.lines());
        let clearing = import.parts[part].iter().any(|name| name.as_str() == *column);
        assert!(!clearing, "{column} would be cleared by {bad}");
        let reject = &import.rejects.first()[0];
        assert!(header.split(',').any(|title| title == reject.column), "{}: {bad}", reject.column);
        assert_eq!((reject.row, ["A-1", "Acme"].contains(&reject.customer.as_str())), (2, true));
        assert!(import.rejects.lines()[0].contains(": 1 cell left out, column "), "{:?}", import.rejects.lines());
    }
}

#[test]
fn a_column_of_which_most_cells_cannot_be_read_is_refused() {
    let import = import("contracts.csv", "customer_id,renewal_date,seats\nA-1,soon,5\nB-2,later,5\nC-3,2026-12-31,5\n");
    let refused = import.plausible().unwrap_err().to_string();
    assert!(
        refused.contains(
            "contracts: column renewal_date: 2 cells of 3 cannot be read; if it is not what it seems, say --map \"FILE:renewal_date=-\""
        ),
        "{refused}"
    );
}

#[test]
fn an_address_that_cannot_be_read_takes_nobody_out_of_the_contacts() {
    let import =
        import("people.csv", "Company ID,Name,Email\nA-1,Ada Byron,ada at acme\nB-2,Bob Hope,bob@bolt.example\n");
    assert_eq!(import.partly().into_iter().collect::<Vec<_>>(), [Part::Contacts]);
}

#[test]
fn what_is_wrong_with_a_whole_row_names_the_column_of_the_file() {
    let cases = [
        ("Ticket ID,Company ID,Date opened,Solved at\nT-1,A-1,2025-01-05,2025-01-02", "Solved at"),
        ("Ticket ID,Company ID,Date opened,Solved at\nT-1,A-1,,2025-01-02", "Date opened"),
        ("Subscription ID,Account ID,MRR,Next renewal\nK-2,A-1,5,2026-01-02", "Subscription ID"),
        ("Company ID,Day,Logins\nA-1,2025-01-09,5", "Day"),
    ];
    for (rows, column) in cases {
        let (header, _) = rows.split_once('\n').unwrap();
        let good = match column {
            "Subscription ID" => "K-2,A-1,9,2026-01-02\nK-3,B-2,9,2026-01-02",
            "Day" => "A-1,2025-01-09,7\nB-2,2025-01-09,7",
            _ => "T-2,B-2,2025-01-02,2025-01-03\nT-3,B-2,2025-01-02,",
        };
        let import = import("export.csv", &format!("{header}\n{good}\n{}\n", rows.split_once('\n').unwrap().1));
        let reject = &import.rejects.first()[0];
        assert_eq!((reject.column.as_str(), reject.row, reject.customer.as_str()), (column, 4, "A-1"), "{rows}");
    }
}

#[test]
fn several_contracts_are_told_of_those_that_were_taken() {
    let told = |second: &str| {
        let rows = format!("Subscription ID,Account ID,MRR\nK-1,A-1,9\n{second},A-1,9\nK-3,B-2,5\nK-4,C-3,5\n");
        let decisions = import("export.csv", &rows).notes.decisions;
        decisions.into_iter().any(|line| line.starts_with("Several contracts: 1 customer;"))
    };
    assert!(told("K-2") && !told("K-1"));
}

#[test]
fn priorities_that_are_numbers_are_read_as_somebody_says() {
    let rows = (1..=5).map(|n| format!("T-{n},A-1,2025-01-02,{n}\n")).collect::<String>();
    let tickets = format!("Ticket ID,Company ID,Created,Priority\n{rows}");
    let dir = directory(&[
        ("tickets-export.csv", tickets.as_bytes()),
        ("companies.csv", b"Record ID,Company name\nA-1,Acme\n"),
    ]);
    let read = |ranks| {
        let choices = Choices { is_confirmed: true, priorities: Some(ranks), ..Choices::default() };
        let ready = prepared(dir.path(), &choices).expect("it is decided");
        let words = together(&ready.import).tickets[0]
            .tickets
            .iter()
            .map(|ticket| ticket.priority.as_str())
            .collect::<Vec<_>>();
        assert_eq!(ready.saved.priorities, Some(ranks), "it is remembered");
        (words.join(" "), ready.import.notes.decisions)
    };
    let (words, told) = read(Ranks::FirstIsHighest);
    assert_eq!(words, "urgent high normal low low");
    assert!(
        told.iter().any(|line| line.ends_with("as said: 1 as urgent, 2 as high, 3 as normal, 4 and 5 as low")),
        "{told:?}"
    );
    assert_eq!(read(Ranks::FirstIsLowest).0, "low normal high urgent urgent");
}

#[test]
fn what_a_ticket_counts_as_whose_priority_or_status_is_not_known_is_told() {
    let tickets = b"Ticket ID,Company ID,Created,Status,Priority\n\
        T-1,A-1,2025-01-02,open,high\nT-2,A-1,2025-01-02,Mulling,low\nT-3,A-1,2025-01-02,open,Whenever\n\
        T-4,A-1,2025-01-02,Working,low\nT-5,A-1,2025-01-02,Deleted,Whenever\n";
    let dir = directory(&[("companies.csv", b"Company ID,Company name\nA-1,Acme\n"), ("tickets.csv", tickets)]);
    let import = prepared(dir.path(), &Choices { is_confirmed: true, ..Choices::default() }).unwrap().import;
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row: tickets count as normal, as what their priority says is not known"), "{told}");
    assert!(told.contains("1 row: tickets count as open, as what their status says is not known"), "{told}");
    assert_eq!(together(&import).tickets[0].tickets.len(), 4);
}

#[test]
fn a_ticket_that_was_closed_before_it_was_opened_is_kept_without_that_day_unless_its_status_says_that_it_is_closed() {
    let header = "Ticket ID,Company ID,Created,Closed,Updated,Priority,Status";
    let rest = "T-2,B-2,2025-01-02,2025-01-03,2025-01-03,high,closed\nT-3,B-2,2025-01-02,,2025-01-03,high,open";
    let of = |row: &str| {
        let import = import("export.csv", &format!("{header}\n{row}\n{rest}\n"));
        let days = together(&import).tickets.into_iter().flat_map(|rows| rows.tickets);
        let days = days.filter(|ticket| ticket.id.as_str() == "T-1").map(|ticket| ticket.closed_on).next();
        (days.map(|day| day.map(|day| day.to_string())), import)
    };
    let (day, told) = of("T-1,A-1,2025-01-10,2025-01-01,,high,");
    assert_eq!(day, Some(None), "nothing else says that it is closed");
    assert!(
        told.notes.decisions.iter().any(|line| line.starts_with("1 row: tickets count as open, as the day they were"))
    );
    assert_eq!(
        told.rejects.lines(),
        [
            "export.csv: 1 cell left out, column Closed is not a day on or after that on which the ticket was opened; the \
          first is line 2, \"2025-01-01\""
        ]
    );
    let (day, told) = of("T-1,A-1,2025-01-10,2025-01-01,2025-01-12,high,closed");
    assert_eq!((day, told.rejects.total()), (Some(Some("2025-01-12".to_owned())), 1));
    let (day, told) = of("T-1,A-1,2025-01-10,2025-01-01,,high,closed");
    assert_eq!(day, None, "a closed ticket is no open one");
    assert!(
        told.notes.decisions.contains(&"Left out: 1 row of closed tickets without the day they were closed".to_owned())
    );
}

#[test]
fn of_how_many_rows_a_cell_cannot_be_read_counts_those_that_make_nothing() {
    let text = "Company ID,Responded at,CSAT\nA-1,2025-01-02,95%\nB-2,2025-01-02,80%\nC-3,2025-01-02,4\n";
    let refused = import("export.csv", text).plausible().unwrap_err().to_string();
    assert!(refused.contains("satisfaction: column CSAT: 2 cells of 3 cannot be read"), "{refused}");
}

#[test]
fn what_a_row_can_do_without_does_not_take_it_with_it() {
    let activity = "customer_id,date,kind,text,follow_up,follow_up_closed\nA-1,2025-01-02,visit,spoke,2025-01-01,\n\
                    A-1,2025-01-03,call,again,2025-01-09,\nA-1,2025-01-04,call,once more,,2025-01-05\n";
    let usage =
        "customer_id,date,value,measure\nA-1,2025-01-02,3,count\nA-1,2025-01-03,4,level\nB-2,2025-01-03,4,count\n";
    let import_of = |file, text| import(file, text);
    let noted = import_of("activity.csv", activity);
    let rows = together(&noted).activity;
    let said =
        rows.iter().map(|row| (row.kind.as_str(), row.text.as_str(), row.follow_up.map(|it| it.due.to_string())));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [("note", "spoke", None), ("call", "again", Some("2025-01-09".to_owned())), ("call", "once more", None)]
    );
    assert_eq!((noted.rejects.rows(), noted.rejects.total()), (0, 3));
    let used = import_of("usage.csv", usage);
    assert_eq!((used.rejects.rows(), used.rejects.total()), (0, 1));
    assert_eq!(together(&used).usage.len(), 2);
}
