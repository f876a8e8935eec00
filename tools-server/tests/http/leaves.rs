//! Whatever stands in the place of a value in a body that is otherwise good: it is taken or refused, on PostgreSQL too,
//! which takes less than JSON can say; and what was taken can be read again.

use std::sync::Arc;

use crate::{database::TemporaryDatabase, positions::bodies, support::*};
use reqwest::Method;
use serde_json::{Value, json};

/// Stands for what comes into its place.
const MARK: &str = "the-mark";

/// Texts and numbers, as they stand in JSON.
const VALUES: [&str; 14] = [
    r#""a\u0000b""#,
    r#""\u0000""#,
    r#""\ud800""#,
    r#""\udfff\ud800""#,
    r#""\ufeff\u202e\u200b""#,
    r#""𝔸̶😀""#,
    r#""'; DROP TABLE companies;--""#,
    r#""+9999-12-31""#,
    "-0.0",
    "1e400",
    "-9223372036854775809",
    "18446744073709551615",
    "1e-400",
    "null",
];

/// The path of every value in it that is no object or list, as a JSON pointer.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| leaves(field, format!("{path}/{name}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| leaves(item, format!("{path}/{index}"), found));
        }
        _ => found.push(path),
    }
}

async fn a_server_takes_or_refuses_every_value(server: &TestServer) {
    let (session, mut sent) = (server.session().await, 0);
    for (method, path, body) in bodies() {
        let mut found = Vec::new();
        leaves(&body, String::new(), &mut found);
        for pointer in found {
            for value in VALUES {
                let mut marked = body.clone();
                *marked.pointer_mut(&pointer).unwrap() = json!(MARK);
                let body = marked.to_string().replace(&format!("\"{MARK}\""), value);
                let reply = server.send(session.sign(method.clone(), server.url(path), body)).await;
                assert!(reply.status < 500, "{value} at {pointer} of {path}: {}", reply.envelope);
                sent += 1;
            }
        }
        let whole = server.call(method, path, body.to_string()).await;
        assert!(whole.status < 500, "{path}: {}", whole.envelope);
    }
    assert!(sent > 1_000, "{sent} values are many");
    let reads = [
        "/v1/customers?facts=all",
        "/v1/attention",
        "/v1/messages?customerId=acme",
        "/v1/evals",
        "/v1/evals/e-1/results?steps=true",
        "/v1/export",
    ];
    for path in reads {
        server.call(Method::GET, path, "").await.data();
    }
}

#[tokio::test]
async fn whatever_value_a_body_has_it_is_taken_or_refused_on_sqlite() {
    a_server_takes_or_refuses_every_value(&TestServer::start().await).await;
}

#[tokio::test]
async fn whatever_value_a_body_has_it_is_taken_or_refused_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let server = TestServer::on(Arc::new(database.store()), Options::default()).await;
    a_server_takes_or_refuses_every_value(&server).await;
    server.store.close().await;
    database.drop().await;
}
