//! `ask` as its users start it, on the demo book.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
};

use contracts::planner::{PlannerResult, Task};
use portable_pty::{CommandBuilder, PtySize};
use serde_json::Value;
use tempfile::TempDir;

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `ask` with a home of its own and nobody at the keyboard.
fn ask(home: &TempDir, arguments: &[&str]) -> Ended {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.arg("ask").args(arguments).env_clear().env("HOME", home.path()).stdin(Stdio::null());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn good(home: &TempDir, arguments: &[&str]) -> String {
    let ended = ask(home, arguments);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    ended.stdout
}

fn refused(home: &TempDir, arguments: &[&str]) -> String {
    let ended = ask(home, arguments);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", ended.stderr);
    ended.stderr.strip_prefix("cs-copilot: ").unwrap().trim_end().to_owned()
}

#[test]
fn a_question_about_a_customer_is_a_run() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["what should I worry about at Globex before the renewal?"]);
    assert!(text.starts_with("Globex · Renewal brief · as of "), "{text}");
    assert!(text.contains("\nAsked: what should I worry about at Globex before the renewal?\n"), "{text}");
    // Words need no quotes, and options may stand anywhere.
    let json = good(&home, &["how", "is", "--format", "json", "hooly", "doing"]);
    let result: PlannerResult = serde_json::from_str(&json).unwrap();
    assert_eq!((result.task, result.customer_id.as_str()), (Task::Health, "hooli"));
    assert_eq!(result.question.unwrap().as_str(), "how is hooly doing");
    let events = good(&home, &["churn", "at", "globex", "--format", "ndjson"]);
    let last: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!((&last["event"], &last["result"]["task"]), (&Value::from("finished"), &Value::from("churn")));
}

#[test]
fn the_flag_says_who_is_meant() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["draft an email to Dana about the renewal", "--customer", "acme", "--format", "markdown"]);
    assert!(text.starts_with("# Acme Corp · Renewal brief · as of "), "{text}");
    assert!(text.contains("*Asked: draft an email to Dana about the renewal*"), "{text}");
}

#[test]
fn a_question_about_the_book_is_answered_by_the_book() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["renewals over 50k", "--as-of", "2026-11-23"]);
    assert!(
        text.starts_with("Customers with a renewal date with an ARR over 50,000, by renewal, next first · as of "),
        "{text}"
    );
    assert!(text.contains("nothing is converted"), "{text}");
    assert!(text.contains("\n CUSTOMER  ") && text.contains("\n Hooli  ") && !text.contains("\n Soylent"), "{text}");
    let told = ask(&home, &["renewals between march and june in Germany", "--as-of", "2026-11-23"]);
    assert_eq!((told.code, told.stderr.as_str()), (Some(3), ""));
    assert!(told.stdout.starts_with("Customers renewing from 2027-03-01 to 2027-06-30, "), "{}", told.stdout);
    assert!(told.stdout.contains("\n\nI did not understand: “Germany”. "), "{}", told.stdout);
    let markdown = good(&home, &["compare Acme and Globex", "--format", "markdown"]);
    assert!(markdown.starts_with("# Acme Corp and Globex side by side · as of "), "{markdown}");
    assert!(markdown.contains("\n| Acme Corp | acme | "), "{markdown}");
    let json: Value =
        serde_json::from_str(&good(&home, &["how many customers are at risk", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["total"], json["rows"].as_array().unwrap().len() as u64),
        (&15.into(), json["fit"].as_u64().unwrap())
    );
    assert_eq!(good(&home, &["top 3 by ARR of all customers", "--format", "ndjson"]).lines().count(), 1);
}

#[test]
fn a_column_of_the_json_is_a_field_of_its_rows() {
    let home = tempfile::tempdir().unwrap();
    for (question, column) in [
        ("renewals next quarter", "daysToRenewal"),
        ("customers with open tickets", "openTickets"),
        ("customers whose usage is down", "trend"),
        ("compare Acme and Globex", "daysToRenewal"),
    ] {
        let answer: Value =
            serde_json::from_str(&good(&home, &[question, "--format", "json", "--as-of", "2026-11-23"])).unwrap();
        let columns = answer["columns"].as_array().unwrap();
        assert_eq!(columns.iter().filter(|it| *it == column).count(), 1, "{question}: {columns:?}");
        let rows = answer["rows"].as_array().unwrap();
        for name in columns {
            assert!(rows.iter().any(|row| row.get(name.as_str().unwrap()).is_some()), "{question}: {name}");
        }
    }
}

