//! `ask` as its users start it, on the demo book.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
};

use contracts::TaskId;
use contracts::planner::PlannerResult;
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
    ended_with(2, home, arguments)
}

fn not_understood(home: &TempDir, arguments: &[&str]) -> String {
    ended_with(3, home, arguments)
}

fn ended_with(code: i32, home: &TempDir, arguments: &[&str]) -> String {
    let ended = ask(home, arguments);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(code), ""), "{arguments:?}: {}", ended.stderr);
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
    assert_eq!((result.task, result.customer_id.as_str()), (TaskId::HEALTH, "hooli"));
    assert_eq!(result.question.unwrap().as_str(), "how is hooly doing");
    let events = good(&home, &["churn", "at", "globex", "--format", "ndjson"]);
    let last: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!((&last["event"], &last["result"]["task"]), (&Value::from("finished"), &Value::from("churn")));
}

#[test]
fn what_a_fact_answers_is_answered_with_that_fact_its_source_and_its_day() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["when does Globex renew and who is the contact?", "--as-of", "2026-11-23"]);
    let (answer, figures) = text.split_once("FIGURES").unwrap();
    assert!(answer.starts_with("Globex · Answer · as of 2026-11-23\nAsked: when does Globex renew"), "{text}");
    assert!(answer.contains("The contract is up for renewal on "), "{text}");
    assert!(figures.contains("Renewal") && figures.contains("Contact") && figures.contains("demo"), "{text}");
    assert!(!text.contains("ACTIONS") && !text.contains("HEALTH"), "{text}");
    let json = good(&home, &["is it renewing?", "--customer", "globex", "--format", "json"]);
    let result: PlannerResult = serde_json::from_str(&json).unwrap();
    let cited: Vec<_> = result.blocks.iter().map(|block| block.cites.as_ref().unwrap().as_str()).collect();
    assert_eq!(cited, ["contract.renewal_date"]);
    let text = good(&home, &["what is the notice deadline of Globex?"]);
    assert!(text.contains("The last day to give notice is not known."), "{text}");
}

#[test]
fn a_question_goes_on_with_the_last_conversation_until_that_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let ended = ask(&home, &["--continue", "and", "the", "contact?"]);
    let none = "cs-copilot: there is no conversation yet: ask about a customer first\n";
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(1), none));
    assert!(good(&home, &["--conversations"]).starts_with("There is no conversation yet. "));

    good(&home, &["when does Globex renew?"]);
    let text = good(&home, &["--continue", "and", "the", "contact?"]);
    assert!(text.starts_with("Globex · Answer") && text.contains("The main contact is "), "{text}");
    // Another customer's questions are a conversation of their own.
    good(&home, &["--continue", "how many tickets are open at Hooli?"]);
    let listed = good(&home, &["--conversations"]);
    let lines: Vec<_> = listed.lines().collect();
    assert!(lines.len() == 2 && lines[0].contains("  Hooli  1 question, the last: how many"), "{listed}");
    assert!(lines[1].ends_with("  Globex  2 questions, the last: and the contact?"), "{listed}");

    let globex = lines[1].split(' ').next().unwrap();
    let text = good(&home, &[&format!("--continue={globex}"), "what plan are they on?"]);
    assert!(text.starts_with("Globex · Answer"), "{text}");
    let kept = std::fs::read_dir(home.path().join(".local/share/cs-copilot/conversations")).unwrap();
    for file in kept.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|it| it == "json")) {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", file.display());
    }
    assert_eq!(good(&home, &["--delete", globex]), format!("Forgot the conversation {globex}.\n"));
    assert_eq!(good(&home, &["--conversations"]).lines().count(), 1);
    let why = format!("There is no conversation {globex}. See `cs-copilot ask --conversations`.");
    assert_eq!(refused(&home, &["--delete", globex]), why);
}

#[test]
fn the_flag_says_who_is_meant() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["draft an email about the renewal", "--customer", "acme", "--format", "markdown"]);
    assert!(text.starts_with("# Acme Corp · Renewal brief · as of "), "{text}");
    assert!(text.contains("*Asked: draft an email about the renewal*"), "{text}");
}

