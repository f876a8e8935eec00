//! Large files end in bounded memory, with a clear outcome.

use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write},
};

use contracts::delivery::Piece;
use cs_copilot::sources::canonical::rows_of;

use crate::{directory, read_directory};

const CUSTOMERS: &[u8] = b"customer_id,name\nA-1,Acme\n";

fn told(dir: &std::path::Path) -> String {
    read_directory(dir).unwrap_err().to_string()
}

#[test]
fn files_over_the_limit_are_not_even_read() {
    let dir = directory(&[("customers.csv", CUSTOMERS)]);
    File::create(dir.path().join("usage.csv")).unwrap().set_len(2 * 1024 * 1024 * 1024).unwrap();
    let expected = "usage.csv: all files together have more than 2048 MB: leave out older rows";
    assert_eq!(told(dir.path()), format!("nothing was imported:\n  {expected}"));
}

#[test]
fn many_tickets_of_one_customer_are_sent_in_small_pieces() {
    let dir = directory(&[("customers.csv", CUSTOMERS)]);
    let mut file = BufWriter::new(File::create(dir.path().join("tickets.csv")).unwrap());
    writeln!(file, "ticket_id,customer_id,priority,opened_on,subject").unwrap();
    let subject = "It does not work as we would wish it to. ".repeat(4);
    for number in 0..60_000 {
        writeln!(file, "T-{number},A-1,low,2025-01-02,{subject}").unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
    let import = read_directory(dir.path()).unwrap();
    let pieces = import.pieces().collect::<Vec<Piece>>();
    assert_eq!(pieces.iter().map(rows_of).sum::<usize>(), 60_001);
    assert!(pieces.len() > 5, "{} pieces", pieces.len());
    assert!(pieces.iter().all(|piece| serde_json::to_vec(piece).unwrap().len() < 3 * 1024 * 1024));
    assert!(pieces.iter().all(|piece| piece.tickets.len() <= 1), "a customer's tickets are together in a piece");
    assert_eq!(pieces.iter().position(|piece| !piece.customers.is_empty()), Some(0));
}

#[test]
fn a_hundred_megabytes_behind_an_open_quote_stop_at_the_quote() {
    let mut usage = String::from("customer_id,date,value\nA-1,2025-01-01,\"1\n");
    for _ in 0..100_000 {
        usage.push_str("A-1,2025-01-02,1\n");
    }
    let dir = directory(&[("customers.csv", CUSTOMERS), ("usage.csv", usage.as_bytes())]);
    assert!(told(dir.path()).ends_with("usage.csv: the quote that opens on line 2 is never closed"));
}

#[test]
fn many_bad_rows_are_counted_and_not_kept() {
    let mut usage = String::from("customer_id,date,value\n");
    for number in 0..200_000 {
        writeln!(usage, "A-1,yesterday,{number}").unwrap();
    }
    let dir = directory(&[("customers.csv", CUSTOMERS), ("usage.csv", usage.as_bytes())]);
    assert_eq!(
        told(dir.path()),
        "nothing was imported:\n  all files together: more than 100,000 rows cannot be read: these are not the files they seem to be"
    );
}
