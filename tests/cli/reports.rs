//! The book, runs over all of it, and names that are not quite right.

use std::process::Stdio;

use serde_json::Value;

use crate::{Account, fixture};

const AS_OF: [&str; 2] = ["--as-of", "2024-12-20"];

fn ravenstack() -> Account {
    let account = Account::new();
    account.good(&[&["import", &fixture(), "--preset", "ravenstack"], &AS_OF[..]].concat());
    account.good(&["demo", "remove"]);
    account
}

#[test]
fn every_customer_is_answered() {
    let account = ravenstack();
    let ended = account.run(&[&["run", "health", "--all", "--format", "json"], &AS_OF[..]].concat());
    // Two of the twelve have no contract, and their answers say so.
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert!(ended.stderr.contains("10 complete, 2 partial, 0 without an answer"), "{}", ended.stderr);
    let answers = serde_json::from_str::<Value>(&ended.stdout).unwrap();
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), 12);
    assert!(answers.iter().all(|answer| answer["asOf"] == "2024-12-20" && answer["summary"].is_string()));
}

#[test]
fn the_book_comes_as_csv_and_json() {
    let account = ravenstack();
    let csv = account.good(&[&["customers", "--sort", "name", "--format", "csv"], &AS_OF[..]].concat());
    let rows = csv::Reader::from_reader(csv.as_bytes()).into_records().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(rows.len(), 12);
    let json = account.good(&[&["customers", "--sort", "arr", "--format", "json"], &AS_OF[..]].concat());
    let json = serde_json::from_str::<Value>(&json).unwrap();
    assert_eq!(json["total"], 12);
    assert_eq!(json["customers"][0]["id"], "A-09316c");
}

#[test]
fn an_unknown_customer_suggests_the_nearest() {
    let account = Account::new();
    let told = account.refused(&["run", "health", "Hoolli"]);
    assert!(told.contains("Hooli"), "{told}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let account = Account::new();
    let mut child = account.command(&["customers"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn two_copies_share_one_data_directory() {
    let account = Account::new();
    let fixture = fixture();
    let import = ["import", &fixture, "--preset", "ravenstack"];
    let start = || account.command(&import).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let copies = [start(), start(), start()];
    for copy in copies {
        let output = copy.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    }
    assert_eq!(account.good(&["customers", "--format", "csv"]).lines().count(), 25);
}
