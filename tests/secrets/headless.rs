//! The program without its screen.

use std::{fs, net::TcpListener};

use crate::{Account, PASSWORD, clean, server::FailingServer};

#[test]
fn an_address_with_a_password_is_refused_without_repeating_it() {
    let account = Account::new();
    let address = format!("https://csm:{PASSWORD}@tools.example.com");
    let by_flag = account.command(&["customers", "--server", &address]);
    let mut by_environment = account.command(&["customers"]);
    by_environment.env("CS_COPILOT_SERVER", &address);
    fs::write(account.path("mine.toml"), format!("server = \"{address}\"\n")).unwrap();
    let by_file = account.command(&["customers", "--config", "mine.toml"]);
    for (way, command) in [("a flag", by_flag), ("the environment", by_environment), ("a file", by_file)] {
        let told = account.run(command);
        assert!(told.contains("no user name or password"), "{way}: {told}");
        clean(way, &told);
    }
    for text in [format!("server = {address}\n"), format!("server = [\"{address}\"]\n"), format!("[\"{address}\"]\n")] {
        fs::write(account.path("mine.toml"), &text).unwrap();
        let told = account.run(account.command(&["customers", "--config", "mine.toml"]));
        assert!(told.contains("mine.toml"), "{told}");
        // An unknown name of a setting is told; it is no place for a password.
        if !text.starts_with('[') {
            clean(&text, &told);
        }
    }
    clean("the log", &account.log());
}

#[test]
fn whatever_fails_the_session_key_stays_out_of_sight() {
    let account = Account::new();
    let failing = FailingServer::start();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    fs::create_dir(account.path("export")).unwrap();
    fs::write(account.path("export/customers.csv"), "customer_id,name\nX-1,Example Ltd\n").unwrap();
    for server in [failing.url.clone(), format!("http://{nobody}")] {
        for arguments in [
            &["customers"][..],
            &["run", "renewal", "acme"],
            &["run", "health", "--all", "--format", "ndjson"],
            &["history", "acme"],
            &["demo", "remove"],
            &["import", "export"],
            &["doctor"],
        ] {
            let mut command = account.command(arguments);
            command.env("CS_COPILOT_SERVER", &server);
            clean(&format!("{arguments:?} at {server}"), &account.run(command));
        }
    }
    let log = account.log();
    assert!(log.contains("not answered"), "failures are logged: {log}");
    clean("the log", &log);
}

#[test]
fn tokens_are_sent_and_never_shown() {
    let failing = FailingServer::start();
    for (expires, sent) in [("2999-01-01T00:00:00Z", true), ("2020-01-01T00:00:00Z", false)] {
        let account = Account::new();
        account.signed_in(&failing.url, expires);
        for arguments in
            [&["whoami"][..], &["customers"], &["run", "health", "acme"], &["doctor"], &["login"], &["logout"]]
        {
            let mut command = account.command_of_a_user(&failing.url, arguments);
            command.env("CS_COPILOT_SERVER", &failing.url);
            clean(&format!("{arguments:?}"), &account.run(command));
        }
        assert_eq!(failing.got_a_token(), sent, "a token that is good until {expires}");
        clean("the log", &account.log());
    }
}
