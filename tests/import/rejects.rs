//! Rows that cannot be read: left out, counted, told by their kinds and written down.

use std::fs;

use contracts::facts::Part;
use cs_copilot::sources::{
    canonical::{Book, Import},
    origin::Origin,
};
use csv::StringRecord;

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
        "T-2,A-1,purple,2026-11-03",
        "T-1,A-1,high,2026-11-03",
        "T-3,A-1,low,2026-11-04",
    ]);
    assert_eq!((import.rows, import.rejects.total(), import.rejects.by_part()[&Part::Tickets]), (4, 2, 2));
    let piece = crate::together(&import);
    assert_eq!(piece.tickets[0].tickets.iter().map(|ticket| ticket.id.as_str()).collect::<Vec<_>>(), ["T-1", "T-3"]);
    assert!(import.plausible().is_ok());
}

#[test]
fn rejects_are_told_by_their_kinds_with_the_first_of_each() {
    let bad = (0..300).map(|n| format!("T-{n},A-1,=purple{n},2026-11-03")).collect::<Vec<_>>();
    let mut rows = bad.iter().map(String::as_str).collect::<Vec<_>>();
    rows.extend(["X-1,B-2,low,", "X-2,B-2,low,2026-11-03", "X-2,B-2,low,2026-11-03"]);
    let import = tickets(&rows);
    assert_eq!(
        import.rejects.lines(),
        [
            "tickets.csv: 300 rows left out, column priority is not urgent, high, normal or low; the first is line 2, \"=purple0\"",
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
    assert_eq!(lines[0], "file,line,column,customer,text,why");
    assert_eq!(
        lines[1],
        "tickets.csv,2,priority,A-1,'=purple0,\"\"\"=purple0\"\" is not urgent, high, normal or low\""
    );
}

#[cfg(unix)]
#[test]
fn rejects_are_written_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("rejects.csv");
    for rows in [&["T-1,A-1,purple,2026-11-03"][..], &["T-1,A-1,red,2026-11-03", "T-2,A-1,red,2026-11-03"]] {
        tickets(rows).rejects.write(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), rows.len() + 1);
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn a_table_of_which_most_cannot_be_read_is_refused() {
    let import = tickets(&["T-1,A-1,purple,2026-11-03", "T-2,A-1,red,2026-11-03", "T-3,A-1,low,2026-11-03"]);
    assert_eq!(
        import.plausible().unwrap_err().to_string(),
        "nothing was imported, 2 problems:\n  tickets: 2 rows of 3 cannot be read\n  tickets.csv: 2 rows left out, column priority \
         is not urgent, high, normal or low; the first is line 2, \"purple\""
    );
}

#[test]
fn strictly_every_row_that_cannot_be_read_is_an_error() {
    let import = tickets(&["T-1,A-1,high,2026-11-03", "T-2,A-1,purple,2026-11-03"]);
    assert_eq!(
        import.strict().unwrap_err().to_string(),
        "nothing was imported:\n  tickets.csv, line 3, column priority: \"purple\" is not urgent, high, normal or low"
    );
    assert!(tickets(&["T-1,A-1,high,2026-11-03"]).strict().is_ok());
}

#[test]
fn a_refusal_tells_what_was_decided_about_the_columns() {
    let rows = (1..14).map(|day| format!("A-1,{day:02}/12/2026,100,USD\n")).collect::<String>();
    let contracts = format!("customer_id,renewal_date,arr,currency\n{rows}");
    let dir = crate::directory(&[("contracts.csv", contracts.as_bytes())]);
    let ready = crate::prepared(dir.path(), &cs_copilot::sources::prepare::Choices::default());
    let refused = ready.expect("files that can be read").import.plausible().unwrap_err().to_string();
    assert!(refused.contains("dates read day first, because \"13/12/2026\" is in the column"), "{refused}");
}
