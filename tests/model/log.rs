//! The program with a model: what it prints, and what it does not log.

use std::{fs, path::Path, process::Output};

use cs_copilot::chat::{Model, key::Key};
use serde_json::json;

use crate::{
    scripted::{ScriptedModel, reply::Reply},
    support::{KEY, SAID, answer},
};

async fn program(home: &Path, model: &ScriptedModel, arguments: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(arguments).env_clear().env("HOME", home).env("OPENAI_API_KEY", KEY);
    command.env("OPENAI_BASE_URL", model.base_url()).env("OPENAI_MODEL", "scripted");
    command.output().await.unwrap()
}

fn log(home: &Path) -> String {
    let files = fs::read_dir(home.join(".local/state/cs-copilot/logs")).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn even_at_its_finest_the_log_has_no_word_of_it() {
    let home = tempfile::tempdir().unwrap();
    let broken = Reply::raw([b"data: {\"choices\": [Quixotic\n\n".to_vec()]);
    let error = Reply::error(500, "Quixotic failure").header("retry-after", "0");
    let no_error = Reply::raw([b"Quixotic".to_vec()]).header("x-request-id", "req-1");
    let wrong = Reply::answer(&json!({"Quixotic": 1}));
    for replies in [vec![broken], vec![error], vec![no_error], vec![wrong], vec![Reply::answer(&answer())]] {
        let model = ScriptedModel::start(replies).await;
        let ended =
            program(home.path(), &model, &["run", "churn", "acme", "--planner", "llm", "--log-level", "trace"]).await;
        assert!(ended.status.success(), "{ended:?}");
        assert!(!model.requests().is_empty());
    }
    let log = log(home.path());
    assert_eq!(log.matches("asked the model").count(), 6, "{log}");
    assert!(log.contains("model=\"scripted\"") && log.contains("input_tokens=100"), "{log}");
    for word in ["Quixotic", "Acme", KEY, "needs a plan", "async_openai"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
}

#[tokio::test]
async fn the_command_line_chooses_the_planner() {
    let home = tempfile::tempdir().unwrap();
    let model = ScriptedModel::start([Reply::answer(&answer())]).await;
    let ended = program(home.path(), &model, &["run", "churn", "acme", "--planner", "llm"]).await;
    let text = String::from_utf8(ended.stdout).unwrap();
    assert!(text.contains(SAID), "{text}");
    program(home.path(), &model, &["run", "churn", "acme"]).await;
    program(home.path(), &model, &["run", "churn", "acme", "--planner", "deterministic"]).await;
    assert_eq!(model.requests().len(), 1, "the rules answer what was not asked in words");
}

#[tokio::test]
async fn the_key_of_the_environment_goes_to_the_address_under_llm_alone() {
    let home = tempfile::tempdir().unwrap();
    let (mine, other) = (ScriptedModel::start([Reply::answer(&answer())]).await, ScriptedModel::start([]).await);
    let folder = home.path().join(".config/cs-copilot");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), format!("[llm.other]\nbase_url = \"{}\"\n", other.base_url())).unwrap();
    for profile in [&[][..], &["--llm", "other"]] {
        let arguments = [&["run", "churn", "acme", "--planner", "llm"], profile].concat();
        assert!(program(home.path(), &mine, &arguments).await.status.success());
    }
    let key = |model: &ScriptedModel| model.requests()[0].headers.get("authorization").cloned();
    assert_eq!(key(&mine).unwrap(), format!("Bearer {KEY}"));
    assert_eq!(key(&other), None);
}

#[tokio::test]
async fn a_dry_run_prints_the_request_and_sends_nothing() {
    let home = tempfile::tempdir().unwrap();
    let model = ScriptedModel::start([Reply::answer(&answer())]).await;
    let ended = program(home.path(), &model, &["run", "churn", "acme", "--planner", "llm", "--dry-run"]).await;
    let text = String::from_utf8(ended.stdout).unwrap();
    let (head, body) = text.split_once("\n\n").unwrap();
    assert_eq!(head, format!("POST {}/chat/completions", model.base_url()));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["model"], "scripted");
    assert!(!text.contains(KEY));
    let ended = program(home.path(), &model, &["run", "churn", "acme", "--dry-run"]).await;
    let text = String::from_utf8(ended.stdout).unwrap();
    assert_eq!(text, "Nothing would be sent to a language model: the rules answer this.\n");
    assert!(model.requests().is_empty());
}

#[tokio::test]
async fn debug_output_has_no_key() {
    let world = crate::support::World::new([]).await;
    let key = Key::given(Some(KEY.into()));
    let model = Model::new(world.config.clone(), key, Path::new("."));
    assert!(!format!("{model:?}").contains(KEY));
}
