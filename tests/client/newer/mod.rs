//! A server that is newer than the client says more: the client reads what it knows and ignores the rest.

mod description;
mod reads;

use std::{
    collections::BTreeSet,
    mem,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    middleware::{self, Next},
    response::Response,
};
use contracts::{
    CustomerId,
    book::{BookQuery, Standing},
    facts::Part,
    health::Risk,
    session::CallerKind,
    tools::{ToolCall, ToolName, ToolOutput},
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use self::{
    description::Description,
    reads::{fill, reads},
};
use crate::support::{
    server::Server,
    wire::{LONG, client},
};

/// A server whose answers are changed on their way. `change` is told what was asked: the method and the path.
async fn server(change: impl Fn(&str, &mut Value) + Clone + Send + Sync + 'static) -> Server {
    let answer = move |request: Request, next: Next| {
        let (change, asked) = (change.clone(), format!("{} {}", request.method(), request.uri().path()));
        async move {
            let (mut parts, body) = next.run(request).await.into_parts();
            let mut envelope: Value = serde_json::from_slice(&to_bytes(body, usize::MAX).await.unwrap()).unwrap();
            change(&asked, &mut envelope);
            parts.headers.remove("content-length");
            Response::from_parts(parts, Body::from(envelope.to_string()))
        }
    };
    Server::start_behind(true, move |router: Router| router.layer(middleware::from_fn(answer))).await
}

async fn description() -> Description {
    let mut inner = None;
    Server::start_behind(true, |router: Router| inner.insert(router).clone()).await;
    let request = Request::get("/v1/openapi.json").body(Body::empty()).unwrap();
    let answer = inner.unwrap().oneshot(request).await.unwrap();
    Description::of(&to_bytes(answer.into_body(), usize::MAX).await.unwrap())
}

#[tokio::test]
async fn fields_that_the_client_does_not_know_are_ignored_at_every_depth() {
    let (now, description) = (Server::start(true).await, description().await);
    let later = server(move |asked, answer| description.add_fields(asked, answer)).await;
    let [now, later] = [&now, &later].map(|server| client(server.url.clone(), LONG));
    fill(&now).await;
    fill(&later).await;
    for (now, later) in reads(&now).await.into_iter().zip(reads(&later).await) {
        assert!(now.1.is_ok(), "{now:?}");
        assert_eq!(later, now);
    }
}

/// What is asked again and again, each time with another choice of every answer made as the client does not know it.
#[tokio::test]
async fn no_choice_that_the_client_does_not_know_spoils_an_answer() {
    let description = description().await;
    let turn = Arc::new(AtomicUsize::new(usize::MAX));
    let (chosen, number) = (Arc::new(Mutex::new(BTreeSet::new())), Arc::clone(&turn));
    let log = Arc::clone(&chosen);
    let later = server(move |asked, answer| {
        log.lock().unwrap().extend(description.choose_anew(asked, answer, number.load(Ordering::SeqCst)));
    })
    .await;
    let backend = client(later.url.clone(), LONG);
    fill(&backend).await;
    let mut spoilt = Vec::new();
    for number in 0.. {
        turn.store(number, Ordering::SeqCst);
        backend.forget_session().await;
        let unread = reads(&backend).await.into_iter().filter(|(_, read)| read.is_err());
        let chosen = mem::take(&mut *chosen.lock().unwrap());
        if chosen.is_empty() {
            assert!(number > 9, "{number}");
            break;
        }
        spoilt.extend(unread.map(|(what, _)| (what, chosen.clone())));
    }
    assert!(spoilt.is_empty(), "{spoilt:#?}");
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

#[tokio::test]
async fn words_that_the_client_does_not_know_are_left_out() {
    let server = server(|_, answer| other_words(answer)).await;
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
