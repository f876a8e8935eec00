//! What the client makes of a server that is not there, dies, talks nonsense, is slow or busy.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    extract::Request,
    http::{Method, StatusCode},
    middleware::{Next, from_fn},
    response::IntoResponse,
};
use contracts::{
    CustomerId, Envelope, ErrorCode, IdempotencyKey,
    book::BookQuery,
    delivery::Piece,
    failure::{Failure, Stage},
    tools::{ReadParams, ToolCall},
};
use cs_copilot::backend::{Backend, CallError, CallReport};
use serde_json::json;

use crate::support::{
    server::Server,
    wire::{LONG, Reply, Wire, client, nobody},
};

async fn call(backend: &Backend) -> CallReport {
    let customer: CustomerId = "acme".parse().unwrap();
    backend.call(&customer, &ToolCall::GetCustomerUsage(ReadParams::default())).await
}

/// The failure of a call against this script, and how many calls the server saw.
async fn failure_of(script: Vec<Reply>) -> (Failure, usize) {
    let (wire, url) = Wire::start(script).await;
    match call(&client(url, LONG)).await.outcome {
        Err(CallError::Failed(failure)) => (failure, wire.signatures().len()),
        other => panic!("not a failure: {other:?}"),
    }
}

fn usage() -> Reply {
    Reply::Raw(200, usage_envelope())
}

fn usage_envelope() -> Vec<u8> {
    let source = json!({"origin": "demo", "asOf": "2026-11-20"});
    let data = json!({"metric": "logins", "recent": 29.0, "points": [], "source": source});
    serde_json::to_vec(&Envelope::success(data)).unwrap()
}

