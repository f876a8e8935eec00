//! A list of values is no object, wherever in a request an object belongs.

use crate::support::*;
use contracts::ErrorCode::InvalidInput;
use reqwest::Method;
use serde_json::{Value, json};

/// A body of every route that takes one.
pub fn bodies() -> Vec<(Method, &'static str, Value)> {
    let source = json!({ "origin": "test", "asOf": "2026-11-01" });
    let arr = json!({ "minor": 100_000, "currency": "EUR" });
    let result = json!({
        "customerId": "acme", "task": "health", "asOf": "2026-11-20", "decisionLog": [], "planSource": "deterministic",
        "usedTools": [{ "name": "calculate_health", "tookMs": 1.5 }],
        "health": {
            "model": "v2", "score": 50, "risk": "medium", "coverage": 45, "range": { "low": 23, "high": 78 },
            "signals": ["contract_stale"],
            "contributions": [{
                "input": { "part": "days_to_renewal", "is": { "days": 30, "automatic": true } },
                "points": 50, "weight": 45, "addsBp": 5000,
            }],
            "gaps": [{ "part": "open_tickets", "why": { "reason": "stale", "source": source } }],
            "asOf": "2026-11-20",
        },
        "timingInfo": { "planningMs": 0.1, "toolExecutionMs": 2.0, "totalMs": 2.1 },
    });
    let activity = json!({
        "id": "a-1", "customerId": "acme", "kind": "call", "on": "2026-11-01", "text": "spoke", "agreed": "two years",
        "followUp": { "due": "2026-11-05" },
    });
    let piece = json!({
        "customers": [{ "id": "acme", "fields": {
            "name": "Acme", "industry": "tools", "segment": "smb", "owner": "Ana", "contact": "Bo", "since": "2020-01-01",
        } }],
        "usage": [
            { "customerId": "acme", "metric": "logins", "says": { "points": [{ "date": "2026-11-01", "value": 7 }] } },
            { "customerId": "acme", "metric": "visits", "says": { "summary": { "trend": "up", "recent": 7, "before": 5 } } },
        ],
        "tickets": [{ "customerId": "acme", "tickets": [
            { "id": "T-1", "priority": "high", "subject": "Slow", "openedOn": "2026-11-01" },
        ] }],
        "contracts": [{ "customerId": "acme", "contractId": "c", "terms": { "arr": arr, "seats": 7, "plan": "Gold" } }],
        "contacts": [{ "customerId": "acme", "key": "bo", "contact": { "name": "Bo", "role": "CTO", "email": "bo@acme.example" } }],
        "satisfaction": [{ "customerId": "acme", "responseId": "r", "date": "2026-11-01", "survey": "nps", "score": 7 }],
        "activity": [activity],
    });
    let delivery = json!({
        "source": "test", "day": "2026-11-20", "parts": { "customers": ["name"], "usage": [] }, "pieces": 1,
        "primaryMetric": "logins", "sourceOrder": ["test"],
    });
    let customer = json!({ "id": "acme", "name": "Acme", "industry": "tools", "segment": "smb", "contact": "Bo" });
    let eval = json!({
        "id": "e-1", "planner": "llm", "model": "m", "tasks": ["health"], "customers": 1, "repeat": 1, "asOf": "2026-11-20",
    });
    let case = json!({
        "customerId": "acme", "customerName": "Acme", "task": "health", "repeat": 1, "planSource": "deterministic",
        "verdict": "pass", "latencyMs": 12.5, "inputTokens": 7, "outputTokens": 7,
        "checks": [{ "check": "answered", "passed": true, "detail": "so" }],
        "steps": [{ "tool": "calculate_health", "tookMs": 2.5, "outcome": "failed", "error": "so" }],
    });
    vec![
        (
            Method::POST,
            "/v1/tools/calculate_health",
            json!({ "customerId": "acme", "params": { "asOf": "2026-11-20" } }),
        ),
        (Method::POST, "/v1/customers", customer.clone()),
        (Method::PUT, "/v1/customers/acme", customer),
        (Method::PUT, "/v1/activity/a-1", activity),
        (
            Method::PUT,
            "/v1/attention/item-1",
            json!({ "customerId": "acme", "state": { "snoozed": { "change": "as it is" } } }),
        ),
        (Method::POST, "/v1/imports/x/pieces/1", piece),
        (Method::POST, "/v1/imports/x", delivery),
        (Method::POST, "/v1/messages", json!({ "runId": "run-1", "result": result })),
        (Method::POST, "/v1/health", json!({ "customerIds": ["acme"], "asOf": "2026-11-20" })),
        (Method::POST, "/v1/checks", json!({ "after": "acme", "asOf": "2026-11-20" })),
        (Method::POST, "/v1/evals", eval),
        (Method::POST, "/v1/evals/e-1/results", json!({ "results": [case], "finished": true })),
    ]
}

/// The path of every object in it, as a JSON pointer.
pub fn objects(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| objects(field, format!("{path}/{name}"), found));
            found.push(path);
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| objects(item, format!("{path}/{index}"), found));
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_list_of_values_is_refused_wherever_an_object_belongs() {
    let server = TestServer::start().await;
    for (method, path, body) in bodies() {
        let mut found = Vec::new();
        objects(&body, String::new(), &mut found);
        for pointer in found {
            let mut positional = body.clone();
            let object = positional.pointer_mut(&pointer).unwrap();
            *object = object.as_object().unwrap().values().cloned().collect();
            let reply = server.call(method.clone(), path, positional.to_string()).await;
            reply.failed(InvalidInput);
        }
        let whole = server.call(method, path, body.to_string()).await;
        let message = whole.envelope["error"]["message"].as_str().unwrap_or_default();
        assert!(!message.contains("not valid"), "{path} reads the body itself: {message}");
    }
}

#[tokio::test]
async fn what_an_answer_may_leave_out_is_refused_in_a_request() {
    let server = TestServer::start().await;
    let (method, path, body) = bodies().into_iter().find(|(_, path, _)| *path == "/v1/messages").unwrap();
    for pointer in
        ["/result/health/contributions/0", "/result/health/gaps/0", "/result/health/signals/0", "/result/health/risk"]
    {
        let mut newer = body.clone();
        *newer.pointer_mut(pointer).unwrap() = json!("newer");
        server.call(method.clone(), path, newer.to_string()).await.failed(InvalidInput);
    }
    server.call(method, path, body.to_string()).await.data();
}
