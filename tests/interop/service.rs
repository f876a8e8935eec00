//! Signature v1 against a shell and openssl.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use chrono::Utc;
use contracts::signing::v1::{self, ServiceSecret};
use serde_json::{Value, json};

use crate::recorder::{Recorder, SERVICE, SERVICE_SECRET};

/// What the shell makes of it; `None` where there is no openssl.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shell(timestamp: &str, body: &str) -> Option<String> {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: openssl is not installed");
        return None;
    }
    let mut script = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/service.sh"));
    script.env("SECRET", SERVICE_SECRET).env("CLIENT", SERVICE).env("TIMESTAMP", timestamp);
    let mut script = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    script.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[tokio::test]
async fn the_server_accepts_what_a_shell_signs_and_nothing_altered() {
    let server = Recorder::start().await;
    let body = json!({ "customerId": "acme", "params": { "ownerUserId": "public" } }).to_string();
    let timestamp = Utc::now().timestamp_millis();
    let Some(signature) = shell(&timestamp.to_string(), &body) else { return };
    let secret = ServiceSecret::new(&SERVICE_SECRET.into()).unwrap();
    assert_eq!(signature, v1::sign(&secret, timestamp, SERVICE, body.as_bytes()));

    let send = async |client: &str, timestamp: i64, body: &str| {
        let request = reqwest::Client::new().post(format!("{}/calculate_health", server.url));
        let request = request.header(v1::CLIENT, client).header(v1::TIMESTAMP, timestamp);
        let answer = request.header(v1::SIGNATURE, &signature).body(body.to_owned()).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    for (what, (status, answer)) in [
        ("client", send("other", timestamp, &body).await),
        ("time", send(SERVICE, timestamp + 1, &body).await),
        ("body", send(SERVICE, timestamp, &body.replace("acme", "globex")).await),
    ] {
        assert_eq!(status, 401, "an altered {what}: {answer}");
    }
    let (status, answer) = send(SERVICE, timestamp, &body).await;
    assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{answer}");
    let (status, answer) = send(SERVICE, timestamp, &body).await;
    assert_eq!((status, &answer["error"]["code"]), (401, &json!("REPLAYED")), "{answer}");
}
