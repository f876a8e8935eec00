//! Services that the configuration marks `legacy`: what the first web front end sends, and what it gets.

use chrono::{Days, NaiveDate};
use contracts::{
    ErrorCode::{self, Forbidden, InvalidInput, MissingData, NotFound},
    signing::v1::{ServiceSecret, sign},
    tools::ToolName,
};
use reqwest::{Method, Request};
use serde_json::{Map, Value, json};
use tools_server::auth::ServiceClient;

use crate::support::*;

const SECRET: &str = "the-secret-of-the-first-web-front-end";

/// Customers of whom all is known, nobody is active, little is known, and all is old.
const CUSTOMERS: [&str; 4] = ["busy", "silent", "young", "old"];
/// What is delivered of each of them, where all is.
const ALL: [&str; 4] = ["busy", "silent", "young", "calm"];

/// A server with one customer, of whom the name is known.
async fn bare() -> TestServer {
    let service = |name: &str, legacy| ServiceClient {
        name: name.to_owned(),
        secrets: vec![ServiceSecret::new(&SECRET.into()).unwrap()],
        owners: ["public".parse().unwrap()].into(),
        legacy,
    };
    let service_clients = vec![service("front", true), service("other", false)];
    let server = TestServer::with(Options { service_clients, ..Options::default() }).await;
    server.post("/v1/customers", json!({ "id": "bare", "name": "bare" })).await.data();
    server
}

async fn server() -> TestServer {
    let server = bare().await;
    let usage = |customer: &str, from: &str, days: u64, value: u64| {
        let first: NaiveDate = from.parse().unwrap();
        let points: Vec<_> = (0..days).map(|n| json!({ "date": first + Days::new(n), "value": value })).collect();
        json!({ "customerId": customer, "metric": "logins a day", "measure": "count", "says": { "points": points } })
    };
    let ticket = |id: &str, priority: &str| json!({ "id": id, "priority": priority, "openedOn": "2026-05-02" });
    let tickets = |customer: &str, tickets: &[Value]| json!({ "customerId": customer, "tickets": tickets });
    let contract = |customer: &str, renewal: &str| {
        let terms = json!({ "renewalDate": renewal, "arr": { "minor": 12_000_050, "currency": "USD" } });
        json!({ "customerId": customer, "contractId": customer, "terms": terms })
    };
    let named = |id: &str| json!({ "id": id, "fields": { "name": id } });
    let parts = json!({ "customers": ["name"], "usage": [], "tickets": [], "contracts": ["renewal_date", "arr"] });
    let delivery = |source: &str, day: &str| json!({ "source": source, "day": day, "parts": parts, "pieces": 1 });
    let old = json!({
        "customers": [named("old")],
        "usage": [usage("old", "2026-01-01", 120, 3)],
        "tickets": [tickets("old", &[ticket("T-9", "high")])],
        "contracts": [contract("old", "2026-12-01")],
    });
    server.import("old", old, delivery("old", "2026-05-01")).await.data();
    let book = json!({
        "customers": ALL.map(named),
        "usage": [
            usage("busy", "2026-08-01", 111, 41),
            usage("silent", "2026-05-01", 60, 9),
            usage("young", "2026-11-01", 19, 5),
            usage("calm", "2026-08-01", 111, 1),
        ],
        "tickets": [tickets("busy", &[ticket("T-1", "urgent"), ticket("T-2", "normal"), ticket("T-3", "low")])],
        "contracts": [contract("busy", "2027-01-02"), contract("silent", "2026-11-10")],
    });
    server.import("book", book, delivery("book", "2026-11-20")).await.data();
    server
}

fn request(server: &TestServer, client: &str, path: &str, body: &str) -> Request {
    let timestamp = server.now() * 1000;
    let signature = sign(&ServiceSecret::new(&SECRET.into()).unwrap(), timestamp, client, body.as_bytes());
    let mut request = Request::new(Method::POST, server.url(path));
    for (name, value) in [("x-client", client), ("x-timestamp", &timestamp.to_string()), ("x-signature", &signature)] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    *request.body_mut() = Some(body.to_owned().into());
    request
}

async fn ask(server: &TestServer, tool: &str, customer: &str) -> Reply {
    let body = json!({ "customerId": customer, "params": {} }).to_string();
    server.send(request(server, "front", &format!("/{tool}"), &body)).await
}

