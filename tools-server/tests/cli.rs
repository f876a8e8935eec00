//! The program itself: what it prints, refuses and answers with.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// The program in an empty environment.
fn program(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tools-server"));
    command.env_clear().current_dir(directory);
    command
}

fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn key(directory: &Path) -> String {
    run(program(directory).arg("keygen")).1.trim().to_owned()
}

#[test]
fn keygen_prints_a_new_key_that_can_be_used() {
    let directory = TempDir::new().unwrap();
    let (first, second) = (key(directory.path()), key(directory.path()));
    assert_ne!(first, second);
    contracts::signing::MasterKey::from_base64(&first.into()).unwrap();
}

#[test]
fn an_incomplete_configuration_is_refused_in_one_line() {
    let directory = TempDir::new().unwrap();
    let directory = directory.path();
    let refused = |command: &mut Command, words: &str| {
        let (code, _, stderr) = run(command);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.starts_with("tools-server: ") && stderr.contains(words), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    };
    refused(program(directory).arg("serve"), "TOOLS_MASTER_KEY");
    refused(program(directory).arg("serve").env("TOOLS_MASTER_KEY", key(directory)), "DATABASE_URL");
    refused(program(directory).arg("seed"), "DATABASE_URL");
    refused(program(directory).arg("migrate").env("DATABASE_URL", "mysql://h/d"), "DATABASE_URL");
    refused(
        program(directory).arg("migrate").env("DATABASE_URL", "postgres://u:hunter2@ep-x-pooler.example.com/d"),
        "pooler",
    );
    refused(program(directory).args(["serve", "--config", "absent.toml"]), "absent.toml");
    refused(program(directory).args(["serve", "--log", "a=b=c"]), "TOOLS_LOG");
    std::fs::write(directory.join("server.toml"), "log = 'info'\nprot = 1\n").unwrap();
    refused(program(directory).args(["serve", "--config", "server.toml"]), "server.toml:2:1");
}

#[test]
fn a_database_that_was_not_migrated_is_not_served() {
    let directory = TempDir::new().unwrap();
    let (code, _, stderr) = run(program(directory.path())
        .arg("serve")
        .env("DATABASE_URL", "sqlite:book.db")
        .env("TOOLS_MASTER_KEY", key(directory.path())));
    assert_eq!(code, 1);
    assert!(stderr.contains("tools-server migrate"), "{stderr}");
}

#[test]
fn a_file_that_is_no_database_is_not_served() {
    let directory = TempDir::new().unwrap();
    std::fs::write(directory.path().join("book.db"), "minutes of the meeting\n".repeat(1_000)).unwrap();
    let (code, _, stderr) = run(program(directory.path())
        .arg("serve")
        .env("DATABASE_URL", "sqlite:book.db")
        .env("TOOLS_BIND", "127.0.0.1:0")
        .env("TOOLS_AUTHORITY", "localhost")
        .env("TOOLS_MASTER_KEY", key(directory.path())));
    assert_eq!(code, 1);
    assert!(stderr.contains("file is not a database"), "{stderr}");
}

#[test]
fn help_has_examples_and_names_the_secrets() {
    let directory = TempDir::new().unwrap();
    let (code, help, _) = run(program(directory.path()).arg("--help"));
    assert_eq!(code, 0);
    for words in ["serve", "migrate", "seed", "keygen", "Examples:", "DATABASE_URL", "TOOLS_MASTER_KEY"] {
        assert!(help.contains(words), "{words} is in the help");
    }
}

