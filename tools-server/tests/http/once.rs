//! Idempotency keys over HTTP. What the stores make of them is in the story.

use contracts::ErrorCode::{Conflict, InvalidInput};
use reqwest::{Method, Request};
use serde_json::json;

use crate::support::*;

const KEY: &str = "0123456789abcdef";

async fn write(server: &TestServer, key: &str, method: Method, path: &str, body: &str) -> Reply {
    let mut request: Request = server.session().await.sign(method, server.url(path), body);
    request.headers_mut().insert("idempotency-key", key.parse().unwrap());
    server.send(request).await
}

#[tokio::test]
async fn a_write_that_is_sent_again_gets_its_first_answer() {
    let server = TestServer::start().await;
    let body = json!({ "id": "new", "name": "New" }).to_string();
    let first = write(&server, KEY, Method::POST, "/v1/customers", &body).await;
    let again = write(&server, KEY, Method::POST, "/v1/customers", &body).await;
    assert_eq!(first.data(), again.data(), "and no conflict with itself");

    let seeded = write(&server, "the-key-of-a-seed", Method::DELETE, "/api/db/seed-global", "").await;
    assert!(seeded.data()["customers"].as_u64().unwrap() > 0);
    let again = write(&server, "the-key-of-a-seed", Method::DELETE, "/api/db/seed-global", "").await;
    assert_eq!(seeded.data(), again.data(), "not the 0 that are left");
    let anew = write(&server, "another-key-of-a-seed", Method::DELETE, "/api/db/seed-global", "").await;
    assert_eq!(anew.data()["customers"], 0);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_a_conflict() {
    let server = TestServer::start().await;
    let body = json!({ "id": "new", "name": "New" }).to_string();
    write(&server, KEY, Method::POST, "/v1/customers", &body).await.data();
    for (method, path, body) in [
        (Method::POST, "/v1/customers", json!({ "id": "new", "name": "Newer" }).to_string()),
        (Method::POST, "/v1/customers?a=1", body.clone()),
        (Method::PUT, "/v1/customers/new", body.clone()),
        (Method::DELETE, "/v1/customers/new", String::new()),
    ] {
        let reply = write(&server, KEY, method.clone(), path, &body).await;
        assert!(reply.failed(Conflict).contains("idempotency key was used for another request"), "{method} {path}");
    }
    server.post("/v1/tools/get_contract_info", json!({ "customerId": "new" })).await;
    write(&server, "0123456789abcdeg", Method::DELETE, "/v1/customers/new", "").await.data();
}

#[tokio::test]
async fn a_write_that_failed_can_be_tried_again() {
    let server = TestServer::start().await;
    let body = json!({ "id": "acme-2", "name": "Acme" }).to_string();
    server.post("/v1/customers", json!({ "id": "acme-2", "name": "In the way" })).await.data();
    write(&server, KEY, Method::POST, "/v1/customers", &body).await.failed(Conflict);
    server.call(Method::DELETE, "/v1/customers/acme-2", "").await.data();
    write(&server, KEY, Method::POST, "/v1/customers", &body).await.data();
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let server = TestServer::start().await;
    let body = json!({ "id": "new", "name": "New" }).to_string();
    for key in ["", "short", "has spaces in the middle", &"k".repeat(65)] {
        let reply = write(&server, key, Method::POST, "/v1/customers", &body).await;
        assert!(reply.failed(InvalidInput).contains("idempotency-key"), "{key:?}");
    }
}
