//! Bad input, well signed: refused with the field's name, and never with the input itself.

use crate::{positions::bodies, support::*};
use contracts::{
    ErrorCode::{Conflict, InvalidInput, NotFound, TooLarge},
    delivery::MAX_PIECE,
    history::MAX_RESULT,
};
use reqwest::Method;
use serde_json::{Value, json};

const HEALTH: &str = "/v1/tools/calculate_health";
const PIECE: &str = "/v1/imports/x/pieces/1";

#[tokio::test]
async fn bodies_that_are_no_json_are_refused() {
    let server = TestServer::start().await;
    let deep = "[".repeat(100_000);
    let bodies: [&[u8]; 14] = [
        b"",
        b"null",
        b"[]",
        b"[\"acme\", {}]",
        b"{",
        b"{}{}",
        b"{\"customerId\":\"acme\"} trailing",
        b"\xff\xfe",
        b"{\"customerId\":\"ac\xc3\x28me\"}",
        b"{\"customerId\":\"ac\0me\"}",
        deep.as_bytes(),
        // Of two values under one name none is taken.
        b"{\"customerId\":\"acme\",\"customerId\":\"globex\"}",
        b"{\"customerId\":\"acme\",\"params\":{},\"params\":{}}",
        b"{\"customerId\":\"acme\",\"params\":{\"asOf\":\"2026-11-20\",\"asOf\":\"2026-11-21\"}}",
    ];
    for body in bodies {
        server.call(Method::POST, HEALTH, body).await.failed(InvalidInput);
    }
}

#[tokio::test]
async fn unknown_fields_and_wrong_types_are_refused_by_name() {
    let server = TestServer::start().await;
    let cases = [
        (HEALTH, json!({ "customerId": "acme", "owner": "somebody" }), "owner"),
        (HEALTH, json!({ "customerId": 7 }), "customerId"),
        (HEALTH, json!({ "customerId": null }), "customerId"),
        (HEALTH, json!({ "params": {} }), "customerId"),
        (HEALTH, json!({ "customerId": "acme", "params": { "ownerUserId": "../x" } }), "ownerUserId"),
        (HEALTH, json!({ "customerId": "acme", "params": { "ownerUserId": null } }), "ownerUserId"),
        (HEALTH, json!({ "customerId": "acme", "params": { "owner": "public" } }), "owner"),
        (HEALTH, json!({ "customerId": "acme", "params": { "asOf": "20.11.2026" } }), "asOf"),
        (HEALTH, json!({ "customerId": "acme", "params": { "asOf": "2026-02-30" } }), "asOf"),
        (HEALTH, json!({ "customerId": "acme", "params": [] }), "params"),
        ("/v1/tools/generate_email", json!({ "customerId": "acme", "params": { "occasion": "birthday" } }), "occasion"),
        ("/v1/customers", json!({ "id": "new" }), "name"),
        ("/v1/customers", json!({ "id": "new", "name": ["New"] }), "name"),
        ("/v1/customers", json!({ "id": "new", "name": " \u{200b}" }), "name"),
        ("/v1/customers", json!({ "id": "new", "name": "n".repeat(201) }), "name"),
        ("/v1/customers", json!({ "id": "new", "name": "New", "arr": 1 }), "arr"),
        ("/v1/messages", json!({ "runId": "r1" }), "result"),
    ];
    for (path, body, field) in cases {
        let reply = server.post(path, body.clone()).await;
        let message = reply.failed(InvalidInput);
        assert!(message.contains(field), "{message:?} names {field}");
    }
}

#[tokio::test]
async fn hostile_ids_are_refused_in_bodies_paths_and_queries() {
    let server = TestServer::start().await;
    let ids = [
        "../../etc/passwd",
        "..",
        "a/b",
        "acme'; DROP TABLE companies;--",
        "acme\" OR \"1\"=\"1",
        "\u{1b}]52;c;cm0gLXJm\u{7}",
        "\u{1b}[2Jacme",
        "acme\0",
        "acme\u{202e}",
        "-acme",
        "",
        &"a".repeat(101),
    ];
    for id in ids {
        let encoded: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let quiet = |message: &str| assert!(id.is_empty() || !message.contains(id), "{message:?} repeats the id");
        quiet(server.post(HEALTH, json!({ "customerId": id })).await.failed(InvalidInput));
        quiet(server.get(&format!("/v1/messages?customerId={encoded}")).await.failed(InvalidInput));
        quiet(server.post("/v1/customers", json!({ "id": id, "name": "New" })).await.failed(InvalidInput));
        if !id.is_empty() && id != ".." {
            quiet(server.call(Method::DELETE, &format!("/v1/customers/{encoded}"), "").await.failed(InvalidInput));
        }
    }
    server.call(Method::DELETE, "/v1/customers/%FF%FE", "").await.failed(InvalidInput);
    assert!(server.get("/v1/customers").await.data()["total"].as_u64().unwrap() > 0, "the book is still there");
}

#[tokio::test]
async fn queries_are_as_strict_as_bodies() {
    let server = TestServer::start().await;
    let queries = [
        ("/v1/customers?limit=0", "limit"),
        ("/v1/customers?limit=1001", "limit"),
        ("/v1/customers?limit=-1", "limit"),
        ("/v1/customers?limit=99999999999999999999", "limit"),
        ("/v1/customers?after=a%20b", "after"),
        ("/v1/customers?after=nobody", "after"),
        ("/v1/customers?sort=random", "sort"),
        ("/v1/customers?owner=somebody", "owner"),
        ("/v1/customers?asOf=yesterday", "asOf"),
        ("/v1/messages?customerId=acme&limit=201", "limit"),
        ("/v1/messages", "customerId"),
    ];
    for (path, field) in queries {
        let reply = server.get(path).await;
        let message = reply.failed(InvalidInput);
        assert!(message.contains(field), "{message:?} names {field}");
    }
    server.call(Method::GET, "/v1/customers", "{\"sort\":\"name\"}").await.failed(InvalidInput);
}

