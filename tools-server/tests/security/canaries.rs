//! Secrets sent through every way in which the program can fail; what it prints and logs is searched for them.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use serde_json::{Value, json};
use tempfile::TempDir;

const MASTER: &str = "Y2FuYXJ5LW1hc3Rlci1rZXktb2YtdGhpcnR5LXR3by1ieXRlcw==";
const PREVIOUS: &str = "Y2FuYXJ5LXByZXZpb3VzLWtleS1vZi0zMi1ieXRlcy1hbmQtbW9yZQ==";
const PASSWORD: &str = "canary-password-of-the-database";
const SERVICE: &str = "canary-secret-of-a-service-0123456789";
/// As long as the shortest of its kind.
const TOKEN: &str =
    "eyJhbGciOiJSUzI1NiIsInR5cCI6ImF0K2p3dCJ9.Y2FuYXJ5LWNsYWltcy1vZi1hLXVzZXI.canary-signature-canary-signature";

/// Fails where one of the secrets, or any part of one that would help to guess it, is in `text`.
#[track_caller]
fn clean(what: &str, text: &str, more: &[&str]) {
    let fixed = [MASTER, PREVIOUS, PASSWORD, SERVICE, TOKEN, "canary-", "Y2FuYXJ5"];
    for secret in fixed.iter().chain(more) {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

/// The program with an environment full of secrets, as talkative as it can be.
fn program(directory: &Path, arguments: &[&str], changes: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tools-server"));
    command.env_clear().current_dir(directory).args(arguments);
    command.env("RUST_BACKTRACE", "full").env("TOOLS_LOG", "trace");
    command.env("TOOLS_MASTER_KEY", MASTER).env("TOOLS_MASTER_KEY_PREVIOUS", PREVIOUS);
    command.env("DATABASE_URL", format!("postgres://canary:{PASSWORD}@127.0.0.1:1/book"));
    command.envs(changes.iter().copied());
    command
}

/// A service with these secrets, as the configuration has it.
fn service(secrets: &[&str]) -> String {
    format!("[[service_clients]]\nname = \"portal\"\nsecrets = {secrets:?}\nowners = [\"user_b\"]\n")
}

/// Runs it and expects it to fail without a word of the secrets.
fn fails(what: &str, directory: &Path, arguments: &[&str], changes: &[(&str, &str)]) {
    let output = program(directory, arguments, changes).output().unwrap();
    let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(!output.status.success(), "{what} is refused: {told}");
    assert!(told.contains("tools-server: ") || told.contains("error: "), "{what} is explained: {told}");
    clean(what, &told, &[]);
}

#[test]
fn a_configuration_that_is_refused_is_not_repeated() {
    let directory = TempDir::new().unwrap();
    let directory = directory.path();
    let password_in = |url: &str| url.replace("PASSWORD", PASSWORD);
    for (what, url) in [
        ("another kind of database", "mysql://canary:PASSWORD@h/book"),
        ("a URL with a broken port", "postgres://canary:PASSWORD@h:port/book"),
        ("a URL with a broken parameter", "postgres://canary:PASSWORD@127.0.0.1/book?sslmode=PASSWORD"),
        ("a bare password", "PASSWORD"),
        ("a pooler to migrate through", "postgres://canary:PASSWORD@ep-x-pooler.example.com/book"),
    ] {
        fails(what, directory, &["migrate"], &[("DATABASE_URL", &password_in(url))]);
    }
    for (what, name) in [("the master key", "TOOLS_MASTER_KEY"), ("the one before", "TOOLS_MASTER_KEY_PREVIOUS")] {
        fails(&format!("a short value of {what}"), directory, &["serve"], &[(name, "canary-short")]);
        fails(&format!("a value of {what} that is no base64"), directory, &["serve"], &[(name, "canary-!?-key")]);
    }
    fails("an address that is none", directory, &["serve", "--bind", "here"], &[]);
    let direct = password_in("postgres://canary:PASSWORD@h:port/book");
    fails("a direct URL with a broken port", directory, &["migrate"], &[("DATABASE_DIRECT_URL", &direct)]);
    fails("Clerk's key without an issuer", directory, &["serve"], &[("TOOLS_AUTH_CLERK_SECRET_KEY", "canary-clerk")]);
    fails("a flag that is none", directory, &["serve", &format!("--master-key={MASTER}")], &[]);

    let files = [
        ("a secret without quotes", format!("master_key = {PASSWORD}\n")),
        ("a secret that does not end", format!("master_key = \"{MASTER}\n")),
        ("a secret of another type", format!("master_key = [\"{MASTER}\"]\n")),
        ("a secret in an unknown field", format!("master_kye = \"{MASTER}\"\n")),
        ("a secret that is there twice", format!("master_key = \"{MASTER}\"\nmaster_key = \"{MASTER}\"\n")),
        ("a secret as a table", format!("[master_key]\nvalue = \"{MASTER}\"\n")),
        ("a secret beside a mistake", format!("bind = 1\nmaster_key = \"{MASTER}\"\n")),
        ("a password in the wrong place", format!("database_url = \"postgres://u:{PASSWORD}@h/d\"\n")),
        ("a password of another type", format!("[database]\nurl = {{ password = \"{PASSWORD}\" }}\n")),
        ("a short secret of a service", service(&["canary-short"])),
        ("three secrets of a service", service(&[SERVICE, SERVICE, SERVICE])),
        ("a secret as the name of a service", service(&[SERVICE]).replace("portal", "a name")),
        ("a service of nobody's", service(&[SERVICE]).replace("user_b", "not an id")),
        ("two services of one name", format!("{0}{0}", service(&[SERVICE]))),
    ];
    for (what, text) in files {
        std::fs::write(directory.join("server.toml"), text).unwrap();
        fails(what, directory, &["serve", "--config", "server.toml"], &[]);
    }
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let directory = TempDir::new().unwrap();
    thread::scope(|scope| {
        for command in ["migrate", "seed", "serve"] {
            scope.spawn(|| fails(command, directory.path(), &[command], &[]));
        }
    });
}

/// A running server, and all that it says.
struct Running {
    child: Child,
    address: String,
    said: Option<thread::JoinHandle<String>>,
}

impl Running {
    fn start(directory: &Path, changes: &[(&str, &str)]) -> Self {
        let arguments = ["serve", "--bind", "127.0.0.1:0", "--authority", "tools.example.com"];
        let mut child = program(directory, &arguments, changes).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let (mut said, mut address) = (String::new(), None);
        while address.is_none() {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "it listens: {said}");
            said.push_str(&line);
            let line: Value = serde_json::from_str(&line).unwrap();
            address = line["fields"]["address"].as_str().map(str::to_owned);
        }
        let said = thread::spawn(move || {
            log.read_to_string(&mut said).unwrap();
            said
        });
        Self { child, address: address.unwrap(), said: Some(said) }
    }

    /// Ends it; everything that it said.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        self.said.take().unwrap().join().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, or the test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_running_server_logs_none_of_what_it_holds_or_is_sent() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let directory = TempDir::new().unwrap();
    let database = [("DATABASE_URL", "sqlite:book.db")];
    assert!(program(directory.path(), &["migrate"], &database).output().unwrap().status.success());
    let server = Running::start(directory.path(), &database);
    let http = reqwest::Client::new();
    let url = |path: &str| format!("http://{}{path}", server.address);
    let ask = async |request: reqwest::RequestBuilder| request.send().await.unwrap().text().await.unwrap();

    let granted = ask(http.post(url("/v1/session")).json(&json!({}))).await;
    let granted: Value = serde_json::from_str(&granted).unwrap();
    let key = granted["data"]["key"].as_str().unwrap();
    let sent = [
        http.post(url("/v1/session")).json(&json!({ "accessToken": TOKEN })),
        http.post(url("/v1/session")).body(format!("{{\"accessToken\": {TOKEN}}}")),
        http.post(url("/v1/session")).json(&json!({ "accessToken": [TOKEN] })),
        http.post(url("/v1/session")).json(&json!({ TOKEN: "accessToken" })),
        http.get(url("/v1/customers")).bearer_auth(TOKEN),
        http.get(url("/v1/customers")).header("signature", format!("cs=:{key}:")).header("signature-input", TOKEN),
        http.get(url(&format!("/v1/customers?access_token={TOKEN}"))),
        http.get(url(&format!("/{TOKEN}"))),
        http.post(url("/v1/customers")).header("x-request-id", TOKEN).body(TOKEN),
        http.get(url("/api/db/health")),
    ];
    for request in sent {
        let answer = ask(request).await;
        // serde names an unknown field, to the one who sent it; nothing else is repeated.
        if !answer.contains("unknown field") {
            clean("an answer", &answer, &[key]);
        }
    }
    clean("the log", &server.end(), &[key]);
}

/// In the environment of the process that panics.
const PANICS: &str = "CANARIES_PANIC";

#[test]
#[ignore = "one half of the next test: a process that panics"]
fn a_process_that_panics() {
    tools_server::panics::log_panics();
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    panic!("{}", std::env::var(PANICS).unwrap());
}

#[test]
fn a_panic_is_told_without_its_message() {
    let panicking = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "canaries::a_process_that_panics"])
        .env(PANICS, PASSWORD)
        .output()
        .unwrap();
    let told = String::from_utf8([panicking.stdout, panicking.stderr].concat()).unwrap();
    assert!(told.contains("panic") && told.contains("canaries.rs:"), "it says where: {told}");
    clean("a panic", &told, &[]);
}