#[test]
fn a_question_about_the_book_is_answered_by_the_book() {
    let home = tempfile::tempdir().unwrap();
    let text = good(&home, &["renewals next quarter over 50k", "--as-of", "2026-11-23"]);
    assert!(
        text.starts_with("Understood as renewal:next-quarter arr:>50k · as of 2026-11-23\nAsked: renewals"),
        "{text}"
    );
    assert!(text.contains("\n CUSTOMER  ") && text.contains("\n Hooli  ") && !text.contains("\n Soylent"), "{text}");
    let markdown = good(&home, &["compare Acme and Globex", "--format", "markdown"]);
    assert!(markdown.starts_with("# Understood as name:\"Acme Corp\",Globex · as of "), "{markdown}");
    assert!(markdown.contains("\n| Acme Corp | acme | "), "{markdown}");
    let json: Value =
        serde_json::from_str(&good(&home, &["how many customers are at risk", "--format", "json"])).unwrap();
    assert_eq!(
        (&json["total"], json["rows"].as_array().unwrap().len() as u64),
        (&15.into(), json["fit"].as_u64().unwrap())
    );
    assert_eq!(good(&home, &["top 3 by ARR of all customers", "--format", "ndjson"]).lines().count(), 1);
    let groups = good(&home, &["ARR by industry"]);
    assert!(groups.contains("Understood as by:industry sum:arr") && groups.contains("\n GROUP  "), "{groups}");
}

#[test]
fn a_question_of_which_a_word_is_not_understood_is_not_answered() {
    let home = tempfile::tempdir().unwrap();
    let why = not_understood(&home, &["renewals between march and june in Germany"]);
    assert!(why.starts_with("I answer only what I understand whole: “germany” says nothing to me here. "), "{why}");
    let why = not_understood(&home, &["customers not at risk or overdue"]);
    assert!(why.contains("I cannot tell whether the “not” is of one condition or of all of them"), "{why}");
}

#[test]
fn a_column_of_the_json_is_a_fact_of_its_rows() {
    let home = tempfile::tempdir().unwrap();
    for (question, column) in [
        ("renewals next quarter", "contract.days_to_renewal"),
        ("customers with open tickets", "tickets.open"),
        ("customers whose usage is down", "usage.trend"),
    ] {
        let answer: Value =
            serde_json::from_str(&good(&home, &[question, "--format", "json", "--as-of", "2026-11-23"])).unwrap();
        assert_eq!(answer["columns"][0], column, "{question}");
        let ids: Vec<_> =
            answer["rows"][0]["facts"].as_array().unwrap().iter().map(|reading| &reading["fact"]).collect();
        assert!(answer["columns"].as_array().unwrap().iter().all(|column| ids.contains(&column)), "{question}");
    }
}

#[test]
fn the_book_is_listed_by_a_query_typed_in_options_or_kept_under_a_name() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    std::fs::write(&config, "[views]\nrisky = \"risk:high sort:-arr\"\n").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        command.args(["--config", config.to_str().unwrap()]).args(arguments).env_clear().env("HOME", home.path());
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, typed, _) = run(&["customers", "--where", "risk:high sort:-arr"]);
    let (_, kept, _) = run(&["customers", "--view", "risky"]);
    assert!(code == Some(0) && typed == kept && typed.starts_with("Understood as risk:high sort:-arr · "), "{typed}");
    let (_, groups, _) =
        run(&["customers", "--where", "renewal:>0d", "--by", "risk", "--sum", "arr", "--format", "csv"]);
    assert!(groups.starts_with("group,customers,comes_to\nhigh,"), "{groups}");
    let (_, csv, _) = run(&["customers", "--where", "risk:high", "--columns", "contract.plan", "--format", "csv"]);
    assert!(csv.starts_with("customer_id,name,standing,as_of,contract.plan,stale\n"), "{csv}");
    let (code, _, why) = run(&["customers", "--where", "risk:hihg"]);
    assert!(code == Some(2) && why.contains("\nrisk:hihg\n     ^^^^ risk: wants one of"), "{why}");
    let (_, _, why) = run(&["customers", "--view", "nothing"]);
    assert!(why.contains("There is no view “nothing”. There are risky."), "{why}");
    let (_, answers, told) = run(&["run", "health", "--where", "risk:high", "--format", "ndjson"]);
    assert_eq!(answers.lines().count(), csv.lines().count() - 1, "{told}");
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
fn what_is_not_understood_exits_with_3_and_what_names_no_customer_with_2() {
    let home = tempfile::tempdir().unwrap();
    let why = not_understood(&home, &["what is the weather"]);
    assert!(why.starts_with("I answer only what I understand whole: “weather” says nothing to me here. "), "{why}");
    let why = not_understood(&home, &["which discount does Globex have?"]);
    assert!(why.starts_with("I answer only what I understand whole: “discount” says nothing to me here. "), "{why}");
    assert_eq!(
        refused(&home, &["draft a renewal email"]),
        "Which customer? Name it in the question, or say --customer ID."
    );
    let nobody = refused(&home, &["renewal of Globber Inc"]);
    assert!(nobody.starts_with("There is no customer “Globber Inc”. Did you mean globex (Globex)"), "{nobody}");
    let nobody = refused(&home, &["health of Zzyzx"]);
    assert_eq!(nobody, "There is no customer “Zzyzx”. See `cs-copilot customers`.");
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
    assert_eq!(told, "Nothing would be sent to a language model: the book answers this (sort:score).\n");
}