#[tokio::test]
async fn huge_bodies_are_refused_on_every_kind_of_request() {
    let server = TestServer::start().await;
    let huge = vec![b' '; 1024 * 1024 + 1];
    server.call(Method::POST, HEALTH, huge.clone()).await.failed(TooLarge);
    server.call(Method::POST, "/v1/messages", huge.clone()).await.failed(TooLarge);
    server.call(Method::POST, "/v1/imports/x", huge.clone()).await.failed(TooLarge);
    server.call(Method::POST, PIECE, vec![b' '; MAX_PIECE + 1]).await.failed(TooLarge);
    server.call(Method::POST, PIECE, huge).await.failed(InvalidInput);

    let mut session = reqwest::Request::new(Method::POST, server.url("/v1/session"));
    *session.body_mut() = Some(vec![b' '; 1024 * 1024].into());
    server.send(session).await.failed(TooLarge);
}

#[tokio::test]
async fn a_run_is_kept_up_to_a_length_at_which_many_can_be_read() {
    let server = TestServer::start().await;
    let (method, path, mut body) = bodies().into_iter().find(|(_, path, _)| *path == "/v1/messages").unwrap();
    for (words, taken) in [(MAX_RESULT / 4, true), (MAX_RESULT / 2, false)] {
        body["runId"] = json!(format!("run-{words}"));
        body["result"]["customerId"] = json!("acme-corp");
        body["result"]["summary"] = json!("a ".repeat(words));
        let reply = server.call(method.clone(), path, body.to_string()).await;
        let message = reply.envelope["error"]["message"].as_str().unwrap_or_default();
        assert_eq!(message.contains("The run is too long: at most 64 KiB"), !taken, "{message}");
    }
}

#[tokio::test]
async fn numbers_out_of_range_are_refused() {
    let server = TestServer::start().await;
    let piece = |part: &str, row: Value| {
        let mut piece = json!({ "customers": [{ "id": "new", "fields": { "name": "New" } }] });
        piece[part] = json!([row]);
        piece
    };
    let contract = |arr: Value, seats: Value| json!({ "customerId": "new", "contractId": "new", "terms": { "arr": arr, "seats": seats } });
    let usd = |minor: Value| json!({ "minor": minor, "currency": "USD" });
    let points = |value: Value| json!({ "customerId": "new", "metric": "logins", "says": { "points": [{ "date": "2026-11-01", "value": value }] } });
    let out_of_range = [
        piece("contracts", contract(usd(json!(1e30)), json!(1))),
        piece("contracts", contract(usd(json!(9_223_372_036_854_775_808_u64)), json!(1))),
        piece("contracts", contract(usd(json!(1)), json!(4_294_967_296_u64))),
        piece("contracts", contract(usd(json!(1)), json!(-1))),
        piece("usage", points(json!("many"))),
        piece("usage", points(json!(-1.0))),
    ];
    for piece in out_of_range {
        server.post(PIECE, piece).await.failed(InvalidInput);
    }
    let infinite = piece("usage", points(json!(7))).to_string().replace(":7}", ":1e999}");
    server.call(Method::POST, PIECE, infinite).await.failed(InvalidInput);
    let parts = json!({ "customers": ["name"], "usage": [], "contracts": ["arr", "seats"] });
    let delivery = json!({ "source": "test", "day": "2026-11-20", "parts": parts, "pieces": 1 });
    let reply = server.post("/v1/imports/x", delivery.clone()).await;
    assert!(reply.failed(InvalidInput).contains("0 of its 1 pieces"), "none was kept: {}", reply.envelope);
    for in_range in [piece("contracts", contract(usd(json!(1)), json!(1))), piece("usage", points(json!(7)))] {
        server.import("x", in_range, delivery.clone()).await.data();
    }
}

#[tokio::test]
async fn a_message_never_grows_with_the_input() {
    let server = TestServer::start().await;
    let reply = server.post(HEALTH, json!({ "customerId": "acme", "x".repeat(100_000): 1 })).await;
    assert!(reply.failed(InvalidInput).chars().count() < 250);
    let reply = server.post(HEALTH, json!({ "customerId": "acme", "\u{1b}[31m\u{202e}": 1 })).await;
    assert!(!reply.failed(InvalidInput).contains(['\u{1b}', '\u{202e}']));
}

#[tokio::test]
async fn what_is_not_there_and_what_is_there_already_is_said_plainly() {
    let server = TestServer::start().await;
    let nobody = json!({ "customerId": "nobody" });
    assert_eq!(server.post(HEALTH, nobody.clone()).await.failed(NotFound), "There is no customer nobody.");
    let tools = server.post("/v1/tools/delete_everything", nobody).await;
    assert!(tools.failed(NotFound).contains("/v1/openapi.json"), "it says where the tools are listed");
    server.call(Method::DELETE, "/v1/customers/nobody", "").await.failed(NotFound);
    let update = json!({ "id": "nobody", "name": "Nobody" }).to_string();
    server.call(Method::PUT, "/v1/customers/nobody", update.clone()).await.failed(NotFound);
    server.call(Method::PUT, "/v1/customers/somebody", update).await.failed(InvalidInput);
    let customer = server.a_customer().await;
    let again = json!({ "id": customer, "name": "Again" });
    assert_eq!(
        server.post("/v1/customers", again).await.failed(Conflict),
        format!("There is a customer {customer} already.")
    );
}
