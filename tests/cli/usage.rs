//! Wrong usage exits with 2 and says what would be right.

use clap::CommandFactory;
use cs_copilot::cli::Cli;

use crate::Account;

#[test]
fn the_command_line_holds_together() {
    Cli::command().debug_assert();
}

#[test]
fn wrong_usage_exits_with_2() {
    let account = Account::new();
    let table: &[(&[&str], &str)] = &[
        (&["helth"], "unrecognized subcommand 'helth'"),
        (&["run", "helth", "Acme"], "there is no task helth; there are health, renewal, qbr"),
        (&["run", "health"], "<CUSTOMER>"),
        (&["run", "health", "Acme", "--all"], "cannot be used with"),
        (&["customers", "--sort", "size"], "[possible values: risk, renewal, arr, name]"),
        (&["customers", "--columns", "contract.arr,usage.tren"], "a similar value exists: 'usage.trend'"),
        (
            &["customers", "--as-of", "20.12.2024"],
            "invalid value '20.12.2024' for '--as-of <DATE>': it is not a date written YYYY-MM-DD",
        ),
        (
            &["customers", "--server", "http://tools.example.com"],
            "plain http would send your customers' data unprotected",
        ),
        (&["history", "Acme", "--limit", "0"], "0 is not in 1..=200"),
        (&["demo"], "Usage: cs-copilot demo"),
        (&["import"], "<PATH>..."),
        (&["import", "x", "--mode", "all"], "[possible values: snapshot, changes]"),
        (&["import", "x", "--source", "our crm"], "not a valid source name"),
        (&["customers", "remove"], "<ID>"),
        (&["customers", "export"], "<DIR>"),
    ];
    for (arguments, expected) in table {
        let ended = account.run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.stderr.contains(expected), "{arguments:?}: {}", ended.stderr);
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn a_text_that_is_no_query_is_wrong_usage_everywhere_and_a_customer_who_is_not_there_is_not() {
    let account = Account::new();
    let typed = "risk:hgih";
    for arguments in [
        &["customers", "--where", typed][..],
        &["customers", "--by", "colour"],
        &["customers", "--sum", "colour"],
        &["customers", "--view", "nobody"],
        &["run", "health", "--where", typed],
        &["run", "renewal", "--where", typed, "--as", "mail", "--out", "drafts"],
        &["run", "health", "--view", "nobody"],
        &["today", "--where", typed],
        &["changes", "--since", "2024-01-01", "--where", typed],
        &["portfolio", "--where", typed],
    ] {
        let ended = account.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", ended.stderr);
        assert!(ended.stderr.starts_with("cs-copilot: "), "{arguments:?}: {}", ended.stderr);
    }
    for arguments in
        [&["run", "health", "nobody"][..], &["changes", "nobody", "--since", "2024-01-01"], &["history", "nobody"]]
    {
        account.refused(arguments);
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    let account = Account::new();
    assert_eq!(account.good(&["--version"]), format!("cs-copilot {}\n", env!("CARGO_PKG_VERSION")));
    let help = account.good(&["--help"]);
    for word in ["Examples:", "Exit codes:", "CS_COPILOT_SERVER", "CS_COPILOT_AS_OF", "--data-dir", "doctor"] {
        assert!(help.contains(word), "{word}");
    }
    let help = account.good(&["import", "--help"]);
    for word in ["customers.csv", "usage.csv", "tickets.csv", "contracts.csv", "contacts.csv", "satisfaction.csv"] {
        assert!(help.contains(word), "{word}");
    }
    for word in ["--preset", "--source", "--mode", "--gone", "--currency", "--strict", "--yes", "--dry-run"] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn every_shell_gets_completions_even_with_a_broken_configuration() {
    let account = Account::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = account.good(&["completions", shell, "--config", "not-there.toml"]);
        assert!(script.contains("customers"), "{shell}");
    }
}

#[test]
fn a_wrong_configuration_is_one_sentence() {
    let account = Account::new();
    std::fs::write(account.path("mine.toml"), "\ntheme = \"blue\"\n").unwrap();
    assert_eq!(
        account.refused(&["customers", "--config", "mine.toml"]),
        "mine.toml, line 2: unknown variant `blue`, expected one of `auto`, `dark`, `light`, `mono`"
    );
    assert_eq!(
        account.refused(&["customers", "--config", "gone.toml"]),
        "there is no configuration file gone.toml: check --config or CS_COPILOT_CONFIG"
    );
}

#[test]
fn the_environment_says_what_flags_say_and_flags_win() {
    let account = Account::new();
    let customers = |arguments: &[&str]| {
        let mut command = account.command(&[&["customers", "--format", "json"], arguments].concat());
        let output = command.env("CS_COPILOT_AS_OF", "2024-01-02").env("CS_COPILOT_DATA_DIR", account.path("env"));
        serde_json::from_slice::<serde_json::Value>(&output.output().unwrap().stdout).unwrap()
    };
    assert_eq!(customers(&[])["asOf"], "2024-01-02");
    assert!(account.path("env").is_dir());
    assert_eq!(customers(&["--as-of", "2024-03-04"])["asOf"], "2024-03-04");
}
