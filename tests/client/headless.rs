//! The headless commands of the real binary: what goes to stdout, what to stderr, and the exit code.

use std::{path::Path, process::Stdio};

use contracts::{
    TaskId,
    book::BookPage,
    history::Message,
    planner::PlannerResult,
    run::{RunEvent, RunEventKind},
};
use domain::tasks::Tasks;
use tempfile::TempDir;
use tokio::process::Command;

use crate::support::{server::Server, wire::nobody};

/// What a command did.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// The binary with a home of its own, so that nothing of this machine's matters.
fn command(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(args).env_clear().env("HOME", home).stdin(Stdio::null());
    command
}

async fn in_home(home: &Path, args: &[&str]) -> Done {
    let output = command(home, args).output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Done { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A machine where the program was never started.
fn fresh() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn book(done: &Done) -> BookPage {
    serde_json::from_str(&done.stdout).unwrap()
}

#[tokio::test]
async fn every_task_answers_in_every_format() {
    let home = fresh();
    for (task, title) in Tasks::shipped().iter().map(|task| (task.id.clone(), &task.title)) {
        let done = in_home(home.path(), &["run", task.as_str(), "acme"]).await;
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{done:?}");
        assert!(done.stdout.starts_with(&format!("Acme Corp · {title} · as of ")), "{done:?}");
        let done = in_home(home.path(), &["run", task.as_str(), "Acme Corp", "--format", "markdown"]).await;
        assert!(done.stdout.starts_with(&format!("# Acme Corp · {title}")), "{done:?}");
        let done = in_home(home.path(), &["run", task.as_str(), "acme", "--format", "json"]).await;
        let result: PlannerResult = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!((result.task, result.customer_id.as_str()), (task, "acme"));
    }
    let done = in_home(home.path(), &["history", "acme", "--limit", "100", "--format", "json"]).await;
    let kept: Vec<Message> = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(kept.len(), 3 * Tasks::shipped().iter().count());
    assert!(kept.is_sorted_by(|newer, older| newer.created_at >= older.created_at));
    let done = in_home(home.path(), &["history", "acme", "--limit", "2"]).await;
    assert_eq!(done.stdout.matches(" · Executive summary · ").count(), 2, "{done:?}");
}

#[tokio::test]
async fn ndjson_is_every_event_as_it_happens() {
    let home = fresh();
    let done = in_home(home.path(), &["run", "churn", "acme", "--format", "ndjson"]).await;
    let events: Vec<RunEvent> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(matches!(events.first().unwrap().kind, RunEventKind::Planned { ref task, .. } if *task == TaskId::CHURN));
    assert!(matches!(events.last().unwrap().kind, RunEventKind::Finished { .. }));
}

#[tokio::test]
async fn the_whole_book_is_answered_worst_first() {
    let home = fresh();
    let listed = book(&in_home(home.path(), &["customers", "--format", "json"]).await);
    let done = in_home(home.path(), &["run", "health", "--all", "--format", "ndjson"]).await;
    let results: Vec<PlannerResult> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let order = |ids: Vec<&contracts::CustomerId>| ids.into_iter().map(ToString::to_string).collect::<Vec<_>>();
    let worst_first = order(listed.customers.iter().map(|row| &row.id).collect());
    assert_eq!(order(results.iter().map(|result| &result.customer_id).collect()), worst_first);
    assert_eq!(done.code, Some(3), "some demo customers lack data: {}", done.stderr);
    assert!(done.stderr.starts_with(&format!("{} customers: ", listed.total)), "{}", done.stderr);
    let done = in_home(home.path(), &["run", "health", "--all", "--format", "json"]).await;
    let array: Vec<PlannerResult> = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(array.len(), results.len());
}

#[tokio::test]
async fn the_whole_book_at_once_is_scored_and_kept_like_each_customer_alone() {
    let home = fresh();
    let done = in_home(home.path(), &["run", "health", "--all", "--format", "ndjson"]).await;
    let all: Vec<PlannerResult> = done.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!all.is_empty());
    for result in all {
        let id = result.customer_id.clone();
        let kept = in_home(home.path(), &["history", id.as_str(), "--format", "json"]).await;
        let kept: Vec<Message> = serde_json::from_str(&kept.stdout).unwrap();
        let said = |it: &PlannerResult| (it.title(), it.as_of, it.revision, it.summary.clone(), it.health.clone());
        assert_eq!(kept.iter().map(|message| said(&message.result)).collect::<Vec<_>>(), [said(&result)]);
        let alone = in_home(home.path(), &["run", "health", id.as_str(), "--format", "json"]).await;
        let alone: PlannerResult = serde_json::from_str(&alone.stdout).unwrap();
        let (said, said_alone) = (result.summary.unwrap().to_string(), alone.summary.unwrap().to_string());
        assert!(said.split(" Not known: ").all(|sentence| said_alone.contains(sentence)), "{said} / {said_alone}");
        assert_eq!((result.health, result.as_of), (alone.health, alone.as_of), "{id}");
    }
}

#[tokio::test]
async fn people_read_a_line_for_each_customer_of_the_book_or_of_a_query() {
    let home = fresh();
    let all = in_home(home.path(), &["run", "health", "--all"]).await.stdout;
    assert!(all.lines().all(|line| ["high ", "unknown ", "medium ", "low "].iter().any(|risk| line.starts_with(risk))));
    assert!(all.lines().any(|line| line.contains("Acme Corp: usage ") && line.contains(" open ticket")), "{all}");
    assert!(all.contains("; not known: "), "what is missing is said: {all}");
    let some = in_home(home.path(), &["run", "health", "--where", "risk:high sort:name"]).await.stdout;
    let high: Vec<_> = all.lines().filter(|line| line.starts_with("high ")).collect();
    let name = |line: &str| line[13..].to_lowercase();
    let mut by_name = high.clone();
    by_name.sort_by_key(|line| name(line));
    assert!(!high.is_empty());
    assert_eq!(some.lines().collect::<Vec<_>>(), by_name);
    let markdown = in_home(home.path(), &["run", "health", "--all", "--format", "markdown"]).await.stdout;
    assert!(markdown.lines().all(|line| line.starts_with("- **")), "{markdown}");
}

#[tokio::test]
async fn an_empty_book_is_no_failure_and_says_what_to_do() {
    let home = fresh();
    let done = in_home(home.path(), &["demo", "remove"]).await;
    assert!(done.stdout.starts_with("Removed ") && done.stdout.ends_with("; your own stay.\n"), "{done:?}");
    let done = in_home(home.path(), &["run", "health", "--all", "--format", "json"]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "[]\n"));
    let done = in_home(home.path(), &["customers"]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), ""));
    assert!(done.stderr.contains("cs-copilot import"), "{done:?}");
    let done = in_home(home.path(), &["demo", "remove"]).await;
    assert_eq!(done.stdout, "There are no demo customers.\n");
    let done = in_home(home.path(), &["demo", "add"]).await;
    assert!(done.stdout.starts_with("The demo book is in: "), "{done:?}");
}

