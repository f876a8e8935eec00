//! Signature v2 against the Python package `http-message-signatures`.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use chrono::Utc;
use contracts::{Envelope, session::SessionGrant};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::recorder::Recorder;

#[derive(Deserialize)]
struct Answer {
    signed: Vec<serde_json::Map<String, Value>>,
    verified: Vec<Option<String>>,
}

/// What the Python package says; `None` where there is no Python.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn python(asked: &Value) -> Option<Answer> {
    let Some(python) = std::env::var_os("TEST_PYTHON") else {
        eprintln!("skipped: TEST_PYTHON is not set");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/peer.py");
    let mut peer = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    peer.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
    let output = peer.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[tokio::test]
async fn the_server_accepts_what_python_signs() {
    let server = Recorder::start().await;
    let http = reqwest::Client::new();
    let answer = http.post(format!("{}/v1/session", server.url)).json(&json!({})).send().await.unwrap();
    let grant: Envelope<SessionGrant> = answer.json().await.unwrap();
    let grant = grant.into_result().unwrap().unwrap();
    let requests = [
        ("GET", "/v1/customers?sort=name&limit=3", ""),
        ("GET", "/v1/customers?filter=a%20b%2Fc", ""),
        ("POST", "/v1/tools/calculate_health", r#"{"customerId":"acme"}"#),
        ("POST", "/v1/customers", r#"{"id":"python","name":"Pythön Ltd"}"#),
        ("DELETE", "/v1/customers/python", ""),
    ];
    let now = Utc::now().timestamp();
    let sign: Vec<_> = (0..)
        .zip(requests)
        .map(|(number, (method, path, body))| {
            json!({
                "method": method, "url": format!("{}{path}", server.url), "body": body,
                "headers": { "Content-Type": "application/json" },
                "keyid": grant.keyid, "key": grant.key.expose_secret(),
                "created": now, "expires": now + 60, "nonce": format!("nonce-of-python-{number:08}"),
            })
        })
        .collect();
    let Some(answer) = python(&json!({ "sign": sign, "verify": [] })) else { return };
    for ((method, path, body), headers) in requests.into_iter().zip(answer.signed) {
        let method: Method = method.parse().unwrap();
        let mut request = http.request(method, format!("{}{path}", server.url)).body(body);
        for (name, value) in &headers {
            request = request.header(name, value.as_str().unwrap());
        }
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["ok"], json!(true), "{path}: {answer}");
    }
}

#[tokio::test]
async fn python_accepts_what_the_client_signs_and_nothing_altered() {
    let server = Recorder::start().await;
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["customers", "--sort", "name"][..], &["run", "renewal", "acme"], &["history", "acme"]] {
        let mut client = tokio::process::Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        client.args(arguments).args(["--server", &server.url]).env_clear().env("HOME", home.path());
        let output = client.output().await.unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let requests = server.signed_requests();
    assert!(requests.len() >= 7, "a book, five tools, a message and a history: {}", requests.len());
    let altered = requests.iter().flat_map(|request| {
        let alter = |change: fn(&mut Value)| {
            let mut altered = request.clone();
            change(&mut altered);
            altered
        };
        [
            alter(|request| request["method"] = "PUT".into()),
            alter(|request| request["url"] = format!("{}x", request["url"].as_str().unwrap()).into()),
            alter(|request| request["body"] = format!("{} ", request["body"].as_str().unwrap()).into()),
            alter(|request| request["headers"]["content-type"] = "text/plain".into()),
        ]
    });
    let asked = json!({ "sign": [], "verify": requests.iter().cloned().chain(altered).collect::<Vec<_>>() });
    let Some(answer) = python(&asked) else { return };
    let (genuine, altered) = answer.verified.split_at(requests.len());
    assert_eq!(genuine, vec![None; requests.len()]);
    assert_eq!(altered.len(), 4 * requests.len());
    assert!(altered.iter().all(Option::is_some), "{altered:?}");
}
