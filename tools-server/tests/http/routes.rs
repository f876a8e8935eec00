//! Every route, as a client meets it.

use crate::support::*;
use contracts::{
    ErrorCode::{Conflict, MissingData, NotFound, Unavailable},
    tools::{ToolName, ToolOutput},
};
use reqwest::{Method, Request, header::HeaderValue};
use serde_json::json;

#[tokio::test]
async fn all_six_tools_answer_in_their_own_shape() {
    let server = TestServer::start().await;
    let customer = server.a_customer().await;
    for tool in ToolName::ALL {
        let reply = server.post(&format!("/v1/tools/{tool}"), json!({ "customerId": customer, "params": {} })).await;
        ToolOutput::parse(tool, reply.data().clone()).unwrap_or_else(|error| panic!("{tool}: {error}"));
    }
}

#[tokio::test]
async fn the_day_to_count_from_is_the_callers_or_the_servers() {
    let server = TestServer::start().await;
    assert_eq!(server.get("/v1/customers").await.data()["asOf"], "2026-11-20");
    assert_eq!(server.get("/v1/customers?asOf=2026-01-31").await.data()["asOf"], "2026-01-31");
    server.pass(12 * 60 * 60);
    assert_eq!(server.get("/v1/customers").await.data()["asOf"], "2026-11-21", "midnight in UTC has passed");
}

#[tokio::test]
async fn the_revision_tells_that_the_book_changed_or_that_the_day_turned() {
    let server = TestServer::start().await;
    let told = async || server.get("/v1/revision").await.data().clone();
    let book = async || {
        let page = server.get("/v1/customers").await.data().clone();
        json!({ "revision": page["revision"], "asOf": page["asOf"] })
    };
    let first = told().await;
    assert_eq!((&first, &first["asOf"]), (&book().await, &json!("2026-11-20")));
    server.post("/v1/customers", json!({ "id": "new", "name": "New" })).await.data();
    let second = told().await;
    assert!(second["revision"].as_u64() > first["revision"].as_u64(), "{first} {second}");
    assert_eq!(second, book().await);
    server.pass(12 * 60 * 60);
    assert_eq!(told().await, json!({ "revision": second["revision"], "asOf": "2026-11-21" }));
    assert_eq!(told().await, book().await);
}

#[tokio::test]
async fn a_risk_that_is_unknown_because_its_data_is_old_says_what_it_was_and_when() {
    let server = TestServer::start().await;
    let piece = json!({
        "customers": [{ "id": "old-1", "fields": { "name": "Old" } }],
        "tickets": [{ "customerId": "old-1", "tickets": [] }],
        "contracts": [{ "customerId": "old-1", "contractId": "old-1", "terms": { "renewalDate": "2027-09-01" } }],
    });
    let delivery = json!({
        "source": "crm", "day": "2026-03-01", "pieces": 1, "acceptLosses": true,
        "parts": { "customers": ["name"], "tickets": [], "contracts": ["renewal_date"] },
    });
    server.import("old", piece, delivery).await.data();
    let health = async |as_of: &str| {
        let params = json!({ "customerId": "old-1", "params": { "asOf": as_of } });
        server.post("/v1/tools/calculate_health", params).await.data().clone()
    };
    let fresh = health("2026-03-02").await;
    assert_eq!((&fresh["risk"], &fresh["lastKnown"]), (&json!("medium"), &json!(null)));
    let old = health("2026-11-20").await;
    let last = json!({ "risk": "medium", "on": "2026-03-01" });
    assert_eq!((&old["risk"], &old["lastKnown"]), (&json!("unknown"), &last));
}

#[tokio::test]
async fn a_customer_is_created_changed_listed_and_deleted() {
    let server = TestServer::start().await;
    let created = json!({ "id": "zebra-1", "name": "Zebra\u{1b}[31m", "industry": "Toys" });
    assert_eq!(server.post("/v1/customers", created).await.data()["name"], "Zebra[31m", "cleaned");
    let row = |name: &'static str| {
        let server = &server;
        async move { server.get(&format!("/v1/customers?filter={name}")).await.data()["customers"].clone() }
    };
    assert_eq!(row("zebra").await[0]["id"], "zebra-1");
    let changed = json!({ "id": "zebra-1", "name": "Quagga" }).to_string();
    server.call(Method::PUT, "/v1/customers/zebra-1", changed).await.data();
    assert_eq!(row("quagga").await[0]["id"], "zebra-1");

    let usage = server.post("/v1/tools/get_customer_usage", json!({ "customerId": "zebra-1" })).await;
    assert!(usage.failed(MissingData).contains("Quagga"), "it says whose usage is missing");

    assert_eq!(*server.call(Method::DELETE, "/v1/customers/zebra-1", "").await.data(), json!("zebra-1"));
    assert_eq!(row("quagga").await, json!([]));
}

#[tokio::test]
async fn the_demo_book_is_put_in_and_taken_out() {
    let server = TestServer::start().await;
    let removed = server.call(Method::DELETE, "/api/db/seed-global", "").await.data()["customers"].clone();
    assert!(removed.as_u64().unwrap() > 0);
    assert_eq!(server.get("/v1/customers").await.data()["total"], 0);
    assert_eq!(server.post("/api/db/seed-global", json!({})).await.data()["customers"], removed);
    assert_eq!(server.get("/v1/customers").await.data()["total"], removed);
}