#[tokio::test]
async fn every_answer_has_the_shape_that_the_front_end_reads() {
    let (bare, server) = (bare().await, server().await);
    let customers = CUSTOMERS.map(|customer| (&server, customer)).into_iter().chain([(&bare, "bare")]);
    let shapes: Map<String, Value> = serde_json::from_str(include_str!("../fixtures/legacy.json")).unwrap();
    let mut refused = Vec::new();
    for tool in ToolName::ALL.into_iter().filter(|tool| shapes.contains_key(tool.as_str())) {
        let shape = jsonschema::draft202012::new(&shapes[tool.as_str()]).unwrap();
        assert!(!shape.is_valid(&json!({ "score": "high" })), "{tool}: the shape can be missed");
        for (server, customer) in customers.clone() {
            let reply = ask(server, tool.as_str(), customer).await;
            if reply.status != 200 {
                reply.failed(MissingData);
                refused.push(format!("{tool} {customer}"));
                continue;
            }
            let mistakes: Vec<_> = shape.iter_errors(reply.data()).map(|error| error.to_string()).collect();
            assert!(mistakes.is_empty(), "{tool} {customer}: {mistakes:#?} in {}", reply.envelope);
        }
    }
    assert_eq!(shapes.len(), 6);
    // What cannot be said in its shapes without making it up.
    let expected = [
        "calculate_health old",
        "calculate_health bare",
        "generate_email young",
        "generate_email old",
        "generate_email bare",
        "generate_qbr_outline bare",
    ];
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn what_is_known_is_said_in_its_words() {
    let (bare, server) = (bare().await, server().await);
    let missing_usage = json!({ "trend": "flat", "avgDailyUsers": 0.0, "sparkline": [], "missingData": true });
    let missing_tickets = json!({ "openTickets": 0, "recentTickets": [], "missingData": true });
    let missing_contract = json!({ "renewalDate": null, "missingData": true });
    let tickets = json!([
        { "id": "T-1", "severity": "high" }, { "id": "T-2", "severity": "medium" }, { "id": "T-3", "severity": "low" },
    ]);
    let expected = [
        ("get_customer_usage", "busy", json!({ "trend": "flat", "avgDailyUsers": 41.0, "missingData": false })),
        ("get_customer_usage", "silent", json!({ "trend": "down", "avgDailyUsers": 0.0, "missingData": false })),
        ("get_customer_usage", "young", json!({ "trend": "flat", "missingData": true })),
        ("get_customer_usage", "bare", missing_usage.clone()),
        ("get_customer_usage", "old", missing_usage),
        ("get_recent_tickets", "busy", json!({ "openTickets": 3, "recentTickets": tickets, "missingData": false })),
        ("get_recent_tickets", "silent", json!({ "openTickets": 0, "missingData": false })),
        ("get_recent_tickets", "bare", missing_tickets),
        ("get_contract_info", "busy", json!({ "renewalDate": "2027-01-02T00:00:00Z", "arr": 120_000.5 })),
        ("get_contract_info", "bare", missing_contract.clone()),
        ("get_contract_info", "old", missing_contract),
        (
            "calculate_health",
            "busy",
            json!({ "score": 46, "riskLevel": "high", "signals": ["usage_flat", "many_tickets", "renewal_near"] }),
        ),
        (
            "calculate_health",
            "silent",
            json!({ "riskLevel": "high", "signals": ["usage_down", "no_tickets", "renewal_near"] }),
        ),
    ];
    for (tool, customer, expected) in expected {
        let reply = ask(if customer == "bare" { &bare } else { &server }, tool, customer).await;
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&reply.data()[field], value, "{tool} {customer} {field}");
        }
    }
    let email = ask(&server, "generate_email", "busy").await;
    assert_eq!(email.data()["subject"], "Busy: your renewal on 2 January 2027");
    let outline = ask(&server, "generate_qbr_outline", "busy").await;
    assert!(outline.data()["sections"].to_string().contains("Support: "), "{outline:?}");
    ask(&server, "get_customer_usage", "nobody").await.failed(NotFound);
}

#[tokio::test]
async fn of_the_parameters_only_the_owner_is_read_and_where_none_is_named_it_is_everybody() {
    let server = server().await;
    let send = async |client: &str, params: Value| {
        let body = json!({ "customerId": "busy", "params": params }).to_string();
        server.send(request(&server, client, "/get_contract_info", &body)).await
    };
    let plain = send("front", json!({ "ownerUserId": "public", "periodDays": 30 })).await.data().clone();
    for params in [
        json!({}),
        json!(null),
        json!({ "ownerUserId": null }),
        json!({ "ownerUserId": "" }),
        json!({ "periodDays": 30 }),
        json!({ "period": "last quarter", "asOf": "soon" }),
        json!({ "highlights": ["a", { "b": [1, 2] }], "periodDays": [30] }),
    ] {
        assert_eq!(send("front", params.clone()).await.data(), &plain, "{params}");
    }
    let without = request(&server, "front", "/get_contract_info", r#"{"customerId":"busy"}"#);
    assert_eq!(server.send(without).await.data(), &plain);
    let twice = r#"{"customerId":"busy","params":{"ownerUserId":"public","ownerUserId":"public"}}"#;
    server.send(request(&server, "front", "/get_contract_info", twice)).await.failed(InvalidInput);
    let refused: [(Value, ErrorCode); 5] = [
        (json!(["public"]), InvalidInput),
        (json!({ "ownerUserId": "user_2bob" }), Forbidden),
        (json!({ "ownerUserId": 7 }), InvalidInput),
        (json!([]), InvalidInput),
        (json!("public"), InvalidInput),
    ];
    for (params, code) in refused {
        send("front", params).await.failed(code);
    }
    // Another service says whose rows, asks for what there is, and gets our own shapes.
    send("other", json!({})).await.failed(InvalidInput);
    send("other", json!({ "ownerUserId": "public", "periodDays": 30 })).await.failed(InvalidInput);
    assert_eq!(send("other", json!({ "ownerUserId": "public" })).await.data()["daysToRenewal"], 43);
}

#[tokio::test]
async fn a_tool_that_came_later_answers_it_in_its_own_shape() {
    let server = server().await;
    let to_front = ask(&server, "generate_renewal_brief", "busy").await;
    let ours = server.post("/v1/tools/generate_renewal_brief", json!({ "customerId": "busy" })).await;
    assert_eq!(to_front.data(), ours.data());
}
