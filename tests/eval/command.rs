//! The command of the real binary, with the server inside it.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use contracts::{
    eval::{EvalResultsQuery, EvalSession, EvalsQuery},
    history::HistoryQuery,
};
use cs_copilot::backend::{Backend, Target};
use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

/// An account of its own on this machine, with the demo book.
struct Account(TempDir);

/// What a start of the program left behind.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Account {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        command.env_clear().env("HOME", self.0.path()).stdin(Stdio::null());
        command.arg("--data-dir").arg(self.data()).arg("eval").args(arguments);
        // A key kept in a file is looked for there alone.
        std::fs::write(self.0.path().join("config.toml"), "[llm]\nstore = \"file\"\n").unwrap();
        command.arg("--config").arg(self.0.path().join("config.toml"));
        command
    }

    fn eval(&self, arguments: &[&str]) -> Ended {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }

    /// Everything is kept in its folder, where another client finds it.
    fn backend(&self) -> Backend {
        Backend::new(Target::Embedded(self.data()))
    }

    async fn sessions(&self) -> Vec<EvalSession> {
        self.backend().evals(&EvalsQuery::default()).await.unwrap()
    }
}

/// The report without what differs between any two.
fn normalised(text: &str) -> String {
    [
        (r"eval-[0-9a-f]{16}", "EVAL"),
        (r"\d{4}-\d\d-\d\d", "DAY"),
        (r"[0-9.]+ m?s\b", "TIME"),
        (r#"time="[0-9.]+""#, r#"time="TIME""#),
        (r"(TIME|P50|P95) +", "$1 "),
        (r" +(TIME|P50|P95)", " $1"),
        (r"(?m) +$", ""),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (from, to)| Regex::new(from).unwrap().replace_all(&text, to).into_owned())
}

#[test]
fn a_table_for_reading() {
    let account = Account::new();
    let ended = account.eval(&["--customers", "acme,globex", "--tasks", "health,email"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{}", ended.stdout);
    insta::assert_snapshot!("table", normalised(&ended.stdout));
    let again = account.eval(&["--customers", "Acme Corp", "--tasks", "health"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    assert!(again.stdout.contains(": 1 case in common, 0 better, 0 worse."), "{}", again.stdout);
}

#[test]
fn junit_for_a_ci_server() {
    let account = Account::new();
    let ended = account.eval(&["--customers", "acme", "--tasks", "churn", "--planner", "llm", "--format", "junit"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    insta::assert_snapshot!("junit", normalised(&ended.stdout));
}

#[tokio::test]
async fn json_has_everything_and_the_server_keeps_it() {
    let account = Account::new();
    let ended = account.eval(&["--all", "--repeat", "2", "--format", "json"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    let customers = account.backend().whole_book(&contracts::book::BookQuery::default()).await.unwrap().total;
    let cases = u64::from(customers) * 5 * 2;
    assert_eq!(report["totals"]["cases"], cases);
    assert_eq!(report["totals"]["passed"], cases, "no demo customer's answer fails");
    assert_eq!(report["tasks"].as_array().unwrap().len(), 5);

    let [session] = &account.sessions().await[..] else { panic!("one evaluation") };
    assert_eq!((session.totals.cases, session.totals.passed), (cases, cases));
    assert!(session.finished_at.is_some());
    assert_eq!(serde_json::to_value(&session.eval).unwrap(), report["eval"]);
    let query = EvalResultsQuery { customer_id: Some("acme".parse().unwrap()), steps: true, ..Default::default() };
    let kept = account.backend().eval_results(&session.eval.id, &query).await.unwrap();
    assert_eq!(kept.len(), 10);
    let told = report["results"].as_array().unwrap().iter().filter(|result| result["customerId"] == "acme");
    let told: Vec<_> = told.cloned().collect();
    assert!(kept.iter().all(|kept| told.contains(&serde_json::to_value(kept).unwrap())), "to the last bit");
    assert_eq!(account.backend().all_eval_results(&session.eval.id).await.unwrap().len() as u64, cases);

    let history = HistoryQuery { customer_id: "acme".parse().unwrap(), limit: None };
    assert_eq!(account.backend().history(&history).await.unwrap(), [], "no customer's history is flooded");
}

#[tokio::test]
async fn a_regression_exits_with_1_and_other_failures_with_3() {
    let account = Account::new();
    let acme = ["--customers", "acme", "--tasks", "health"];
    assert_eq!(account.eval(&acme).code, Some(0));
    let [first] = &account.sessions().await[..] else { panic!("one evaluation") };
    // There is no model, and to fall back to the rules is not to pass.
    let by_model = [&acme[..], &["--planner", "llm"]].concat();
    let alone = account.eval(&by_model);
    assert_eq!(alone.code, Some(3), "{}", alone.stdout);
    assert!(alone.stdout.contains("planner: ") && alone.stdout.contains("Compared with nothing."), "{}", alone.stdout);
    let against = account.eval(&[&by_model[..], &["--against", first.eval.id.as_str()]].concat());
    assert_eq!(against.code, Some(1), "{}", against.stdout);
    assert!(against.stdout.contains("✗ Acme Corp (acme) · health passed, and now: fail"), "{}", against.stdout);
    assert_eq!(account.eval(&[&by_model[..], &["--against", "none"]].concat()).code, Some(3));

    let unknown = account.eval(&[&acme[..], &["--against", "eval-none"]].concat());
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
    assert!(unknown.stderr.contains("There is no evaluation eval-none."), "{}", unknown.stderr);
    for wrong in [&["--against", "../x"][..], &["--repeat", "0"], &["--all", "--sample", "3"], &["--tasks", "heath"]] {
        assert_eq!(account.eval(wrong).code, Some(2), "{wrong:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_ran_until_an_interruption_is_kept() {
    let account = Account::new();
    let mut command = account.command(&["--all", "--repeat", "100", "--format", "json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !Path::new(&account.data()).is_dir() {
        tokio::task::yield_now().await;
    }
    let backend = account.backend();
    let is_running = |sessions: &[EvalSession]| sessions.iter().any(|session| session.totals.cases > 0);
    while !is_running(&backend.evals(&EvalsQuery::default()).await.unwrap_or_default()) {}
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [session] = &account.sessions().await[..] else { panic!("one evaluation") };
    assert_eq!(session.finished_at, None);
    assert_eq!(report["totals"]["cases"], session.totals.cases, "every run that is told of is kept");
    assert!(session.totals.cases < session.eval.cases());
}
