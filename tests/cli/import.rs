//! A real book in one command.

use std::fs;

use crate::{Account, fixture};

/// An export of these files, each with its text.
fn write(account: &Account, name: &str, files: &[(&str, &str)]) {
    let dir = account.path(name);
    fs::create_dir_all(&dir).unwrap();
    for (file, text) in files {
        fs::write(dir.join(file), text).unwrap();
    }
}

#[test]
fn a_second_import_changes_nothing_and_a_dry_run_never_does() {
    let account = Account::new();
    let fixture = fixture();
    let import = ["import", &fixture, "--preset", "ravenstack", "--as-of", "2024-12-20"];
    let counted = account.good(&[&import[..], &["--dry-run"]].concat());
    let begin =
        "Checked ravenstack as of 2024-12-20, and changed nothing: 12 customers, 12 new, 0 changed, 0 unchanged.\n";
    assert!(counted.starts_with(begin), "{counted}");
    assert!(!account.good(&["customers"]).contains("A-17939a"));

    let first = account.good(&import);
    let begin = "Imported from ravenstack as of 2024-12-20: 12 customers, 12 new, 0 changed, 0 unchanged.\n";
    assert!(first.starts_with(begin), "{first}");
    for line in [
        "\n  customers: 12 rows; 12 taken, 12 new or changed\n",
        "\nWithout a contract: 2 customers (Company_131, Company_162)\n",
        " demo customers; take them out with `cs-copilot demo remove`\n",
    ] {
        assert!(first.contains(line), "{line}: {first}");
    }
    let second = account.good(&import);
    let begin = "Imported from ravenstack as of 2024-12-20: 12 customers, 0 new, 0 changed, 12 unchanged.\n";
    assert!(second.starts_with(begin), "{second}");

    account.good(&["demo", "remove"]);
    assert!(!account.good(&import).contains("demo"));
    assert_eq!(account.good(&["customers", "--format", "csv"]).lines().count(), 13);
}

#[test]
fn a_refresh_of_one_part_alone_leaves_the_others() {
    let account = Account::new();
    write(
        &account,
        "export-2025-01-10",
        &[
            ("customers.csv", "customer_id,name,contact\nA-1,Acme,Ada\nB-2,Bolt,Bo\n"),
            ("contracts.csv", "customer_id,plan\nA-1,Pro\nB-2,Pro\n"),
        ],
    );
    let told = account.good(&["import", "export-2025-01-10"]);
    let begin = "Imported from files as of 2025-01-10, by the name of export-2025-01-10: 2 customers, 2 new, 0 changed, \
                 0 unchanged.\n";
    assert!(told.starts_with(begin), "{told}");
    let usage = "customer_id,date,value,colour\nA-1,2025-01-11,3,red\nZ-9,2025-01-11,5,red\n";
    write(&account, "export-2025-01-12", &[("usage.csv", usage)]);
    let told = account.good(&["import", "export-2025-01-12"]);
    let warning = "Warning: usage: 1 of 2 rows names a customer who is not in the book (Z-9)\n";
    assert!(told.contains(warning) && told.contains("Ignored in usage.csv: the column \"colour\"\n"), "{told}");
    assert!(!told.contains("Gone") && !told.contains("Without a contract"), "{told}");
    let strict = account.refused(&["import", "export-2025-01-12", "--strict"]);
    assert!(strict.contains("Z-9"), "{strict}");
}

#[test]
fn a_join_that_finds_no_customer_for_most_rows_asks_first() {
    let account = Account::new();
    let preset = "-- customers\nSELECT id AS customer_id, name FROM crm\n-- tickets\nSELECT t.id AS ticket_id, {} AS customer_id, \
                  'low' AS priority, t.opened AS opened_on FROM desk t ";
    write(
        &account,
        "export",
        &[
            ("crm.csv", "id,name\nA-1,Acme\nB-2,Bolt\n"),
            (
                "desk.csv",
                "id,company,opened\n1,A-1,2025-01-02\n2,Bolt,2025-01-02\n3,Bolt,2025-01-02\n4,B-2,2025-01-02\n5,Bolt,2025-01-02\n",
            ),
            ("dropped.sql", &(preset.replace("{}", "c.id") + "JOIN crm c ON c.name = t.company AND t.id = '2'")),
            ("strange.sql", &preset.replace("{}", "t.company")),
        ],
    );
    for (name, told) in [
        ("dropped.sql", "leave out 4 of the 5 rows of desk.csv, which the preset joins and filters away for tickets"),
        ("strange.sql", "leave out 3 of the 5 rows of tickets, whose customers are not in the book (such as Bolt)"),
    ] {
        let preset = account.path("export").join(name).display().to_string();
        let import = ["import", "export", "--preset", &preset, "--as-of", "2025-01-10"];
        let refused = account.run(&import);
        let refusal = format!("cs-copilot: nothing was imported: this would {told}; if that is right, say --yes\n");
        assert_eq!((refused.code, refused.stderr.as_str()), (Some(2), refusal.as_str()));
        let checked = account.good(&[&import[..], &["--dry-run"]].concat());
        assert!(checked.contains(&format!("An import would ask first: it would {told}.\n")), "{checked}");
        assert!(account.good(&[&import[..], &["--yes"]].concat()).starts_with("Imported from"));
    }
}