#[tokio::test]
async fn a_server_that_is_not_running_is_said_to_be_out_of_reach() {
    let url = nobody().await;
    let failure = client(url.clone(), LONG).identity().await.unwrap_err();
    assert_eq!(failure.stage, Stage::Connect);
    let message = format!("Could not reach the tools server at {url}; is it running, and is the address right?");
    assert_eq!(failure.message.as_str(), message);
    let Err(CallError::Failed(failure)) = call(&client(url, LONG)).await.outcome else { panic!("it answered") };
    assert_eq!((failure.stage, failure.attempt), (Stage::Connect, 4), "a connect error is tried again three times");
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_of_an_answer_is_told_from_one_that_is_not_there() {
    let (failure, seen) = failure_of(vec![Reply::BrokenOff]).await;
    assert_eq!((failure.stage, failure.attempt, seen), (Stage::Connect, 4, 4));
    assert!(failure.message.as_str().contains("broke before the answer was complete"), "{failure}");
}

#[tokio::test]
async fn garbage_names_the_status_and_is_not_asked_for_again() {
    for body in [&b"<html>welcome</html>"[..], b"", b"\xff\xfe\x00", b"[1,2", b"null", b"{\"ok\":\"yes\"}"] {
        let (failure, seen) = failure_of(vec![Reply::Raw(200, body.to_vec())]).await;
        assert_eq!((failure.stage, failure.code, seen), (Stage::Http, None, 1));
        assert!(failure.message.as_str().starts_with("Got HTTP 200 from the tools server at http://127.0.0.1:"));
        assert_eq!(failure.request_id.unwrap().as_str(), "req-9");
    }
}

#[tokio::test]
async fn an_envelope_of_another_shape_is_a_schema_failure() {
    let contradiction = Reply::Raw(200, br#"{"ok":true,"data":null,"error":null}"#.to_vec());
    for reply in [contradiction, Reply::ok(&json!({"metric": 5})), Reply::ok(&json!("usage"))] {
        let (failure, seen) = failure_of(vec![reply]).await;
        assert_eq!((failure.stage, seen), (Stage::Schema, 1), "{failure}");
    }
    let (_, url) = Wire::start([Reply::ok(&json!({"customers": 3}))]).await;
    let failure = client(url, LONG).book(&BookQuery::default()).await.unwrap_err();
    assert_eq!(failure.stage, Stage::Schema, "an envelope whose data is no book");
}

#[tokio::test]
async fn the_code_of_the_envelope_wins_over_the_status() {
    let cases = [
        (ErrorCode::InvalidInput, Stage::Validate),
        (ErrorCode::Forbidden, Stage::Auth),
        (ErrorCode::Replayed, Stage::Replay),
        (ErrorCode::NotFound, Stage::Store),
        (ErrorCode::Conflict, Stage::Validate),
        (ErrorCode::TooLarge, Stage::Validate),
        (ErrorCode::ToolFailure, Stage::Tool),
    ];
    for (code, stage) in cases {
        for status in [200, 400, 404, 429, 503] {
            let (failure, seen) = failure_of(vec![Reply::error(status, code)]).await;
            assert_eq!((failure.stage, failure.code, failure.attempt, seen), (stage, Some(code), 1, 1));
            assert_eq!(failure.message.as_str(), "the server's own sentence");
        }
    }
}

#[tokio::test]
async fn missing_data_is_an_answer_and_not_a_failure() {
    let (_, url) = Wire::start([Reply::error(404, ErrorCode::MissingData)]).await;
    let outcome = call(&client(url, LONG)).await.outcome;
    assert_eq!(outcome, Err(CallError::Missing("the server's own sentence".into())));
}

#[tokio::test]
async fn what_can_pass_is_tried_again_each_time_with_a_fresh_nonce() {
    let passing =
        [Reply::Busy(503, 0), Reply::error(503, ErrorCode::Unavailable), Reply::Raw(502, b"bad gateway".to_vec())];
    let (wire, url) = Wire::start(passing.into_iter().chain([usage()])).await;
    let report = call(&client(url, LONG)).await;
    assert!(report.outcome.is_ok(), "{report:?}");
    let mut signatures = wire.signatures();
    assert_eq!(signatures.len(), 4);
    signatures.sort();
    signatures.dedup();
    assert_eq!(signatures.len(), 4, "every attempt is signed anew");
}

#[tokio::test]
async fn what_does_not_pass_is_given_up_after_three_retries() {
    for (reply, stage) in [
        (Reply::error(429, ErrorCode::RateLimited), Stage::RateLimit),
        (Reply::Raw(429, Vec::new()), Stage::RateLimit),
        (Reply::error(503, ErrorCode::Unavailable), Stage::Store),
        (Reply::Raw(504, Vec::new()), Stage::Http),
    ] {
        let (failure, seen) = failure_of(vec![reply]).await;
        assert_eq!((failure.stage, failure.attempt, seen), (stage, 4, 4));
    }
}

#[tokio::test]
async fn a_write_is_tried_again_under_one_idempotency_key() {
    let (import, piece) = ("import-1".parse().unwrap(), Piece::default());
    let mut keys = Vec::new();
    for reply in [Reply::BrokenOff, Reply::Raw(502, Vec::new()), Reply::error(429, ErrorCode::RateLimited)] {
        let (wire, url) = Wire::start([reply]).await;
        let failure = client(url, LONG).send_piece(&import, 1, &piece).await.unwrap_err();
        assert_eq!((failure.attempt, wire.signatures().len()), (4, 4), "{failure}");
        let mut sent = wire.header("idempotency-key");
        sent.dedup();
        assert_eq!(sent.len(), 1, "every attempt has the same key");
        keys.push(sent[0].clone().unwrap().parse::<IdempotencyKey>().unwrap());
    }
    assert!(keys[0] != keys[1] && keys[1] != keys[2], "every write has a key of its own");
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_not_carried_out_again() {
    let lost = Arc::new(AtomicBool::new(false));
    let lose_first = from_fn(move |request: Request, next: Next| {
        let lost = Arc::clone(&lost);
        async move {
            let removal = request.method() == Method::DELETE;
            let answer = next.run(request).await;
            if removal && !lost.swap(true, Ordering::SeqCst) { StatusCode::BAD_GATEWAY.into_response() } else { answer }
        }
    });
    let server = Server::start_behind(true, |router| router.layer(lose_first)).await;
    let removed = client(server.url.clone(), LONG).remove_demo().await.unwrap();
    assert!(removed.customers > 0, "the first attempt's answer: a second removal would have found none");
    let again = client(server.url.clone(), LONG).remove_demo().await.unwrap();
    assert_eq!(again.customers, 0);
}

#[tokio::test]
async fn a_read_has_no_idempotency_key() {
    let (wire, url) = Wire::start([usage()]).await;
    call(&client(url, LONG)).await.outcome.unwrap();
    assert_eq!(wire.header("idempotency-key"), [None]);
}

#[tokio::test]
async fn a_slow_server_is_given_up_at_the_deadline() {
    let (_, url) = Wire::start([Reply::Silence]).await;
    let backend = client(url, Duration::from_millis(500));
    backend.identity().await.unwrap();
    let report = call(&backend).await;
    let Err(CallError::Failed(failure)) = report.outcome else { panic!("it answered") };
    assert_eq!((failure.stage, failure.attempt), (Stage::Timeout, 1));
    assert!(failure.message.as_str().contains("within 0.5 s"), "{failure}");
    assert!(report.timing.network_ms > Some(report.timing.client_ms), "the wait was on the wire: {:?}", report.timing);
}

#[tokio::test]
async fn a_server_that_asks_for_more_patience_than_there_is_is_not_waited_for() {
    let (failure, seen) = failure_of(vec![Reply::Busy(503, 3600)]).await;
    assert_eq!((failure.stage, failure.attempt, seen), (Stage::Http, 1, 1));
    let (failure, seen) = failure_of(vec![Reply::Busy(429, 3600)]).await;
    assert_eq!((failure.stage, failure.attempt, seen), (Stage::RateLimit, 1, 1));
    assert!(failure.message.as_str().contains("try again in 3600 s"), "{failure}");
}

#[tokio::test]
async fn whatever_a_server_says_of_its_timing_the_parts_stay_sane() {
    for header in [
        "",
        "db",
        "db;dur=",
        "db;dur=NaN, auth;dur=-5",
        "tool;dur=1e300, db;dur=inf",
        "x;dur=1,;;,=;dur=7",
        "db;desc=\"a\";dur=9e9",
    ] {
        let (_, url) = Wire::start([Reply::Timed(header, usage_envelope())]).await;
        let timing = call(&client(url, LONG)).await.timing;
        let parts =
            [timing.client_ms, timing.network_ms.unwrap_or_default(), timing.auth_ms, timing.db_ms, timing.tool_ms];
        assert!(parts.iter().all(|part| part.is_finite() && *part >= 0.0), "{header}: {timing:?}");
        assert!((parts.iter().sum::<f64>() - timing.total_ms).abs() < 0.001, "{header}: {timing:?}");
    }
}