#[tokio::test]
async fn an_import_counts_what_it_changed() {
    let server = TestServer::start().await;
    let piece = json!({
        "customers": [{ "id": "imported", "fields": { "name": "Imported" } }],
        "contracts": [{ "customerId": "imported", "contractId": "c", "terms": { "renewalDate": "2027-01-01" } }],
    });
    let parts = json!({ "customers": ["name"], "contracts": ["renewal_date"] });
    let delivery = json!({ "source": "test", "day": "2026-11-20", "parts": parts, "pieces": 1 });
    let report = server.import("x", piece.clone(), delivery.clone()).await.data().clone();
    let without = json!({ "count": 1, "names": ["Imported"] });
    assert_eq!((&report["created"], &report["without"]["usage"]), (&json!(1), &without));
    assert_eq!(server.import("y", piece, delivery).await.data()["unchanged"], 1);
}

#[tokio::test]
async fn a_finished_run_is_stored_once_and_listed() {
    let server = TestServer::start().await;
    let customer = server.a_customer().await;
    let result = json!({
        "customerId": customer, "task": "health", "asOf": "2026-11-20", "usedTools": [], "decisionLog": [],
        "planSource": "deterministic", "timingInfo": { "planningMs": 0.1, "toolExecutionMs": 2.0, "totalMs": 2.1 },
    });
    let record = async || server.post("/v1/messages", json!({ "runId": "run-1", "result": result })).await;
    assert_eq!(*record().await.data(), json!("run-1"));
    assert_eq!(record().await.failed(Conflict), "There is a run run-1 already.");
    let history = server.get(&format!("/v1/messages?customerId={customer}&limit=5")).await.data().clone();
    assert_eq!(history.as_array().unwrap().len(), 1);
    assert_eq!((&history[0]["runId"], &history[0]["result"]), (&json!("run-1"), &result));
}

#[tokio::test]
async fn signed_routes_say_where_the_time_went() {
    let server = TestServer::start().await;
    let customer = server.a_customer().await;
    let reply = server.post("/v1/tools/calculate_health", json!({ "customerId": customer })).await;
    let timing: Vec<(&str, f64)> = reply
        .header("server-timing")
        .split(", ")
        .map(|part| {
            let (name, ms) = part.split_once(";dur=").unwrap();
            assert_eq!(ms.split_once('.').unwrap().1.len(), 3, "{part} has three decimals");
            (name, ms.parse().unwrap())
        })
        .collect();
    let names: Vec<_> = timing.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["auth", "db", "tool"]);
    assert!(timing.iter().all(|(_, ms)| *ms > 0.0), "{timing:?}");

    let refused = server.plain(Method::GET, "/v1/customers").await;
    assert!(refused.header("server-timing").starts_with("auth;dur="), "a refused request says it, too");
    assert_eq!(server.plain(Method::GET, "/livez").await.header("server-timing"), "");
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_is_not_kept() {
    let server = TestServer::start().await;
    let first = server.plain(Method::GET, "/livez").await;
    let second = server.plain(Method::GET, "/no/such/route").await;
    assert_eq!(first.header("x-request-id").len(), 32);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    assert_eq!((first.header("cache-control"), first.header("content-type")), ("no-store", "application/json"));

    let long = "a".repeat(65);
    for (sent, kept) in [("run-7.2_b", true), ("a b", false), ("<script>", false), (long.as_str(), false), ("", false)]
    {
        let mut request = Request::new(Method::GET, server.url("/livez"));
        request.headers_mut().insert("x-request-id", HeaderValue::from_str(sent).unwrap());
        assert_eq!(server.send(request).await.header("x-request-id") == sent, kept, "{sent:?}");
    }
}

#[tokio::test]
async fn unknown_routes_and_methods_get_an_envelope() {
    let server = TestServer::start().await;
    for path in ["/", "/v2", "/v1/tools/", "/v1/customers/a/b", "/admin", "/%00", "/..%2f..%2fetc/passwd"] {
        server.plain(Method::GET, path).await.failed(NotFound);
    }
    for path in ["/customers", "/revision", "/export", "/messages", "/evals", "/openapi.json"] {
        assert_eq!(server.plain(Method::GET, path).await.status, 404, "{path} is under /v1 alone");
    }
    for path in ["/session", "/tools/calculate_health", "/imports/x"] {
        assert_eq!(server.plain(Method::POST, path).await.status, 404, "{path} is under /v1 alone");
    }
    for (method, path) in
        [(Method::GET, "/v1/tools/calculate_health"), (Method::DELETE, "/v1/session"), (Method::PUT, "/livez")]
    {
        let reply = server.plain(method, path).await;
        assert_eq!((reply.status, &reply.envelope["error"]["code"]), (405, &json!("NOT_FOUND")), "{path}");
        assert_ne!(reply.header("allow"), "", "{path} says which methods it takes");
    }
}

#[tokio::test]
async fn probes_tell_the_process_from_its_database() {
    let server = TestServer::start().await;
    server.plain(Method::GET, "/livez").await.data();
    server.plain(Method::GET, "/readyz").await.data();
    let health = server.plain(Method::GET, "/api/db/health").await.data().clone();
    assert_eq!((&health["backend"], &health["connected"]), (&json!("sqlite"), &json!(true)));
    assert_eq!((&health["schemaVersion"], &health["missingTables"]), (&health["expectedVersion"], &json!([])));

    // One that was not asked within this second, whose answer it would give again.
    server.store.close().await;
    let server = TestServer::on(server.store.clone(), Options::default()).await;
    server.plain(Method::GET, "/livez").await.data();
    server.plain(Method::GET, "/readyz").await.failed(Unavailable);
    assert_eq!(server.plain(Method::GET, "/api/db/health").await.data()["connected"], false);
    server.get("/v1/customers").await.failed(Unavailable);
}