#[test]
fn much_that_would_be_lost_asks_first() {
    let account = Account::new();
    write(&account, "one", &[("customers.csv", "customer_id,name,contact\nA-1,Acme,Ada\nB-2,Bolt,Bo\nC-3,Cora,Cy\n")]);
    write(&account, "two", &[("customers.csv", "customer_id,name,contact\nA-1,Acme,\nB-2,Bolt,\nC-3,Cora,\n")]);
    account.good(&["import", "one", "--as-of", "2025-01-10"]);
    let import = ["import", "two", "--as-of", "2025-01-11"];
    let ended = account.run(&import);
    let told = "cs-copilot: nothing was imported: this would clear contact of 3 of 3 customers that files told before; if \
                that is right, say --yes\n";
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (Some(2), "", told));
    let dry = account.good(&[&import[..], &["--dry-run"]].concat());
    assert!(dry.contains("An import would ask first: it would clear contact of 3 of 3 customers"), "{dry}");
    let told = account.good(&[&import[..], &["--yes"]].concat());
    assert!(told.starts_with("Imported from files as of 2025-01-11: 3 customers, 0 new, 3 changed, 0 unchanged.\n"));
}

#[test]
fn who_is_gone_is_named_and_marked_or_removed() {
    let account = Account::new();
    let rows = (1..=9).map(|n| format!("A-{n},Customer {n}\n")).collect::<String>();
    write(&account, "all", &[("customers.csv", &format!("customer_id,name\n{rows}"))]);
    write(
        &account,
        "fewer",
        &[("customers.csv", &format!("customer_id,name\n{}", rows.replace("A-9,Customer 9\n", "")))],
    );
    account.good(&["demo", "remove"]);
    account.good(&["import", "all", "--as-of", "2025-01-10"]);
    let changes = account.good(&["import", "fewer", "--as-of", "2025-01-11", "--mode", "changes"]);
    assert!(!changes.contains("Gone"), "{changes}");
    let told = account.good(&["import", "fewer", "--as-of", "2025-01-12"]);
    assert!(told.contains("Gone from files, kept in the book and marked: 1 customer (Customer 9)\n"), "{told}");
    account.good(&["import", "all", "--as-of", "2025-01-13"]);
    account.good(&["import", "fewer", "--as-of", "2025-01-14", "--gone", "remove"]);
    assert!(!account.good(&["customers", "--format", "csv"]).contains("A-9"));
}

#[test]
fn a_currency_is_said_or_remembered_by_source_and_never_assumed() {
    let account = Account::new();
    write(
        &account,
        "export",
        &[("customers.csv", "customer_id,name\nA-1,Acme\n"), ("contracts.csv", "customer_id,arr\nA-1,1200\n")],
    );
    let import = ["import", "export", "--as-of", "2025-01-10"];
    let asked = account.run(&import);
    let told = "contracts.csv: there are amounts without a currency; say which one they are in, such as --currency USD";
    assert!(asked.code == Some(2) && asked.stderr.contains(told), "{}", asked.stderr);
    account.good(&[&import[..], &["--currency", "usd"]].concat());
    assert!(account.good(&["customers", "--format", "csv", "--as-of", "2025-01-10"]).contains("1200.00,USD"));
    fs::write(account.path("mine.toml"), "[sources.crm]\ncurrency = \"EUR\"\n").unwrap();
    account.good(&[&import[..], &["--source", "crm", "--config", "mine.toml"]].concat());
    let wrong = account.run(&[&import[..], &["--currency", "dollars"]].concat());
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("it is not a currency of three letters such as USD"), "{}", wrong.stderr);
}

