//! Evaluations over HTTP. What the stores make of them is in the story.

use contracts::ErrorCode::{Conflict, Forbidden, InvalidInput, NotFound, TooLarge};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::*;

fn eval(id: &str) -> Value {
    json!({
        "id": id, "planner": "deterministic", "tasks": ["health", "email"], "customers": 2, "repeat": 1,
        "asOf": "2026-11-20",
    })
}

fn result(customer: &str) -> Value {
    json!({
        "customerId": customer, "customerName": "Acme Corp", "task": "health", "repeat": 1,
        "planSource": "deterministic", "verdict": "pass", "latencyMs": 12.5,
        "checks": [{ "check": "answered", "passed": true }],
        "steps": [{ "tool": "calculate_health", "tookMs": 2.5, "outcome": "answered" }],
    })
}

fn batch(results: &[Value]) -> Value {
    json!({ "results": results, "finished": true })
}

#[tokio::test]
async fn an_evaluation_is_begun_fed_listed_and_removed() {
    let server = TestServer::start().await;
    let customer = server.a_customer().await;
    assert_eq!(*server.post("/v1/evals", eval("e-1")).await.data(), json!("e-1"));
    server.post("/v1/evals", eval("e-1")).await.failed(Conflict);
    let added = server.post("/v1/evals/e-1/results", batch(&[result(&customer)])).await;
    assert_eq!(*added.data(), json!("e-1"));

    let sessions = server.get("/v1/evals?limit=5").await.data().clone();
    assert_eq!((&sessions[0]["eval"], sessions.as_array().unwrap().len()), (&eval("e-1"), 1));
    assert_eq!(sessions[0], *server.get("/v1/evals/e-1").await.data());
    let totals = &sessions[0]["totals"];
    assert_eq!((&totals["cases"], &totals["passed"], &totals["failed"]), (&json!(1), &json!(1), &json!(0)));
    assert!(sessions[0]["finishedAt"].is_string());

    let mut without_steps = result(&customer);
    without_steps.as_object_mut().unwrap().remove("steps");
    assert_eq!(*server.get("/v1/evals/e-1/results").await.data(), json!([without_steps]));
    let with_steps = server.get(&format!("/v1/evals/e-1/results?steps=true&customerId={customer}")).await;
    assert_eq!(*with_steps.data(), json!([result(&customer)]));

    assert_eq!(*server.call(Method::DELETE, "/v1/evals/e-1", "").await.data(), json!("e-1"));
    for path in ["/v1/evals/e-1", "/v1/evals/e-1/results"] {
        server.get(path).await.failed(NotFound);
    }
    server.post("/v1/evals/e-1/results", batch(&[])).await.failed(NotFound);
}

#[tokio::test]
async fn what_is_too_much_or_makes_no_sense_is_refused_by_name() {
    let server = TestServer::start().await;
    server.post("/v1/evals", eval("e-1")).await.data();
    let changed = |mut value: Value, field: &str, to: Value| {
        value[field] = to;
        value
    };
    let new = |field: &str, to: Value| ("/v1/evals", changed(eval("e-2"), field, to));
    let one = |field: &str, to: Value| ("/v1/evals/e-1/results", batch(&[changed(result("acme"), field, to)]));
    let long = "x".repeat(301);
    let check = json!({ "check": "outward", "passed": false });
    let step = json!({ "tookMs": 1.0, "outcome": "failed" });
    let cases = [
        (new("tasks", json!([])), "tasks"),
        (new("tasks", json!(["health", "health"])), "tasks"),
        (new("tasks", json!(["Health check"])), "tasks"),
        (new("repeat", json!(0)), "repeat"),
        (new("customers", json!(0)), "customers"),
        (new("model", json!(long)), "model"),
        (new("id", json!("../x")), "id"),
        (new("owner", json!("somebody")), "owner"),
        (one("owner", json!("somebody")), "owner"),
        (one("repeat", json!(0)), "repeat"),
        (one("verdict", json!("great")), "verdict"),
        (one("customerName", json!(long)), "customerName"),
        (one("checks", json!([changed(check.clone(), "detail", json!(long))])), "checks"),
        (one("checks", json!([changed(check.clone(), "why", json!(""))])), "why"),
        (one("checks", json!(vec![check; 21])), "checks"),
        (one("steps", json!([changed(step.clone(), "error", json!(long))])), "steps"),
        (one("steps", json!(vec![step; 101])), "steps"),
        (one("inputTokens", json!(u64::MAX)), "inputTokens"),
        (("/v1/evals/e-1/results", batch(&vec![result("acme"); 51])), "results"),
        (("/v1/evals/e-1/results", json!({ "results": [] })), "finished"),
    ];
    for ((path, body), field) in cases {
        let reply = server.post(path, body.clone()).await;
        let message = reply.failed(InvalidInput);
        assert!(message.contains(field), "{message:?} names {field}");
    }
    for (path, field) in [
        ("/v1/evals?limit=0", "limit"),
        ("/v1/evals?limit=201", "limit"),
        ("/v1/evals?owner=x", "owner"),
        ("/v1/evals/e-1/results?limit=501", "limit"),
        ("/v1/evals/e-1/results?offset=-1", "offset"),
        ("/v1/evals/e-1/results?steps=maybe", "steps"),
        ("/v1/evals/e-1/results?customerId=..", "customerId"),
        ("/v1/evals/e%201", "path"),
    ] {
        let reply = server.get(path).await;
        let message = reply.failed(InvalidInput);
        assert!(message.contains(field), "{message:?} names {field}");
    }
    server.call(Method::POST, "/v1/evals/e-1/results", vec![b' '; 1024 * 1024 + 1]).await.failed(TooLarge);
    assert_eq!(*server.get("/v1/evals/e-1/results").await.data(), json!([]));
}

#[tokio::test]
async fn a_guest_of_a_teams_server_reads_and_changes_nothing() {
    let server = TestServer::with(Options { guest_writes: false, ..Options::default() }).await;
    server.post("/v1/evals", eval("e-1")).await.failed(Forbidden);
    server.post("/v1/evals/e-1/results", batch(&[])).await.failed(Forbidden);
    server.call(Method::DELETE, "/v1/evals/e-1", "").await.failed(Forbidden);
    assert_eq!(*server.get("/v1/evals").await.data(), json!([]));
}
