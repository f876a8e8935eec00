//! What the server writes to its log. The log is the process's, so this is the only test here.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::atomic::Ordering::SeqCst;

use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::json;
use support::{log::Log, *};

#[tokio::test]
async fn the_log_has_one_line_a_request_and_nothing_that_was_sent() {
    let log = Log::of_all();
    let server = TestServer::start().await;
    let session = server.session().await;
    let create = json!({ "id": "secret-id", "name": "Secret Name" }).to_string();
    let created = server.send(session.sign(Method::POST, server.url("/customers"), create)).await;
    let deleted = server.send(session.sign(Method::DELETE, server.url("/customers/secret-id"), "")).await;
    let listed = server.send(session.sign(Method::GET, server.url("/customers?filter=Secret"), "")).await;
    let refused = server.send(session.sign(Method::PUT, server.url("/customers/secret-id"), "Secret Body")).await;
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let panicked = server.send(session.sign(Method::GET, server.url("/customers"), "")).await;

    let lines = log.own_lines();
    let answered = |reply: &Reply| {
        let id = reply.header("x-request-id").to_owned();
        let mut found =
            lines.iter().filter(|line| line["fields"]["message"] == "answered" && line["span"]["id"] == id.as_str());
        let line = found.next().unwrap_or_else(|| panic!("no line for {id} in {lines:?}")).clone();
        assert!(found.next().is_none(), "more than one line for {id}");
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