#[tokio::test]
async fn customers_go_by_any_unambiguous_name() {
    let home = fresh();
    for name in ["acme", "ACME", "acme corp", "Acme", "cme co"] {
        let done = in_home(home.path(), &["run", "email", name, "--format", "json"]).await;
        let result: PlannerResult = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!(result.customer_id.as_str(), "acme", "{name}");
    }
    let done = in_home(home.path(), &["run", "email", "acne"]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.starts_with("cs-copilot: There is no customer “acne”. Did you mean acme (Acme Corp)"),
        "{done:?}"
    );
    let done = in_home(home.path(), &["history", "s"]).await;
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("“s” fits ") && done.stderr.contains("stark (Stark Industries)"), "{done:?}");
    let done = in_home(home.path(), &["run", "email", "\u{1b}[31m\u{202e}qqqqq"]).await;
    assert_eq!(done.stderr, "cs-copilot: There is no customer “[31mqqqqq”. See `cs-copilot customers`.\n");
}

#[tokio::test]
async fn wrong_usage_is_exit_code_two() {
    let home = fresh();
    for args in [&["run", "health"][..], &["run", "dance", "acme"], &["run", "health", "acme", "--all"], &["history"]] {
        let done = in_home(home.path(), args).await;
        assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{done:?}");
    }
}

