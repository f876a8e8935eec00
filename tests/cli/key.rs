//! The key to a language model: kept where others cannot read it, and shown nowhere.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{Account, Ended};

const KEY: &str = "sk-proj-Zw3nGkQ0aTr1vXyB9c";

/// The program with `input` coming through a pipe.
fn piped(mut command: Command, input: &str) -> Ended {
    let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that has read enough closes its end.
    let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
    program.wait_with_output().unwrap().into()
}

fn set(account: &Account, input: &str) -> Ended {
    let mut command = account.command(&["config", "set-key", "--log-level", "trace"]);
    // A keyring would need a bus; there is none in this environment.
    command.env_remove("DBUS_SESSION_BUS_ADDRESS");
    piped(command, input)
}

/// The files that keys are kept in; what a trial of a model took is counted beside them.
fn kept(account: &Account) -> Vec<PathBuf> {
    let files = fs::read_dir(account.path(".local/share/cs-copilot/llm")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    files.filter(|file| file.file_name().unwrap().to_string_lossy().starts_with("key-")).collect()
}

#[test]
fn each_api_has_a_key_of_its_own() {
    let account = Account::new();
    let at = |url: &str, args: &[&str], input: &str| {
        let mut command = account.command(&[args, &["--llm-url", url]].concat());
        command.env_remove("DBUS_SESSION_BUS_ADDRESS");
        let ended = piped(command, input);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    };
    let (mine, theirs) = ("https://llm.example.com/v1", "https://other.example.com/v1");
    at(mine, &["config", "set-key"], KEY);
    at(theirs, &["config", "set-key"], "another-key");
    assert_eq!(kept(&account).len(), 2);
    assert!(at(theirs, &["config", "delete-key"], "").contains("is forgotten here"));
    let [file] = &kept(&account)[..] else { panic!("not one key") };
    assert!(fs::read_to_string(file).unwrap().contains(KEY));
}

#[test]
fn a_key_is_kept_for_this_account_alone_and_forgotten_again() {
    let account = Account::new();
    let ended = set(&account, &format!("{KEY}\n"));
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert!(ended.stdout.starts_with("The key for https://api.openai.com/v1 is kept in "), "{}", ended.stdout);
    assert!(!ended.stdout.contains(KEY));

    let [file] = &kept(&account)[..] else { panic!("not one key") };
    assert!(fs::read_to_string(file).unwrap().contains(KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.parent().unwrap()), mode(file)), (0o700, 0o600));
    }
    let logs = fs::read_dir(account.path(".local/state/cs-copilot/logs")).unwrap();
    let log: String = logs.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    assert!(!log.contains(KEY), "{log}");

    assert!(account.good(&["config", "delete-key"]).contains("is forgotten here"));
    assert!(!file.exists());
    assert_eq!(account.good(&["config", "delete-key"]), "There was no key for https://api.openai.com/v1.\n");
}

#[test]
fn what_is_no_key_is_refused_and_not_repeated() {
    let table = [
        ("", "no key was given"),
        ("  \n", "no key was given"),
        ("two words\n", "this is no key: a key is one word of plain letters, digits and signs"),
        ("schlüssel\n", "this is no key: a key is one word of plain letters, digits and signs"),
        (&"k".repeat(5000), "this is no key: a key is one word of plain letters, digits and signs"),
    ];
    for (input, expected) in table {
        let account = Account::new();
        let ended = set(&account, input);
        assert_eq!((ended.code, ended.stderr), (Some(1), format!("cs-copilot: {expected}\n")), "{input}");
        assert!(!account.path(".local/share/cs-copilot/llm").exists());
    }
}

#[test]
fn an_address_that_was_set_for_other_programs_is_named_by_its_variable() {
    let account = Account::new();
    let ended: Ended =
        account.command(&["doctor"]).env("OPENAI_BASE_URL", "http://llm.example.com/v1").output().unwrap().into();
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--llm-url <URL> (OPENAI_BASE_URL) cannot be used: plain http"), "{}", ended.stderr);
}
