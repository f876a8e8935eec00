//! A tick or a remedy each.

use std::{fs, net::TcpListener};

use crate::Account;

#[test]
fn on_a_healthy_machine_nothing_is_red() {
    let account = Account::new();
    let told = account.good(&["doctor"]);
    for what in [
        "✓ configuration",
        "✓ data directory",
        "✓ log",
        "✓ server",
        "✓ database",
        "✓ schema",
        "· model",
        "· clipboard",
        "· terminal",
    ] {
        assert!(told.contains(what), "{what} in {told}");
    }
}

#[test]
fn it_says_where_the_configuration_is_or_would_be() {
    let account = Account::new();
    let line = |told: &str| told.lines().next().unwrap().to_owned();
    let first = line(&account.good(&["doctor"]));
    let (_, place) = first.split_once("; a file would be ").unwrap();
    fs::create_dir_all(std::path::Path::new(place).parent().unwrap()).unwrap();
    fs::write(place, "theme = \"mono\"\n").unwrap();
    assert_eq!(line(&account.good(&["doctor"])), format!("✓ configuration   {place}"), "there it is read");
}

#[test]
fn a_server_that_does_not_run_is_red_with_a_remedy() {
    let account = Account::new();
    // A port that was free a moment ago, and that nobody listens on.
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ended = account.run(&["doctor", "--server", &format!("http://{address}")]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("✗ server"), "{}", ended.stdout);
    assert!(ended.stdout.contains("→ check the address and whether the server runs"), "{}", ended.stdout);
    assert!(ended.stdout.contains("· database"), "{}", ended.stdout);
    assert_eq!(ended.stderr, "");
}

#[test]
fn a_data_directory_that_cannot_be_written_is_red_and_every_command_says_so() {
    let account = Account::new();
    fs::write(account.path("data"), "not a directory").unwrap();
    let ended = account.run(&["doctor", "--data-dir", "data"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains("✗ data directory  data cannot be written: "), "{}", ended.stdout);
    assert!(
        ended.stdout.contains("→ make room or give yourself access, or name another with --data-dir"),
        "{}",
        ended.stdout
    );
    let told = account.refused(&["customers", "--data-dir", "data"]);
    assert!(told.contains("data"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn a_log_that_cannot_be_written_is_no_failure() {
    let account = Account::new();
    fs::create_dir_all(account.path(".local")).unwrap();
    fs::write(account.path(".local/state"), "not a directory").unwrap();
    let told = account.good(&["doctor"]);
    assert!(told.contains("· log"), "{told}");
    assert!(told.contains("so there is no log"), "{told}");
    account.good(&["customers"]);
}
