//! What the server writes to its log. The log is the process's, so this is the only test here.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    io,
    sync::{Arc, Mutex, atomic::Ordering::SeqCst},
};

use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use support::*;
use tracing_subscriber::fmt::MakeWriter;

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_has_one_line_a_request_and_nothing_that_was_sent() {
    let log = Log::default();
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
    let server = TestServer::start().await;
    let session = server.session().await;
    let create = json!({ "id": "secret-id", "name": "Secret Name" }).to_string();
    let created = server.send(session.sign(Method::POST, server.url("/customers"), create)).await;
    let deleted = server.send(session.sign(Method::DELETE, server.url("/customers/secret-id"), "")).await;
    let listed = server.send(session.sign(Method::GET, server.url("/customers?filter=Secret"), "")).await;
    let refused = server.send(session.sign(Method::PUT, server.url("/customers/secret-id"), "Secret Body")).await;
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let panicked = server.send(session.sign(Method::GET, server.url("/customers"), "")).await;

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    // At the level of traces the HTTP and SQL libraries speak for themselves; this server's own lines are what counts.
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Value| line["target"].as_str().unwrap().starts_with("tools_server"))
        .collect();
    let answered = |reply: &Reply| {
        let id = reply.header("x-request-id").to_owned();
        let mut lines =
            lines.iter().filter(|line| line["fields"]["message"] == "answered" && line["span"]["id"] == id.as_str());
        let line = lines.next().unwrap_or_else(|| panic!("no line for {id} in {log}")).clone();
        assert!(lines.next().is_none(), "more than one line for {id}");
        line["fields"].clone()
    };
    let expected = [
        (&created, "POST", "/customers", 200, "-"),
        (&deleted, "DELETE", "/customers/{id}", 200, "-"),
        (&listed, "GET", "/customers", 200, "-"),
        (&refused, "PUT", "/customers/{id}", 400, "INVALID_INPUT"),
        (&panicked, "GET", "/customers", 500, "TOOL_FAILURE"),
    ];
    for (reply, method, route, status, code) in expected {
        let line = answered(reply);
        assert_eq!(
            (&line["method"], &line["route"], &line["status"], &line["code"]),
            (&json!(method), &json!(route), &json!(status), &json!(code))
        );
        assert!(line["total_ms"].as_f64().unwrap() > 0.0);
    }
    let panic = lines.iter().find(|line| line["level"] == "ERROR").expect("the panic is logged");
    assert_eq!(panic["span"]["id"], panicked.header("x-request-id"));
    let own = serde_json::to_string(&lines).unwrap();
    let grant = &session.grant;
    for sent in ["secret-id", "Secret", &grant.keyid, grant.key.expose_secret(), "Acme"] {
        assert!(!own.contains(sent), "{sent} is in the log");
    }
}