#[tokio::test]
async fn the_book_is_filtered_and_sorted() {
    let home = fresh();
    let done = in_home(home.path(), &["customers", "--sort", "name", "--format", "json"]).await;
    let names: Vec<_> = book(&done).customers.iter().map(|row| row.name.as_str().to_lowercase()).collect();
    assert!(names.is_sorted(), "{names:?}");
    let done = in_home(home.path(), &["customers", "--filter", "ACM"]).await;
    assert_eq!(done.stdout.lines().count(), 2, "a header and one customer: {}", done.stdout);
    let done = in_home(home.path(), &["customers", "--filter", "nobody at all"]).await;
    assert_eq!((done.stdout.as_str(), done.stderr.as_str()), ("", "No customer fits the filter.\n"));
}

#[tokio::test]
async fn foreign_names_reach_stdout_clean_and_spreadsheets_as_text() {
    let (server, home) = (Server::start(true).await, fresh());
    for format in ["table", "json", "csv"] {
        let args = ["customers", "--server", server.url.as_str(), "--filter", "formula", "--format", format];
        let done = in_home(home.path(), &args).await;
        assert!(done.stdout.contains("HYPERLINK"), "{done:?}");
        assert!(done.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{done:?}");
        assert!(!done.stdout.contains(['\u{202e}', '\u{200b}']), "{done:?}");
        if format == "csv" {
            let mut csv = csv::Reader::from_reader(done.stdout.as_bytes());
            let row = csv.records().next().unwrap().unwrap();
            assert_eq!((&row[0], &row[1], &row[2]), ("formula", "'=HYPERLINK(\"x\")]52;c;eA==", "unknown"));
        }
    }
}

#[tokio::test]
async fn failures_are_one_sentence_and_exit_code_one() {
    let (server, home, nobody) = (Server::start(true).await, fresh(), nobody().await);
    let done = in_home(home.path(), &["run", "health", "acme", "--server", nobody.as_str()]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(done.stderr.starts_with("cs-copilot: Could not reach the tools server at http://127.0.0.1:"), "{done:?}");
    assert_eq!(done.stderr.lines().count(), 1, "{done:?}");

    let done = in_home(home.path(), &["run", "health", "blank", "--server", server.url.as_str()]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(done.stderr.starts_with("cs-copilot: Nothing is known of Blank Ltd: "), "{done:?}");
    let done =
        in_home(home.path(), &["run", "health", "blank", "--server", server.url.as_str(), "--format", "json"]).await;
    let result: PlannerResult = serde_json::from_str(&done.stdout).unwrap();
    assert!(result.used_tools.iter().all(|tool| tool.missing.is_some()), "programs still get the result");
}

#[tokio::test]
async fn a_reader_that_has_gone_is_no_failure() {
    let home = fresh();
    in_home(home.path(), &["customers"]).await;
    let mut child = command(home.path(), &["run", "health", "--all"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

const OWN: &str = "---\nname: team-note\ndescription: For the team.\n---\n# Team note\n\n{{ customer.name }}\n{% if says.usage.change %}- {{ \
                   says.usage.change }}{% endif %}\n";

#[tokio::test]
async fn a_task_of_ones_own_is_listed_checked_run_and_evaluated_as_any_other() {
    let home = fresh();
    let done = in_home(home.path(), &["tasks", "new", "team-note"]).await;
    let file = done.stdout.trim().to_owned();
    let done = in_home(home.path(), &["tasks", "check"]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "1 task of your own: nothing is wrong.\n"), "{done:?}");
    std::fs::write(&file, OWN).unwrap();
    let done = in_home(home.path(), &["tasks"]).await;
    assert!(
        done.stdout.contains("team-note") && done.stdout.contains("Team note (your own). For the team."),
        "{done:?}"
    );
    let done = in_home(home.path(), &["run", "team-note", "acme"]).await;
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.stdout.starts_with("Acme Corp · Team note · as of ") && done.stdout.contains("\n- Logins a day rose"),
        "{done:?}"
    );
    let done = in_home(home.path(), &["eval", "--customers", "acme", "--tasks", "team-note"]).await;
    assert_eq!(done.code, Some(0), "{done:?}");
    std::fs::write(&file, OWN.replace("usage.change %}", "usage.chnge %}")).unwrap();
    for command in [&["tasks", "check"][..], &["run", "team-note", "acme"]] {
        let done = in_home(home.path(), command).await;
        assert!(done.stderr.contains("team-note.md, line 8: there is no says.usage.chnge here"), "{done:?}");
        assert_ne!(done.code, Some(0));
    }
}

/// The files that the guide shows, by their names.
fn of_the_guide(name: &str) -> String {
    let guide = include_str!("../../docs/tasks.md");
    let files = guide.split("```md\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let found = files.map(|(file, _)| file).find(|file| file.contains(&format!("name: {name}\n")));
    found.expect("the guide has it").to_owned()
}

#[tokio::test]
async fn a_task_over_the_book_is_a_page_of_its_query_or_of_another() {
    let home = fresh();
    let file = in_home(home.path(), &["tasks", "new", "monday"]).await.stdout.trim().to_owned();
    std::fs::write(&file, of_the_guide("monday")).unwrap();
    let page = async |args: &[&str]| {
        let done = in_home(home.path(), &[&["run", "monday"], args].concat()).await;
        assert_eq!(done.code, Some(0), "{done:?}");
        done.stdout
    };
    let risky = page(&[]).await;
    assert!(risky.starts_with("Monday\nAs of ") && risky.contains(": risk:high sort:-arr, "), "{risky}");
    assert!(risky.contains("\n- Umbrella") && !risky.contains("Acme Corp"), "{risky}");
    let all: serde_json::Value = serde_json::from_str(&page(&["--all", "--format", "json"]).await).unwrap();
    assert!(all["customers"].as_u64() > Some(10) && all["text"].as_str().unwrap().contains("Acme Corp"), "{all}");
    let some = page(&["--where", "risk:low", "--format", "markdown"]).await;
    assert!(some.starts_with("# Monday\n\n*As of ") && !some.contains("Umbrella"), "{some}");
    let one = page(&["acme"]).await;
    assert!(one.contains("1 customer") && one.contains("- Acme Corp") && !one.contains("Umbrella"), "{one}");
    let refused = in_home(home.path(), &["run", "monday", "--as", "html", "--out", "here"]).await;
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused:?}");
    let judged = in_home(home.path(), &["eval", "--customers", "acme,globex", "--tasks", "monday"]).await;
    assert_eq!(judged.code, Some(0), "{judged:?}");
}

#[tokio::test]
async fn the_task_of_the_guide_is_over_its_quarter_or_another() {
    let home = fresh();
    let file = in_home(home.path(), &["tasks", "new", "team-note"]).await.stdout.trim().to_owned();
    std::fs::write(&file, of_the_guide("team-note")).unwrap();
    let told = async |args: &[&str]| in_home(home.path(), &[&["run", "team-note", "acme"], args].concat()).await;
    let (own, other) = (told(&[]).await, told(&["--quarter", "2019-Q1"]).await);
    assert!(own.stdout.contains("- Closed last quarter: "), "{own:?}");
    assert!(other.stdout.contains("- Closed last quarter: no tickets"), "{other:?}");
    let refused = in_home(home.path(), &["run", "health", "acme", "--quarter", "2019-Q1"]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
}

#[tokio::test]
async fn a_task_of_ones_own_is_shown_and_confirmed_as_it_is() {
    let home = fresh();
    let file = in_home(home.path(), &["tasks", "new", "team-note"]).await.stdout.trim().to_owned();
    std::fs::write(&file, OWN).unwrap();
    let done = in_home(home.path(), &["tasks", "trust", "team-note"]).await;
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), OWN), "{done:?}");
    assert!(done.stderr.contains("until it changes"), "{done:?}");
    let shipped = in_home(home.path(), &["tasks", "trust", "health"]).await;
    assert!(shipped.stderr.contains("nothing to confirm"), "{shipped:?}");
    assert_eq!(in_home(home.path(), &["tasks", "trust", "nothing"]).await.code, Some(2));
}

#[tokio::test]
async fn the_portfolio_counts_the_whole_book_in_every_format() {
    let home = fresh();
    let done = in_home(home.path(), &["portfolio", "--by", "segment"]).await;
    assert!(done.stdout.starts_with("# Portfolio on ") && done.stdout.contains("ARR at risk: "), "{done:?}");
    let json = in_home(home.path(), &["portfolio", "--format", "json"]).await;
    let page: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let of_bands: u64 = page["bands"].as_array().unwrap().iter().map(|band| band["customers"].as_u64().unwrap()).sum();
    assert_eq!(page["all"]["customers"].as_u64(), Some(of_bands));
    let html = in_home(home.path(), &["portfolio", "--where", "risk:high", "--format", "html"]).await;
    assert!(html.stdout.starts_with("<!doctype html>") && html.stdout.contains("risk:high"), "{html:?}");
}