#[test]
fn a_row_that_cannot_be_read_is_left_out_and_written_down_or_refused_where_that_is_asked_for() {
    let account = Account::new();
    write(&account, "export", &[("customers.csv", "customer_id,name\nA-1,Acme\n,Bolt\n")]);
    let strict = account.refused(&["import", "export", "--strict"]);
    let bad = "customers.csv, line 3, column customer_id: is empty; expected an id: 1 to 100 of A-Z a-z 0-9 . _ - beginning \
               with a letter or digit";
    assert_eq!(strict, format!("nothing was imported:\n  {bad}"));
    assert!(!account.path(".local/share/cs-copilot").exists(), "the server is not even started");
    let told = account.good(&["import", "export"]);
    assert!(told.contains("customers.csv: 1 row left out, column customer_id is empty"), "{told}");
    let rejects = fs::read_to_string(account.path(".local/share/cs-copilot/rejects/files.csv")).unwrap();
    assert!(rejects.contains("customers.csv,3,customer_id,Bolt,,"), "{rejects}");
}

#[test]
fn a_cell_that_cannot_be_read_leaves_what_is_known_of_it_and_tells_the_rest() {
    let account = Account::new();
    for (folder, renewal, seats, day) in
        [("first", "2027-01-31", "7", "2026-11-20"), ("second", "soon", "9", "2026-11-27")]
    {
        let contracts =
            format!("customer_id,renewal_date,seats\nA-1,{renewal},{seats}\nB-2,2026-12-31,5\nC-3,2026-12-31,5\n");
        let customers = "customer_id,name\nA-1,Acme\nB-2,Bolt\nC-3,Cora\n";
        write(&account, folder, &[("customers.csv", customers), ("contracts.csv", &contracts)]);
        account.good(&["import", folder, "--as-of", day]);
    }
    let known = ["customers", "--format", "csv", "--as-of", "2026-11-27", "--columns"];
    let columns = "contract.renewal_date,contract.seats";
    let book = account.good(&[&known[..], &[columns]].concat());
    assert!(
        book.lines().any(|line| line.contains("A-1,Acme") && line.contains("2027-01-31") && line.ends_with(",9,")),
        "{book}"
    );
}

#[test]
fn the_report_comes_as_markdown_and_json_too() {
    let account = Account::new();
    write(
        &account,
        "files",
        &[
            ("customers.csv", "customer_id,name\nA-1,[Acme](x)\n"),
            (
                "tickets.csv",
                "ticket_id,customer_id,priority,opened_on\nT-1,A-1,low,2026-11-01\nT-2,A-1,purple,2026-11-01\n",
            ),
        ],
    );
    let json = account.good(&["import", "files", "--as-of", "2026-11-20", "--dry-run", "--format", "json"]);
    let json = serde_json::from_str::<serde_json::Value>(&json).unwrap();
    assert_eq!((&json["source"], &json["day"]), (&"files".into(), &"2026-11-20".into()));
    assert_eq!((&json["report"]["created"], &json["report"]["applied"]), (&1.into(), &false.into()));
    assert_eq!((&json["rejected"]["rows"], &json["rejected"]["cells"]), (&0.into(), &1.into()));
    assert!(json["rejected"]["kinds"][0].as_str().unwrap().contains("column priority"), "{json}");

    let markdown = account.good(&["import", "files", "--as-of", "2026-11-20", "--format", "markdown"]);
    assert!(markdown.starts_with("# Imported from files as of 2026-11-20: 1 customer, 1 new"), "{markdown}");
    assert!(markdown.contains("\n  - tickets: 2 rows of 1 customer"), "{markdown}");
    assert!(markdown.contains("\n- Without usage: 1 customer (\\[Acme\\](x))"), "{markdown}");
}

#[test]
fn nothing_of_how_far_a_large_import_is_goes_into_a_pipe() {
    let account = Account::new();
    let metric = "active users a week of the whole of the product as the source says it";
    let usage = (0..50_001).map(|at| format!("C-{at},2026-01-10,{at},{metric}\n")).collect::<String>();
    write(
        &account,
        "export",
        &[
            ("customers.csv", "customer_id,name\nC-0,Acme\n"),
            ("usage.csv", &format!("customer_id,date,value,metric\n{usage}")),
        ],
    );
    // Nothing on stderr is part of what is good.
    let told = account.good(&["import", "export", "--as-of", "2026-01-20", "--yes"]);
    assert!(told.contains("1 customer, 1 new"), "{told}");
}
