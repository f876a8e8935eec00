//! Large files end in bounded memory, with a clear outcome.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{BufWriter, Write},
};

use cs_copilot::import;
use indicatif::ProgressBar;

use crate::{as_of, directory};

const CUSTOMERS: &[u8] = b"customer_id,name\nA-1,Acme\n";

fn told(dir: &std::path::Path) -> String {
    import::read_directory(dir, as_of(), &ProgressBar::hidden()).unwrap_err().to_string()
}

#[test]
fn a_file_over_the_limit_is_not_even_read() {
    let dir = directory(&[("customers.csv", CUSTOMERS)]);
    File::create(dir.path().join("usage.csv")).unwrap().set_len(300 * 1024 * 1024).unwrap();
    assert!(told(dir.path()).ends_with("usage.csv: has 300 MB; at most 256 MB are read: leave out older rows"));
}

#[test]
fn a_hundred_megabytes_of_tickets_are_more_than_one_import_may_have() {
    let dir = directory(&[("customers.csv", CUSTOMERS)]);
    let mut file = BufWriter::new(File::create(dir.path().join("tickets.csv")).unwrap());
    writeln!(file, "ticket_id,customer_id,priority,opened_on,subject").unwrap();
    let subject = "It does not work as we would wish it to. ".repeat(4);
    for number in 0..520_000 {
        writeln!(file, "T-{number},A-1,low,2025-01-02,{subject}").unwrap();
    }
    file.into_inner().unwrap().sync_all().unwrap();
    assert!(fs::metadata(dir.path().join("tickets.csv")).unwrap().len() > 100_000_000);
    assert_eq!(
        told(dir.path()),
        "nothing was imported:\n  all files together: come to more than the 32 MB that one import may have: leave out \
         closed tickets and older usage, or some customers"
    );
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
    assert!(told(dir.path()).starts_with("nothing was imported, 200000 problems:"));
}
