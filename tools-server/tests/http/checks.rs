//! Health checks of many customers in one call, and what is kept of them.

use contracts::ErrorCode::{Forbidden, InvalidInput};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::*;

/// What is kept of a customer's runs.
async fn history(server: &TestServer, customer: &Value) -> Vec<Value> {
    let path = format!("/v1/messages?customerId={}", customer.as_str().unwrap());
    server.get(&path).await.data().as_array().unwrap().clone()
}

#[tokio::test]
async fn what_is_checked_is_kept_once_however_often_it_is_sent() {
    let server = TestServer::start().await;
    server.post("/v1/customers", json!({ "id": "blank", "name": "Blank" })).await.data();
    let send = async || {
        let mut request = server.session().await.sign(Method::POST, server.url("/v1/checks"), "{}");
        request.headers_mut().insert("idempotency-key", "0123456789abcdef".parse().unwrap());
        server.send(request).await
    };
    let (first, again) = (send().await, send().await);
    assert_eq!(first.data()["checks"], again.data()["checks"]);
    let checks = first.data()["checks"].as_array().unwrap();
    assert!(checks.len() > 2);
    for check in checks {
        let kept = history(&server, &check["customer"]["id"]).await;
        let reports: Vec<_> = kept.iter().map(|message| &message["result"]["health"]).collect();
        assert_eq!(reports, check.get("report").into_iter().collect::<Vec<_>>(), "{check}");
        assert_ne!(check.get("report").is_some(), check.get("missing").is_some(), "{check}");
    }
    assert!(checks.iter().any(|check| check.get("missing").is_some()), "of whom nothing is known, nothing is kept");
}

#[tokio::test]
async fn a_page_begins_behind_the_customer_that_it_names() {
    let server = TestServer::start().await;
    let ids = async |body: Value| -> Vec<Value> {
        let reply = server.post("/v1/health", body).await;
        reply.data()["checks"].as_array().unwrap().iter().map(|check| check["customer"]["id"].clone()).collect()
    };
    let all = ids(json!({})).await;
    assert!(all.len() > 2);
    assert_eq!(ids(json!({ "after": all[0] })).await, all[1..]);
    assert_eq!(ids(json!({ "after": all.last() })).await, [] as [Value; 0]);
    assert_eq!(ids(json!({ "customerIds": [all[1], "nobody"] })).await, all[1..2]);
    server.post("/v1/health", json!({ "customerIds": [all[1]], "after": all[0] })).await.failed(InvalidInput);
}

#[tokio::test]
async fn who_may_not_write_checks_and_keeps_nothing() {
    let server = TestServer::with(Options { guest_writes: false, ..Options::default() }).await;
    server.post("/v1/checks", json!({})).await.failed(Forbidden);
    server.post("/v1/health", json!({})).await.data();
}

#[tokio::test]
async fn a_page_that_is_read_in_several_goes_is_kept_whole() {
    let server = TestServer::start().await;
    let ids: Vec<_> = (0..600).map(|n| format!("c-{n:03}")).collect();
    let customers: Vec<_> = ids.iter().map(|id| json!({ "id": id, "fields": { "name": id } })).collect();
    let terms = json!({ "renewalDate": "2027-01-01" });
    let contracts: Vec<_> =
        ids.iter().map(|id| json!({ "customerId": id, "contractId": "c", "terms": terms })).collect();
    let parts = json!({ "customers": ["name"], "contracts": ["renewal_date"] });
    let delivery = json!({ "source": "test", "day": "2026-11-20", "parts": parts, "pieces": 1 });
    server.import("x", json!({ "customers": customers, "contracts": contracts }), delivery).await.data();
    let checked = server.post("/v1/checks", json!({ "customerIds": ids })).await;
    let checks = checked.data()["checks"].as_array().unwrap();
    let of: Vec<_> = checks.iter().map(|check| check["customer"]["id"].as_str().unwrap()).collect();
    assert_eq!(of, ids);
    for check in [&checks[0], &checks[249], &checks[250], &checks[599]] {
        let kept = history(&server, &check["customer"]["id"]).await;
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0]["result"]["health"], check["report"]);
    }
}
