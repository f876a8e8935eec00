//! A real book in one command.

use std::fs;

use crate::{Account, fixture};

#[test]
fn a_second_import_changes_nothing_and_a_dry_run_never_does() {
    let account = Account::new();
    let fixture = fixture();
    let import = ["import", &fixture, "--preset", "ravenstack", "--as-of", "2024-12-20"];
    let dry = [&import[..], &["--dry-run"]].concat();
    let missing = "Without contract: 2 customers (A-17939a, A-fb186e)\n\
                   Still in the book: 12 demo customers; take them out with `cs-copilot demo remove`\n";

    let counted = account.good(&dry);
    assert_eq!(
        counted,
        format!(
            "Checked, and changed nothing: 12 customers as of 2024-12-20; 12 would be created, 0 would be updated, 0 unchanged.\n{missing}"
        )
    );
    assert!(!account.good(&["customers"]).contains("A-17939a"));

    let first = account.good(&import);
    assert_eq!(
        first,
        format!("Imported 12 customers as of 2024-12-20; 12 created, 0 updated, 0 unchanged.\n{missing}")
    );
    let second = account.good(&import);
    assert_eq!(
        second,
        format!("Imported 12 customers as of 2024-12-20; 0 created, 0 updated, 12 unchanged.\n{missing}")
    );

    account.good(&["demo", "remove"]);
    assert!(!account.good(&import).contains("demo"));
    assert_eq!(account.good(&["customers", "--format", "csv"]).lines().count(), 13);
}

#[test]
fn a_change_in_one_row_updates_one_customer() {
    let account = Account::new();
    let dir = account.path("export");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("customers.csv"), "customer_id,name\nA-1,Acme\nB-2,Bolt\n").unwrap();
    let usage =
        |value: u32| format!("customer_id,date,value,colour\nA-1,2025-01-01,{value},red\nB-2,2025-01-01,5,red\n");
    fs::write(dir.join("usage.csv"), usage(3)).unwrap();
    let import = ["import", "export", "--as-of", "2025-01-10"];
    let told = account.good(&import);
    assert!(told.starts_with("Imported 2 customers as of 2025-01-10; 2 created, 0 updated, 0 unchanged.\n"), "{told}");
    assert!(
        told.contains("Without tickets: 2 customers (A-1, B-2)\nWithout contract: 2 customers (A-1, B-2)\n"),
        "{told}"
    );
    assert!(told.contains("Ignored in usage.csv: the columns \"colour\"\n"), "{told}");
    fs::write(dir.join("usage.csv"), usage(4)).unwrap();
    let told = account.good(&import);
    assert!(told.starts_with("Imported 2 customers as of 2025-01-10; 0 created, 1 updated, 1 unchanged.\n"), "{told}");
}

#[test]
fn one_bad_row_and_nothing_is_imported() {
    let account = Account::new();
    let dir = account.path("export");
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("customers.csv"), "customer_id,name\nA-1,Acme\nA 2,Bolt\n").unwrap();
    assert_eq!(
        account.refused(&["import", "export"]),
        "nothing was imported:\n  customers.csv, line 3, column customer_id: \"A 2\" is not an id: 1 to 100 of \
         A-Z a-z 0-9 . _ - beginning with a letter or digit"
    );
    assert!(!account.path(".local/share/cs-copilot").exists(), "the server is not even started");
}