#[test]
fn the_history_has_the_question() {
    let home = tempfile::tempdir().unwrap();
    good(&home, &["what should I worry about at Globex before the renewal?"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(["history", "globex"]).env_clear().env("HOME", home.path());
    let told = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let mut lines = told.lines();
    assert!(lines.next().unwrap().contains(" · Renewal brief · "), "{told}");
    assert_eq!(lines.next(), Some("  Asked: what should I worry about at Globex before the renewal?"), "{told}");
}

#[test]
fn what_is_not_understood_exits_with_2_and_says_what_would_be() {
    let home = tempfile::tempdir().unwrap();
    assert!(
        refused(&home, &["what is the weather"]).starts_with("That is outside of what I know: your customers. Try ")
    );
    assert_eq!(
        refused(&home, &["draft a renewal email"]),
        "Which customer? Name it in the question, or say --customer ID."
    );
    let nobody = refused(&home, &["renewal of Globber Inc"]);
    assert!(nobody.starts_with("There is no customer “Globber Inc”. Did you mean globex (Globex)"), "{nobody}");
    let nobody = refused(&home, &["health of Zzyzx"]);
    assert_eq!(nobody, "There is no customer “Zzyzx”. See `cs-copilot customers`.");
    let nobody = refused(&home, &["compare acme and foobar"]);
    assert_eq!(nobody, "There is no customer “foobar”. See `cs-copilot customers`.");
    assert!(refused(&home, &["delete Acme"]).starts_with("Nothing is changed from here: "));
    assert!(refused(&home, &[""]).starts_with("Ask something, such as “how is Acme doing?”"));
    assert!(good(&home, &["help"]).starts_with("Ask about a customer or the whole book, such as “how is Acme doing?”"));
    let ended = ask(&home, &[]);
    assert!(ended.code == Some(2) && ended.stderr.contains("<QUESTION>"), "{}", ended.stderr);
    let help = good(&home, &["--help"]);
    assert!(help.contains("Exit codes: 0 complete") && help.contains("--customer") && help.contains("--planner"));
}

/// Two customers of one name, of whom nothing else is known.
fn namesakes() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let export = home.path().join("export");
    std::fs::create_dir(&export).unwrap();
    std::fs::write(export.join("customers.csv"), "customer_id,name\nn1,Nordwind AG\nn2,Nordwind GmbH\n").unwrap();
    let mut import = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    import.args(["import", export.to_str().unwrap()]).env_clear().env("HOME", home.path());
    assert!(import.output().unwrap().status.success());
    home
}

#[test]
fn a_choice_that_nobody_can_make_is_listed() {
    let home = namesakes();
    assert_eq!(
        refused(&home, &["health of Nordwind"]),
        "Several customers may be meant. Say which one:\n  --customer n1               Nordwind AG\n  --customer n2               \
         Nordwind GmbH"
    );
    // Nothing is known of it, which is another matter.
    let ended = ask(&home, &["health of Nordwind", "--customer", "n2"]);
    assert!(ended.code == Some(1) && ended.stderr.contains("Nothing is known of Nordwind GmbH"), "{}", ended.stderr);
}

#[test]
fn a_choice_is_made_at_the_terminal() {
    let home = namesakes();
    for (typed, expected, code) in [("2\n", "Nothing is known of Nordwind GmbH", 1), ("7\n", "--customer n1", 2)] {
        let pair = portable_pty::native_pty_system().openpty(PtySize { cols: 200, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot"));
        command.args(["ask", "health", "of", "nordwind"]);
        command.env_clear();
        command.env("HOME", home.path());
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut keyboard = pair.master.take_writer().unwrap();
        let mut screen = BufReader::new(pair.master.try_clone_reader().unwrap());
        let mut shown = Vec::new();
        screen.read_until(b':', &mut shown).unwrap();
        keyboard.write_all(typed.as_bytes()).unwrap();
        // The end of a terminal reads as an error.
        let _ = screen.read_to_end(&mut shown);
        let shown = String::from_utf8(shown).unwrap();
        assert!(shown.contains("  1  Nordwind AG (n1)\r\n  2  Nordwind GmbH (n2)\r\nNumber:"), "{shown}");
        assert!(shown.contains(expected), "{shown}");
        assert_eq!(child.wait().unwrap().exit_code(), code);
    }
}

#[test]
fn nothing_is_sent_where_the_book_answers() {
    let home = tempfile::tempdir().unwrap();
    let told = good(&home, &["which customers are most at risk", "--dry-run"]);
    assert_eq!(
        told,
        "Nothing would be sent to a language model: the book answers this (The first 10 customers, by risk, highest \
         first).\n"
    );
}
