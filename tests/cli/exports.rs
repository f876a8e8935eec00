//! Three downloads of three systems become a book in one command, and next week's the same way. The manual shows what it
//! says.

use std::{fs, path::Path};

use crate::Account;

/// The downloads of a week.
fn downloads(week: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exports").join(week).display().to_string()
}

/// Each of these lines is in the text.
fn says(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|told| told.trim_end() == *line), "{line}\n--- is not in\n{text}");
    }
}

#[test]
fn three_downloads_become_a_book_in_one_command_and_next_weeks_the_same_way() {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    let first = downloads("week-1");
    let unseen = account.run(&["import", &first]);
    assert_eq!(unseen.code, Some(2));
    assert!(unseen.stderr.contains("this was not seen before; if it is right, say --yes"), "{}", unseen.stderr);
    assert!(!account.path(".config/cs-copilot/sources/files.toml").exists());

    let told = account.good(&["import", &first, "--yes"]);
    says(&told, WEEK_1);
    let book = account.good(&["customers", "--format", "csv", "--as-of", "2026-11-20"]);
    assert!(book.contains("Northwind Traders") && book.contains("9840.00,EUR"), "{book}");

    let second = downloads("week-2");
    let asks = account.run(&["import", &second]);
    assert_eq!(asks.code, Some(2));
    assert!(asks.stderr.contains("would lose 1 of 4 customers"), "{}", asks.stderr);
    let told = account.good(&["import", &second, "--yes"]);
    says(&told, WEEK_2);

    let without = account.path("without");
    fs::create_dir(&without).unwrap();
    for name in ["hubspot-crm-exports-all-companies-2026-11-27.csv", "subscriptions.csv"] {
        fs::copy(Path::new(&second).join(name), without.join(name)).unwrap();
    }
    let told = account.good(&["import", &without.display().to_string()]);
    says(&told, MISSING);
    assert!(!told.contains("Gone"), "{told}");

    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    says(&readme, WEEK_1);
    says(&readme, WEEK_2);
    says(&readme, MISSING);
}

/// What the first import says, in part.
const WEEK_1: &[&str] = &[
    "Imported from files as of 2026-11-20, by the name of zendesk-export-2026-11-20.csv: 4 customers, 4 new, 0 changed, 0 unchanged.",
    "  tickets: 3 rows of 3 customers, from 2026-11-02 to 2026-11-18; 3 taken, 3 new or changed",
    "  contracts: 4 rows of 3 customers; 4 taken, 4 new or changed",
    "hubspot-crm-exports-all-companies-2026-11-20.csv (HubSpot): 5 rows of customers",
    r#"  Company Domain Name  customers.domain          "northwindtraders.example", "alesund.example", "mueller.example""#,
    r#"subscriptions.csv, column Status: read "canceled" as ended and "trialing" as trial"#,
    "Left out: 1 row of companies that are no customers by their status",
    "Left out: 1 row of contracts that are cancelled or have ended",
    "Several contracts: 1 customer; revenue is added up within a currency, and the renewal is that of the contract with most revenue",
    "Found their customer: 9 rows by domain",
    "Left out: 1 row of customers who were not found",
    r#"  "Elsewhere", 1 row: nobody is called like it"#,
];

/// What the second one says, in part.
const WEEK_2: &[&str] = &[
    "Imported from files as of 2026-11-27, by the name of zendesk-export-2026-11-27.csv: 4 customers, 0 new, 3 changed, 1 unchanged.",
    "Gone from files, kept in the book and marked: 1 customer (Contoso, Ltd.)",
    "Gone from files, neither open nor closed: 1 open ticket (40002)",
    "Gone from files: 1 contract (sub_2)",
    "  Northwind Traders (17840000000): ARR EUR 8,640, was EUR 9,840",
    "Found their customer: 7 rows by link",
];

/// What one without the tickets says.
const MISSING: &[&str] = &[
    "Not delivered this time: zendesk-export-*.csv (tickets). Nothing of these parts counts as gone or is cleared; a file that will not come again can be taken out of sources/files.toml, beside the configuration file",
];
