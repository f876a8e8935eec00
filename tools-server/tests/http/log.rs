//! What the server writes to its log.

use std::{
    io,
    sync::{Mutex, Once, atomic::Ordering::SeqCst},
};

use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::support::*;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Collector;

impl io::Write for Collector {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().write(bytes)
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

#[tokio::test]
async fn the_log_has_one_line_a_request_and_nothing_that_was_sent() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let create = json!({ "id": "secret-id", "name": "Secret Name" }).to_string();
    let created = server.send(session.sign(Method::POST, server.url("/customers"), create)).await;
    let deleted = server.send(session.sign(Method::DELETE, server.url("/customers/secret-id"), "")).await;
    let listed = server.send(session.sign(Method::GET, server.url("/customers?filter=Secret"), "")).await;
    let refused = server.send(session.sign(Method::PUT, server.url("/customers/secret-id"), "Secret Body")).await;
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let panicked = server.send(session.sign(Method::GET, server.url("/customers"), "")).await;

    let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = |reply: &Reply| {
        let id = reply.header("x-request-id").to_owned();
        let mut lines =
            lines.iter().filter(|line| line["fields"]["message"] == "answered" && line["span"]["id"] == id.as_str());
        let line = lines.next().unwrap_or_else(|| panic!("no line for {id}")).clone();
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
    let panicked = panicked.header("x-request-id");
    assert!(lines.iter().any(|line| line["level"] == "ERROR" && line["span"]["id"] == panicked), "the panic is logged");
    let grant = &session.grant;
    for sent in ["secret-id", "Secret", &grant.keyid, grant.key.expose_secret(), "Acme"] {
        assert!(!log.contains(sent), "{sent} is in the log");
    }
}
