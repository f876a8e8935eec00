//! The program without a screen, line by line.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use crate::{Account, Ended};

/// What the program says to these lines.
fn told(mut command: Command, lines: &str) -> Ended {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn commands_and_questions_are_carried_out_line_by_line() {
    let account = Account::new();
    let lines =
        "customers --limit-of nothing\nrun health Globex\nhow is \"Globex\" doing?\n\nrun health nobody\nquit\nnever\n";
    let ended = told(account.command(&["--plain"]), lines);
    assert_eq!(ended.code, Some(0));
    assert!(ended.stdout.starts_with("cs-copilot, line by line."), "{}", ended.stdout);
    assert_eq!(ended.stdout.matches("> ").count() - ended.stdout.matches("> >").count(), 6, "{}", ended.stdout);
    assert!(ended.stdout.matches("Globex").count() >= 2, "{}", ended.stdout);
    assert!(ended.stderr.contains("--limit-of") && ended.stderr.contains("nobody"), "{}", ended.stderr);
    assert!(!ended.stdout.contains('\u{1b}'), "nothing is drawn");
}

#[test]
fn it_ends_with_its_input_and_helps() {
    let account = Account::new();
    let ended = told(account.command(&["--plain"]), "help\n");
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("Usage: cs-copilot") || ended.stdout.contains("Usage: cs-copilot"));
}
