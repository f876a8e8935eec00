//! Ids that are attacks: refused to everybody in the same words, whoever has what.

use reqwest::Method;
use serde_json::json;

use crate::{
    calls::{self, Call},
    world::{Caller, Server, on_sqlite},
};

const IDS: [&str; 14] = [
    "../canary-customer",
    "..",
    "x/../canary-customer",
    "canary-customer/",
    "canary-customer\0",
    "canary-customer'--",
    "x' OR '1'='1",
    "x\" OR \"1\"=\"1",
    "x'; DROP TABLE companies;--",
    "user_a/canary-customer",
    "user_a\u{1f}canary-customer",
    "%",
    "canary_customer%",
    "\u{1b}[2Jcanary-customer\u{202e}",
];

fn calls(id: &str) -> Vec<Call> {
    let encoded: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let about = |method: Method, route: &str, path: String, body: String| Call {
        method,
        route: route.to_owned(),
        path,
        body,
        once: None,
        shows: None,
    };
    let tool = json!({ "customerId": id }).to_string();
    let record = json!({ "id": id, "name": "Theirs" }).to_string();
    vec![
        about(Method::POST, "/v1/tools/get_customer_usage", "/v1/tools/get_customer_usage".into(), tool.clone()),
        about(Method::POST, "/v1/tools/…", format!("/v1/tools/{encoded}"), tool),
        about(Method::GET, "/v1/messages", format!("/v1/messages?customerId={encoded}"), String::new()),
        about(Method::GET, "/v1/customers", format!("/v1/customers?filter={encoded}"), String::new()),
        about(Method::PUT, "/v1/customers/{id}", format!("/v1/customers/{encoded}"), record.clone()),
        about(Method::DELETE, "/v1/customers/{id}", format!("/v1/customers/{encoded}"), String::new()),
        about(Method::POST, "/v1/customers", "/v1/customers".into(), record),
    ]
}

#[tokio::test]
async fn hostile_ids_find_nothing_and_say_nothing() {
    let (_folder, store) = on_sqlite().await;
    let server = Server::start(store).await;
    for call in calls::as_a() {
        server.call(Caller::A, &call).await;
    }
    for id in IDS {
        for call in calls(id) {
            let to_b = server.call(Caller::B, &call).await;
            assert!(!to_b.body.contains(calls::NAME), "{id:?} by {}", call.row());
            // The book is searched with any text there is; everywhere else these are no ids.
            if call.row() != "GET /v1/customers" {
                assert!((400..500).contains(&to_b.status), "{id:?} by {}: {to_b:?}", call.row());
                let to_a = server.call(Caller::A, &call).await;
                assert_eq!(to_b, to_a, "{id:?} by {} is answered to B as to A", call.row());
            }
        }
    }
    for call in calls::reads(calls::MINE) {
        let answer = server.call(Caller::A, &call).await;
        assert!(call.shows.is_none_or(|word| answer.body.contains(word)), "A's rows are all there: {answer:?}");
    }
}
