//! What the server writes to its log.

use std::{
    io,
    sync::{Mutex, Once, atomic::Ordering::SeqCst},
};

use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    sign_in::{issuer::*, tokens},
    support::*,
};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Collector;

impl io::Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        io::Write::write(&mut *LOG.lock().unwrap(), bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Collects what this server itself logs, in every test: the log is the process's.
pub fn collect() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        tracing_subscriber::fmt().json().with_env_filter("tools_server=trace").with_writer(|| Collector).init();
    });
}

/// All that was logged so far.
pub fn so_far() -> String {
    String::from_utf8(LOG.lock().unwrap().clone()).unwrap()
}

/// What was logged of the request that was answered so.
pub fn lines_of(reply: &Reply) -> Vec<Value> {
    let lines = so_far();
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["span"]["id"] == reply.header("x-request-id")).collect()
}

#[tokio::test]
async fn the_log_has_one_line_a_request_and_nothing_that_was_sent() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let create = json!({ "id": "secret-id", "name": "Secret Name" }).to_string();
    let created = server.send(session.sign(Method::POST, server.url("/v1/customers"), create)).await;
    let deleted = server.send(session.sign(Method::DELETE, server.url("/v1/customers/secret-id"), "")).await;
    let listed = server.send(session.sign(Method::GET, server.url("/v1/customers?filter=Secret"), "")).await;
    let refused = server.send(session.sign(Method::PUT, server.url("/v1/customers/secret-id"), "Secret Body")).await;
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let panicked = server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await;

    let answered = |reply: &Reply| {
        let mut lines = lines_of(reply);
        lines.retain(|line| line["fields"]["message"] == "answered");
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines[0]["fields"].clone()
    };
    let expected = [
        (&created, "POST", "/v1/customers", 200, "-"),
        (&deleted, "DELETE", "/v1/customers/{id}", 200, "-"),
        (&listed, "GET", "/v1/customers", 200, "-"),
        (&refused, "PUT", "/v1/customers/{id}", 400, "INVALID_INPUT"),
        (&panicked, "GET", "/v1/customers", 500, "TOOL_FAILURE"),
    ];
    for (reply, method, route, status, code) in expected {
        let line = answered(reply);
        assert_eq!(
            (&line["method"], &line["route"], &line["status"], &line["code"]),
            (&json!(method), &json!(route), &json!(status), &json!(code))
        );
        assert!(line["total_ms"].as_f64().unwrap() > 0.0);
    }
    for reply in [&created, &deleted, &listed, &refused] {
        assert_eq!(lines_of(reply)[0]["span"]["owner"], "public", "the line says whose key it was");
    }
    assert!(lines_of(&panicked).iter().any(|line| line["level"] == "ERROR"), "the panic is logged");
    let log = so_far();
    let grant = &session.grant;
    let wrote = |reply: &Reply| lines_of(reply).last().unwrap()["span"]["wrote"].clone();
    assert_eq!((wrote(&created), wrote(&deleted)), (json!("customer secret-id"), json!("customer secret-id")));
    assert_eq!((wrote(&listed), wrote(&refused)), (Value::Null, Value::Null));
    let lines = log.lines().filter(|line| !line.contains("customer secret-id"));
    let log = lines.collect::<Vec<_>>().join(
        "
",
    );
    for sent in ["secret-id", "Secret", &grant.keyid, grant.key.expose_secret(), "Acme"] {
        assert!(!log.contains(sent), "{sent} is in the log");
    }
}

#[tokio::test]
async fn a_sign_in_is_logged_with_owner_application_and_address() {
    let issuer = Issuer::start().await;
    let server = tokens::server(&issuer).await;
    let good = json!({ "accessToken": token(&header(), &issuer.claims(), KEY) });
    let (user, guest) = (server.ask_session(&good).await, server.ask_session(&json!({})).await);
    for (reply, owner, client) in [(user, "user_2alice", json!(CLIENT)), (guest, "public", Value::Null)] {
        reply.data();
        let span = &lines_of(&reply)[0]["span"];
        assert_eq!(
            (&span["owner"], &span["client"], &span["address"]),
            (&json!(owner), &client, &json!("127.0.0.1")),
            "{span}"
        );
    }
}

/// What the HTTP layer itself refuses never becomes a request.
#[tokio::test]
async fn what_is_no_request_is_answered_and_logged_like_one() {
    let server = TestServer::start().await;
    let too_large = format!("GET /livez HTTP/1.1\r\nhost: x\r\na: {}\r\n\r\n", "secret-".repeat(5_000));
    let too_long = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "secret-".repeat(10_000));
    let broken = [
        (400, "this is no secret-request\r\n\r\n"),
        (400, "GET /livez HTTP/1.1\r\nsecret-header\r\n\r\n"),
        (400, "GET /livez HTTP/1.1\r\nhost: x\r\n\r\nsecret-request\r\n\r\n"),
        (431, &too_large),
        (431, &too_long),
    ];
    for (status, sent) in broken {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        // The server need not read it all.
        let _ = stream.write_all(sent.as_bytes()).await;
        let mut answers = Vec::new();
        let _ = stream.read_to_end(&mut answers).await;
        let answers = String::from_utf8(answers).unwrap();
        let last = &answers[answers.rfind("HTTP/1.1 4").unwrap()..];
        let (head, body) = last.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap();
        let envelope: Value = serde_json::from_str(body).unwrap();
        assert_eq!((&envelope["ok"], &envelope["error"]["code"]), (&json!(false), &json!("INVALID_INPUT")));
        assert_eq!(header("content-length"), body.len().to_string());
        let log = so_far();
        let line = log.lines().find(|line| line.contains(header("x-request-id"))).expect("a line of the log");
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["fields"]["message"], &line["fields"]["status"]), (&json!("answered"), &json!(status)));
    }
    assert!(!so_far().contains("secret-request") && !so_far().contains("secret-header"));
}
