//! `GET /v1/openapi.json`: a valid document that lists every route, and tells of answers as they are.

use std::collections::BTreeSet;

use contracts::tools::ToolName;
use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestServer;

async fn document(server: &TestServer) -> Value {
    let response = reqwest::get(server.url("/v1/openapi.json")).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    response.json().await.unwrap()
}

#[tokio::test]
async fn it_is_valid_openapi_and_every_reference_leads_somewhere() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    // https://spec.openapis.org/oas/3.1/schema/2022-10-07
    let rules: Value = serde_json::from_str(include_str!("../fixtures/openapi-3.1.json")).unwrap();
    let rules = jsonschema::draft202012::new(&rules).unwrap();
    let mistakes: Vec<_> = rules.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:#?}");
    assert!(!rules.is_valid(&json!({ "openapi": "3.1.0" })), "the rules can be broken");

    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn every_route_is_in_it() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    let told: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(move |method| format!("{method} {path}")))
        .collect();
    let tools = ToolName::ALL.into_iter().flat_map(|tool| [format!("post /{tool}"), format!("post /v1/tools/{tool}")]);
    let mut routes: BTreeSet<String> = tools.collect();
    let others = [
        "delete /api/db/seed-global",
        "delete /v1/activity/{id}",
        "delete /v1/customers/{id}",
        "delete /v1/evals/{id}",
        "get /api/db/health",
        "get /v1/activity",
        "get /v1/changes",
        "get /v1",
        "get /v1/query",
        "get /v1/attention",
        "get /v1/customers",
        "get /v1/evals",
        "get /v1/evals/{id}",
        "get /v1/evals/{id}/results",
        "get /v1/export",
        "get /livez",
        "get /v1/messages",
        "get /v1/openapi.json",
        "get /readyz",
        "get /v1/timeline",
        "get /v1/revision",
        "post /api/db/seed-global",
        "post /v1/checks",
        "post /v1/customers",
        "post /v1/evals",
        "post /v1/evals/{id}/results",
        "post /v1/health",
        "post /v1/imports/{id}",
        "post /v1/imports/{id}/pieces/{number}",
        "post /v1/messages",
        "post /v1/session",
        "post /v1/visits",
        "put /v1/activity/{id}",
        "put /v1/attention/{id}",
        "put /v1/customers/{id}",
    ];
    routes.extend(others.map(str::to_owned));
    assert_eq!(told, routes);
    for route in told {
        let (method, path) = route.split_once(' ').unwrap();
        let method: Method = method.to_uppercase().parse().unwrap();
        let path = path.replace("{id}", "x").replace("{number}", "1");
        let response = reqwest::Client::new().request(method, server.url(&path)).send().await.unwrap();
        assert!(![404, 405].contains(&response.status().as_u16()), "{route} is there");
    }
}

/// Checks that an answer with `status` of `method path` is as the document says.
fn check(document: &Value, method: &str, path: &str, status: u16, answer: &Value) {
    let response = &document["paths"][path][method]["responses"][status.to_string()];
    let schema = &response["content"]["application/json"]["schema"];
    assert!(schema.is_object(), "{method} {path} tells of {status}");
    // Schemas refer to one another from the root.
    let whole = json!({ "allOf": [schema], "components": document["components"] });
    let schema: Validator = jsonschema::draft202012::new(&whole).unwrap();
    let mistakes: Vec<_> = schema.iter_errors(answer).map(|error| error.to_string()).collect();
    assert!(mistakes.is_empty(), "{method} {path} {status}: {mistakes:#?}");
    if status != 200 {
        let code = answer["error"]["code"].as_str().unwrap();
        assert!(
            response["description"].as_str().unwrap().split(", ").any(|told| told == code),
            "{path} tells of {code}"
        );
    }
}

#[tokio::test]
async fn answers_and_errors_are_as_it_says() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    let customer = server.a_customer().await;
    for tool in ToolName::ALL {
        for (id, status) in [(customer.as_str(), 200), ("nobody", 404), ("../x", 400)] {
            let path = format!("/v1/tools/{tool}");
            let reply = server.post(&path, json!({ "customerId": id })).await;
            assert_eq!(reply.status, status, "{}", reply.envelope);
            check(&document, "post", &path, status, &reply.envelope);
        }
    }
    for (path, target) in [
        ("/v1/customers", "/v1/customers".to_owned()),
        ("/v1/messages", format!("/v1/messages?customerId={customer}")),
        ("/livez", "/livez".to_owned()),
        ("/readyz", "/readyz".to_owned()),
        ("/api/db/health", "/api/db/health".to_owned()),
    ] {
        check(&document, "get", path, 200, &server.get(&target).await.envelope);
    }
    let session = reqwest::Client::new().post(server.url("/v1/session")).json(&json!({})).send().await.unwrap();
    check(&document, "post", "/v1/session", 200, &session.json().await.unwrap());
    let unsigned = server.plain(Method::GET, "/v1/customers").await;
    check(&document, "get", "/v1/customers", unsigned.status, &unsigned.envelope);
    for path in ["/livez", "/v1"] {
        let nowhere = reqwest::Client::new().get(server.url(path)).header("host", "nobody@nowhere");
        let reply = server.send(nowhere.build().unwrap()).await;
        assert_eq!(reply.status, 400, "{path}");
        check(&document, "get", path, 400, &reply.envelope);
    }
    let new = json!({ "id": "new", "name": "New" });
    for status in [200, 409] {
        let reply = server.post("/v1/customers", new.clone()).await;
        assert_eq!(reply.status, status);
        check(&document, "post", "/v1/customers", status, &reply.envelope);
    }
    let piece = json!({ "customers": [{ "id": "new", "fields": { "name": "Newer" } }] });
    let kept = server.post("/v1/imports/x/pieces/1", piece).await;
    check(&document, "post", "/v1/imports/{id}/pieces/{number}", 200, &kept.envelope);
    let delivery = json!({ "source": "t", "day": "2026-11-20", "parts": { "customers": ["name"] }, "pieces": 1 });
    check(&document, "post", "/v1/imports/{id}", 200, &server.post("/v1/imports/x", delivery).await.envelope);
    let deleted = server.call(Method::DELETE, "/v1/customers/new", "").await;
    check(&document, "delete", "/v1/customers/{id}", 200, &deleted.envelope);
}

#[tokio::test]
async fn whoever_is_to_wait_is_told_for_how_long() {
    let server = TestServer::start().await;
    let document = document(&server).await;
    for methods in document["paths"].as_object().unwrap().values() {
        for (method, operation) in methods.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let waits = ["429", "503"].contains(&status.as_str());
                assert_eq!(response["headers"]["Retry-After"].is_object(), waits, "{method} {status}: {response}");
            }
        }
    }
}