/// Ends the program however the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The address in the next line of the log, which has this message.
fn address(log: &mut impl Iterator<Item = std::io::Result<String>>, message: &str) -> String {
    let line: Value = serde_json::from_str(&log.next().unwrap().unwrap()).unwrap();
    assert_eq!(line["fields"]["message"], message);
    line["fields"]["address"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn metrics_are_counted_by_route_and_served_apart() {
    let directory = TempDir::new().unwrap();
    let program = |argument: &str| {
        let mut command = program(directory.path());
        command.arg(argument).env("DATABASE_URL", "sqlite:book.db").env("TOOLS_MASTER_KEY", key(directory.path()));
        command
    };
    assert_eq!(run(&mut program("migrate")).0, 0);
    let mut serve = program("serve");
    serve.env("TOOLS_BIND", "127.0.0.1:0").env("TOOLS_AUTHORITY", "localhost").env("TOOLS_METRICS_BIND", "127.0.0.1:0");
    let mut running = Running(serve.stderr(Stdio::piped()).spawn().unwrap());
    let mut log = BufReader::new(running.0.stderr.take().unwrap()).lines();
    let (metrics, service) = (address(&mut log, "metrics"), address(&mut log, "listening"));

    let _ = rustls::crypto::ring::default_provider().install_default();
    for path in ["readyz", "readyz", "v1/customers/secret-id", "no/such/secret"] {
        reqwest::get(format!("http://{service}/{path}")).await.unwrap();
    }
    assert_eq!(reqwest::get(format!("http://{service}/metrics")).await.unwrap().status(), 404);
    let told = reqwest::get(format!("http://{metrics}/metrics")).await.unwrap().text().await.unwrap();
    for line in [
        r#"tools_server_requests_total{method="GET",route="/readyz",status="200",code="-"} 2"#,
        r#"tools_server_requests_total{method="GET",route="/v1/customers/{id}",status="405",code="NOT_FOUND"} 1"#,
        r#"tools_server_request_duration_seconds_bucket{le="10.0",method="GET",route="/readyz"} 2"#,
        "tools_server_database_connections_limit 5",
    ] {
        assert!(told.lines().any(|told| told == line), "{line} is in {told}");
    }
    assert!(!told.contains("secret"), "{told}");
}

#[cfg(unix)]
#[tokio::test]
async fn it_migrates_seeds_serves_and_stops_when_told() {
    let directory = TempDir::new().unwrap();
    let key = key(directory.path());
    let program = |arguments: &[&str]| {
        let mut command = program(directory.path());
        command.args(arguments).env("DATABASE_URL", "sqlite:book.db").env("TOOLS_MASTER_KEY", &key);
        command
    };
    for command in ["migrate", "seed"] {
        let (code, _, stderr) = run(&mut program(&[command]));
        assert_eq!(code, 0, "{stderr}");
    }
    let mut child = program(&["serve", "--bind", "127.0.0.1:0", "--authority", "tools.example.com"]);
    let mut running = Running(child.stderr(Stdio::piped()).spawn().unwrap());
    let mut log = BufReader::new(running.0.stderr.take().unwrap()).lines();
    let address = address(&mut log, "listening");

    let _ = rustls::crypto::ring::default_provider().install_default();
    let ready: Value = reqwest::get(format!("http://{address}/readyz")).await.unwrap().json().await.unwrap();
    assert_eq!(ready["ok"], true);

    let terminate = Command::new("kill").arg(running.0.id().to_string()).status().unwrap();
    assert!(terminate.success());
    assert!(running.0.wait().unwrap().success(), "SIGTERM ends it well");
    let last: Value = serde_json::from_str(&log.map_while(Result::ok).last().unwrap()).unwrap();
    assert_eq!(last["fields"]["message"], "stopped");
}

#[tokio::test]
async fn a_server_that_waits_for_its_database_says_so_once() {
    let directory = TempDir::new().unwrap();
    // Somebody listens there and never says a word.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://nobody@{}/none", silent.local_addr().unwrap());
    let mut serve = program(directory.path());
    serve.arg("serve").env("DATABASE_URL", url).env("TOOLS_MASTER_KEY", key(directory.path()));
    let (code, _, stderr) = tokio::task::spawn_blocking(move || run(&mut serve)).await.unwrap();
    assert_eq!(code, 1);
    assert_eq!(stderr.matches("waiting for the database").count(), 1, "{stderr}");
    assert!(stderr.contains("cannot reach the database"), "{stderr}");
}
