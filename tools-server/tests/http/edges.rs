//! The limits that the description tells are those that are enforced: what it allows at its edges is taken, and one more is
//! not.

use crate::support::*;
use contracts::ErrorCode::InvalidInput;
use reqwest::Method;
use serde_json::{Value, json};

/// The item of a list that has this number.
type Item<'a> = &'a dyn Fn(u64) -> Value;

async fn description(server: &TestServer) -> Value {
    reqwest::get(server.url("/v1/openapi.json")).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_number_in_a_query_is_taken_up_to_the_limits_that_are_told() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    let mut told = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
            let (least, most) = (parameter["schema"]["minimum"].as_i64(), parameter["schema"]["maximum"].as_i64());
            let (Some(least), Some(most), "query") = (least, most, parameter["in"].as_str().unwrap()) else { continue };
            told += 1;
            let name = parameter["name"].as_str().unwrap();
            let others = if path == "/v1/messages" { "&customerId=acme" } else { "" };
            let ask =
                async |value: i64| server.get(&format!("{}?{name}={value}{others}", path.replace("{id}", "e-1"))).await;
            for value in [least, most] {
                assert_ne!(ask(value).await.envelope["error"]["code"], "INVALID_INPUT", "{name}={value} of {path}");
            }
            for value in [least - 1, most + 1] {
                ask(value).await.failed(InvalidInput);
            }
        }
    }
    assert!(told >= 4, "the book, the history, the evaluations and their results have limits");
}

#[tokio::test]
async fn a_list_in_a_body_is_taken_up_to_the_length_that_is_told() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    let result = |n: u64| {
        json!({
            "runId": format!("run-{n}"),
            "result": {
                "customerId": "acme", "task": "health", "asOf": "2026-11-20", "usedTools": [], "decisionLog": [],
                "planSource": "deterministic", "timingInfo": { "planningMs": 0.1, "toolExecutionMs": 2.0, "totalMs": 2.1 },
            },
        })
    };
    let bodies: [(&str, &str, &str, Item<'_>); 2] = [
        ("/v1/health", "HealthRequest", "customerIds", &|n| json!(format!("C-{n}"))),
        ("/v1/messages/batch", "NewMessages", "messages", &result),
    ];
    for (path, schema, field, item) in bodies {
        let told = &description["components"]["schemas"][schema]["properties"][field];
        let (least, most) = (told["minItems"].as_u64().unwrap(), told["maxItems"].as_u64().unwrap());
        let send = async |length: u64| {
            let items: Vec<_> = (0..length).map(item).collect();
            server.call(Method::POST, path, json!({ field: items }).to_string()).await
        };
        for length in [least, most] {
            send(length).await.data();
        }
        for length in [least - 1, most + 1] {
            send(length).await.failed(InvalidInput);
        }
    }
}
