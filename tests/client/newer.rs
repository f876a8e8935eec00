//! A server that is newer than the client says more: the client reads what it knows and ignores the rest.

use axum::{
    Router,
    body::{Body, to_bytes},
    middleware,
    response::Response,
};
use contracts::{
    CustomerId,
    book::{BookQuery, Standing},
    checks::HealthRequest,
    facts::Part,
    health::Risk,
    history::HistoryQuery,
    session::CallerKind,
    tools::{ToolCall, ToolName, ToolOutput},
};
use serde_json::{Value, json};

use crate::support::{
    server::Server,
    wire::{LONG, client},
};

/// Adds a field to every object of an answer, and a word to every list of words.
fn more(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(more);
            // What is one of several things is a single field by its name.
            if fields.len() == 1 && ["points", "summary"].iter().any(|form| fields.contains_key(*form)) {
                return;
            }
            fields.insert("fromTheFuture".to_owned(), json!({ "list": [1, { "deep": null }] }));
        }
        Value::Array(items) => items.iter_mut().for_each(more),
        _ => {}
    }
}

/// Says words that the client does not know, where it knows some.
fn other_words(value: &mut Value) {
    let Value::Object(fields) = value else {
        return value.as_array_mut().into_iter().flatten().for_each(other_words);
    };
    for (name, field) in fields {
        match name.as_str() {
            "trend" => *field = json!("sideways"),
            "risk" => *field = json!("critical"),
            "standing" => *field = json!("paused"),
            "kind" => *field = json!("robot"),
            "stale" if field.is_array() => *field = json!(["weather", "usage"]),
            "signals" | "contributions" | "gaps" | "tools" => {
                field.as_array_mut().unwrap().push(json!("weather"));
            }
            _ => other_words(field),
        }
    }
}

/// A server whose answers are changed on their way.
async fn server(change: fn(&mut Value)) -> Server {
    let answer = move |response: Response| async move {
        let (mut parts, body) = response.into_parts();
        let mut envelope: Value = serde_json::from_slice(&to_bytes(body, usize::MAX).await.unwrap()).unwrap();
        change(&mut envelope);
        parts.headers.remove("content-length");
        Response::from_parts(parts, Body::from(envelope.to_string()))
    };
    Server::start_behind(true, move |router: Router| router.layer(middleware::map_response(answer))).await
}

fn all_facts() -> BookQuery {
    BookQuery { facts: Some("all".to_owned()), ..BookQuery::default() }
}

#[tokio::test]
async fn fields_that_the_client_does_not_know_are_ignored_at_every_depth() {
    let (now, later) = (Server::start(true).await, server(more).await);
    let (now, later) = (client(now.url.clone(), LONG), client(later.url.clone(), LONG));
    assert_eq!(later.identity().await.unwrap(), now.identity().await.unwrap());
    assert!(later.server().await.unwrap().lacks().is_empty());
    let book = later.whole_book(&all_facts()).await.unwrap();
    assert_eq!(book.customers, now.whole_book(&all_facts()).await.unwrap().customers);
    for customer in book.customers.iter().map(|row| &row.id) {
        for tool in ToolName::ALL {
            let call = ToolCall::of(tool, None);
            assert_eq!(later.call(customer, &call).await.outcome, now.call(customer, &call).await.outcome, "{tool}");
        }
        let history = HistoryQuery { customer_id: customer.clone(), limit: None };
        assert_eq!(later.history(&history).await.unwrap(), now.history(&history).await.unwrap());
    }
    let everybody = HealthRequest::default();
    let checked = later.check(&everybody).await.unwrap().0.checks;
    assert_eq!(checked, now.check(&everybody).await.unwrap().0.checks);
    let exported = now.export(None).await.unwrap();
    assert!(!exported.sources.is_empty());
    assert_eq!(later.export(None).await.unwrap(), exported);
    assert_eq!(later.revision().await.unwrap().as_of, now.revision().await.unwrap().as_of);
}

#[tokio::test]
async fn words_that_the_client_does_not_know_are_left_out() {
    let server = server(other_words).await;
    let backend = client(server.url.clone(), LONG);
    assert_eq!(backend.identity().await.unwrap().kind, CallerKind::Guest);
    assert!(backend.server().await.unwrap().lacks().is_empty());
    let book = backend.whole_book(&BookQuery::default()).await.unwrap();
    assert!(book.customers.iter().all(|row| (row.risk, row.standing) == (Risk::Unknown, Standing::Active)));
    assert!(book.customers.iter().all(|row| row.trend.is_none() && row.stale.iter().all(|part| *part == Part::Usage)));
    let customer: CustomerId = "acme".parse().unwrap();
    let Ok(ToolOutput::Health(report)) =
        backend.call(&customer, &ToolCall::of(ToolName::CalculateHealth, None)).await.outcome
    else {
        panic!("a report");
    };
    assert_eq!(report.risk, Risk::Unknown);
    assert!(!report.contributions.is_empty(), "what is known is read");
}
