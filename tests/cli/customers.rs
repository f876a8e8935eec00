//! Customers taken out of the book, and the book taken along in files.

use std::fs;

use crate::{Account, fixture};

#[test]
fn customers_are_removed_by_id_once_somebody_says_yes() {
    let account = Account::new();
    let rows = |account: &Account| account.good(&["customers", "--format", "csv"]).lines().count();
    let before = rows(&account);
    let unsaid = account.run(&["customers", "remove", "acme"]);
    let told = "cs-copilot: this would remove Acme Corp (acme) with everything known of them; say --yes to do so\n";
    assert_eq!((unsaid.code, unsaid.stdout.as_str(), unsaid.stderr.as_str()), (Some(2), "", told));
    let unknown = account.refused(&["customers", "remove", "acme", "hoolli", "--yes"]);
    assert!(unknown.starts_with("There is no customer “hoolli”. Did you mean hooli (Hooli)?"), "{unknown}");
    assert_eq!(rows(&account), before, "all or nothing");
    assert_eq!(
        account.good(&["customers", "remove", "acme", "hooli", "acme", "--yes"]),
        "Removed 2 customers: Acme Corp (acme) and Hooli (hooli).\n"
    );
    assert_eq!(rows(&account), before - 2);
}

#[test]
fn options_of_the_list_belong_to_the_list() {
    let account = Account::new();
    let ended = account.run(&["customers", "--sort", "arr", "remove", "acme"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    account.good(&["customers", "--sort", "arr", "--format", "csv"]);
}

#[test]
fn an_export_brings_the_same_book_to_another_machine() {
    let (here, there) = (Account::new(), Account::new());
    here.good(&["import", &fixture(), "--preset", "ravenstack", "--as-of", "2024-12-20"]);
    here.good(&["demo", "remove"]);
    there.good(&["demo", "remove"]);
    let out = there.path("out");
    let out = out.to_str().unwrap();
    let told = here.good(&["customers", "export", out]);
    assert!(told.contains(&format!("  cs-copilot import {out}/ravenstack-2024-12-20 --source ravenstack\n")), "{told}");
    there.good(&["import", "out/ravenstack-2024-12-20", "--source", "ravenstack"]);
    for arguments in [
        &["customers", "--format", "json", "--as-of", "2024-12-20"][..],
        &["run", "health", "--all", "--format", "json", "--as-of", "2024-12-20", "--planner", "deterministic"],
    ] {
        let [mut here, mut there] = [&here, &there].map(|account| account.run(arguments).stdout);
        for text in [&mut here, &mut there] {
            // What differs from run to run: ids and times.
            *text = text
                .lines()
                .filter(|line| !["\"runId\"", "Ms\"", "_ms\"", "\"revision\""].iter().any(|own| line.contains(own)))
                .collect();
        }
        assert_eq!(here, there);
    }
    let before = fs::read(there.path("out/ravenstack-2024-12-20/usage.csv")).unwrap();
    there.good(&["customers", "export", "out"]);
    assert_eq!(fs::read(there.path("out/ravenstack-2024-12-20/usage.csv")).unwrap(), before);
}

#[test]
fn an_empty_book_is_not_exported() {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    let ended = account.run(&["customers", "export", "out"]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.starts_with("cs-copilot: The book is empty."), "{ended:?}");
}
