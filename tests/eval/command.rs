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
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::scripted::{ScriptedModel, reply::Reply};

/// An account of its own on this machine, with the demo book.
pub struct Account(TempDir);

/// What a start of the program left behind.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Account {
    pub fn new() -> Self {
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

    /// With this model to plan.
    pub fn eval_by(&self, model: &ScriptedModel, arguments: &[&str]) -> Ended {
        let mut command = self.command(&["--planner", "llm"]);
        ended(command.args(arguments).env("OPENAI_BASE_URL", model.base_url()))
    }

    fn eval(&self, arguments: &[&str]) -> Ended {
        ended(&mut self.command(arguments))
    }

    /// Everything is kept in its folder, where another client finds it.
    fn backend(&self) -> Backend {
        Backend::new(Target::Embedded(self.data()))
    }

    async fn sessions(&self) -> Vec<EvalSession> {
        self.backend().evals(&EvalsQuery::default()).await.unwrap()
    }
}

fn ended(command: &mut Command) -> Ended {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// A model that says nothing, so that the rules answer and no run passes.
fn silent() -> Reply {
    Reply::chunks([]).with_usage(100, 50)
}

/// The report without what differs between any two.
fn normalised(text: &str) -> String {
    [
        (r"eval-[0-9a-f]{16}", "EVAL"),
        (r"\d{4}-\d\d-\d\d", "DAY"),
        (r"[0-9.]+ m?s\b", "TIME"),
        (r#"time="[0-9.]+""#, r#"time="TIME""#),
        // Columns are as wide as the times in them.
        (r" {2,}", " "),
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn junit_for_a_ci_server() {
    let (account, model) = (Account::new(), ScriptedModel::start([silent()]).await);
    let ended = account.eval_by(&model, &["--customers", "acme", "--tasks", "churn", "--format", "junit"]);
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
    let cases = u64::from(customers) * 8 * 2;
    assert_eq!(report["totals"]["cases"], cases);
    assert_eq!(report["totals"]["passed"], cases, "no demo customer's answer fails");
    assert_eq!(report["tasks"].as_array().unwrap().len(), 8);

    let [session] = &account.sessions().await[..] else { panic!("one evaluation") };
    assert_eq!((session.totals.cases, session.totals.passed), (cases, cases));
    assert!(session.finished_at.is_some());
    assert_eq!(serde_json::to_value(&session.eval).unwrap(), report["eval"]);
    let query = EvalResultsQuery { customer_id: Some("acme".parse().unwrap()), steps: true, ..Default::default() };
    let kept = account.backend().eval_results(&session.eval.id, &query).await.unwrap();
    assert_eq!(kept.len(), 16);
    let told = report["results"].as_array().unwrap().iter().filter(|result| result["customerId"] == "acme");
    let told: Vec<_> = told.cloned().collect();
    assert!(kept.iter().all(|kept| told.contains(&serde_json::to_value(kept).unwrap())), "to the last bit");
    assert_eq!(account.backend().all_eval_results(&session.eval.id).await.unwrap().len() as u64, cases);

    let history = HistoryQuery { customer_id: "acme".parse().unwrap(), limit: None };
    assert_eq!(account.backend().history(&history).await.unwrap(), [], "no customer's history is flooded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_regression_exits_with_1_and_other_failures_with_3() {
    let (account, model) = (Account::new(), ScriptedModel::start([silent()]).await);
    let acme = ["--customers", "acme", "--tasks", "health"];
    assert_eq!(account.eval(&acme).code, Some(0));
    let [first] = &account.sessions().await[..] else { panic!("one evaluation") };
    // To fall back to the rules is not to pass.
    let alone = account.eval_by(&model, &acme);
    assert_eq!(alone.code, Some(3), "{}", alone.stdout);
    let nothing = "Compared with nothing: no evaluation before it has a case of this one.";
    assert!(alone.stdout.contains("planner: ") && alone.stdout.contains(nothing), "{}", alone.stdout);
    let against = account.eval_by(&model, &[&acme[..], &["--against", first.eval.id.as_str()]].concat());
    assert_eq!(against.code, Some(1), "{}", against.stdout);
    assert!(against.stdout.contains("✗ Acme Corp (acme) · health passed, and now: fail"), "{}", against.stdout);
    let with_none = account.eval_by(&model, &[&acme[..], &["--against", "none"]].concat());
    assert_eq!(with_none.code, Some(3));
    assert!(with_none.stdout.contains("Compared with nothing.\n"), "{}", with_none.stdout);
    let other = account.eval(&["--customers", "globex", "--tasks", "health", "--against", first.eval.id.as_str()]);
    let said = format!("Compared with {}: no case in common, so there is nothing to compare.", first.eval.id);
    assert!(other.code == Some(0) && other.stdout.contains(&said), "{}", other.stdout);

    let unknown = account.eval(&[&acme[..], &["--against", "eval-none"]].concat());
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
    assert!(unknown.stderr.contains("There is no evaluation eval-none."), "{}", unknown.stderr);
    for wrong in [&["--against", "../x"][..], &["--repeat", "0"], &["--all", "--sample", "3"], &["--tasks", "heath"]] {
        assert_eq!(account.eval(wrong).code, Some(2), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_got_worse_is_worse_again_the_next_time_until_what_was_better_is_deleted() {
    let answer = json!({
        "points": [{"cite": ["health.score", "usage.trend", "tickets.open"], "say": "Acme Corp needs a plan."}],
    });
    let account = Account::new();
    let model = ScriptedModel::start([Reply::answer(&answer), silent()]).await;
    let acme = ["--customers", "acme", "--tasks", "health"];
    let good = account.eval_by(&model, &acme);
    assert_eq!(good.code, Some(0), "{}", good.stdout);
    let first = account.sessions().await[0].eval.id.clone();
    for _ in 0..2 {
        let worse = account.eval_by(&model, &acme);
        assert_eq!(worse.code, Some(1), "{}", worse.stdout);
        let said = format!("Compared with {first}: 1 case in common, 0 better, 1 worse.");
        assert!(worse.stdout.contains(&said), "{}", worse.stdout);
    }
    let listed = account.eval(&["--list"]);
    assert_eq!((listed.code, listed.stdout.lines().count()), (Some(0), 4), "{}", listed.stdout);
    assert!(listed.stdout.lines().last().unwrap().contains(first.as_str()), "the newest first: {}", listed.stdout);
    let deleted = account.eval(&["--delete", first.as_str()]);
    let said = format!("Deleted {first} and its results.\n");
    assert_eq!((deleted.code, deleted.stdout), (Some(0), said));
    assert_eq!(account.eval_by(&model, &acme).code, Some(3), "as bad as before");
}

#[test]
fn what_is_kept_is_listed_and_deleted_and_nothing_is_run() {
    let account = Account::new();
    let empty = account.eval(&["--list"]);
    assert_eq!((empty.code, empty.stdout.as_str()), (Some(0), ""));
    assert_eq!(empty.stderr, "No evaluation is kept yet.\n");
    account.eval(&["--customers", "acme,globex", "--tasks", "health,churn"]);
    let listed = account.eval(&["--list"]).stdout;
    let row: Vec<_> = listed.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(row[4..], ["rules", "2", "health,churn", "4", "4"], "{listed}");
    let json: Value = serde_json::from_str(&account.eval(&["--list", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json[0]["eval"]["id"], &json[0]["totals"]["passed"]), (&Value::from(row[0]), &Value::from(4)));

    assert_eq!(account.eval(&["--delete", row[0]]).code, Some(0));
    let gone = account.eval(&["--delete", row[0]]);
    assert_eq!((gone.code, gone.stdout.as_str()), (Some(1), ""), "{}", gone.stderr);
    for wrong in
        [&["--list", "--all"][..], &["--list", "--format", "junit"], &["--delete", "x", "--list"], &["--delete"]]
    {
        assert_eq!(account.eval(wrong).code, Some(2), "{wrong:?}");
    }
    assert_eq!(account.eval(&["--list"]).stdout, "", "nothing was run");
}

#[tokio::test]
async fn without_a_model_nothing_is_run_for_one() {
    let account = Account::new();
    let ended = account.eval(&["--planner", "llm"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.starts_with("cs-copilot: there is no language model to evaluate. "), "{}", ended.stderr);
    assert!(ended.stderr.contains("config set-key") && ended.stderr.contains("OPENAI_BASE_URL"), "{}", ended.stderr);
    assert_eq!(account.sessions().await, []);
}

#[test]
fn the_help_says_what_is_worse_and_how_it_exits() {
    let help = Account::new().eval(&["--help"]).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Exit codes: 0 all passed, 1 a regression",
        "2 wrong usage or no model",
        "3 no regression but some did not pass",
        "130 interrupted",
        "A regression is: a case that passed and does not now",
        "the newest of those that have the most cases of this one",
        "One with a regression is passed over",
    ] {
        assert!(help.contains(said), "{said} is not in {help}");
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
