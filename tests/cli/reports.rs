//! The book, runs over all of it, and names that are not quite right.

use std::{fs, process::Stdio};

use serde_json::Value;

use crate::{Account, fixture};

pub const AS_OF: [&str; 2] = ["--as-of", "2024-12-20"];

pub fn ravenstack() -> Account {
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
fn any_facts_are_listed_in_the_order_they_are_asked_for() {
    let account = Account::new();
    let listed =
        |format| account.good(&["customers", "--columns", "usage.trend,contract.arr,usage.trend", "--format", format]);
    let csv = listed("csv");
    let header = "customer_id,name,standing,as_of,usage.trend,contract.arr,contract.arr_currency,stale";
    assert_eq!(csv.lines().next(), Some(header));
    let of = |id: &str| csv.lines().find(|line| line.starts_with(id)).unwrap();
    assert!(of("umbrella,").ends_with(",down,240000.00,USD,"), "{csv}");
    assert!(of("cyberdyne,").contains(",flat,54000.00,USD,usage.trend 2"), "{csv}");
    let json = serde_json::from_str::<Value>(&listed("json")).unwrap();
    let facts = json["customers"][0]["facts"].as_array().unwrap();
    assert_eq!(facts.iter().map(|fact| &fact["fact"]).collect::<Vec<_>>(), ["usage.trend", "contract.arr"]);
    let table = listed("table");
    let columns: Vec<_> = table.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(columns, ["CUSTOMER", "ID", "TREND", "ARR"]);
    let stale = table.lines().find(|line| line.contains("cyberdyne")).unwrap();
    assert!(stale.contains("flat (") && stale.contains("USD 54,000 ("), "{stale}");
    let all = account.good(&["customers", "--columns", "all", "--format", "csv"]);
    assert!(
        all.starts_with("customer_id,name,standing,as_of,customer.name,customer.industry,")
            && all.contains("contact.email")
    );
}

#[test]
fn who_is_no_customer_any_more_is_counted_apart() {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    fs::create_dir(account.path("export")).unwrap();
    let rows = "customer_id,name,status\nA-1,Acme,active\nA-2,Globex,churned\n";
    fs::write(account.path("export/customers.csv"), rows).unwrap();
    account.good(&["import", "export"]);
    let ended = account.run(&["customers"]);
    assert_eq!(ended.stderr, "At the end of the list, no customers any more: 1 churned.\n");
    assert!(ended.stdout.find("Acme") < ended.stdout.find("Globex"), "{}", ended.stdout);
    let csv = account.good(&["customers", "--format", "csv"]);
    assert!(csv.lines().next().unwrap().ends_with(",as_of,standing,stale"), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("A-2,") && line.ends_with(",churned,")), "{csv}");
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
    assert_eq!(account.good(&["customers", "--format", "csv"]).lines().count(), 28);
}
