//! Sessions, clocks and timing against the real tools server.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

use axum::{Router, extract::Request, middleware};
use contracts::{
    book::BookQuery,
    session::CallerKind,
    tools::{ReadParams, ToolCall},
};
use cs_copilot::backend::{Backend, Patience, Target};

use crate::support::{
    server::{Server, today},
    wire::{LONG, NOW, client},
};

/// Counts the requests for sessions that pass.
fn counted(sessions: &Arc<AtomicUsize>) -> impl FnOnce(Router) -> Router {
    let sessions = Arc::clone(sessions);
    move |router| {
        router.layer(middleware::map_request(move |request: Request| {
            if request.uri().path() == "/v1/session" {
                sessions.fetch_add(1, Ordering::SeqCst);
            }
            std::future::ready(request)
        }))
    }
}

/// A client whose own clock tests set.
fn client_with_clock(server: &Server, clock: &Arc<AtomicI64>) -> Backend {
    let clock = Arc::clone(clock);
    let patience = Patience { call: LONG, ..Patience::default() };
    Backend::with(Target::Server(server.url.clone(), None), patience, Arc::new(move || clock.load(Ordering::SeqCst)))
}

async fn reads(backend: &Backend) {
    backend.book(&BookQuery::default()).await.unwrap();
}

#[tokio::test]
async fn calls_that_start_together_share_one_session_and_later_ones_keep_it() {
    let sessions = Arc::default();
    let server = Server::start_behind(true, counted(&sessions)).await;
    let backend = client(server.url.clone(), LONG);
    tokio::join!(reads(&backend), reads(&backend), reads(&backend), reads(&backend), reads(&backend));
    reads(&backend).await;
    assert_eq!(sessions.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_session_is_renewed_a_minute_before_it_ends() {
    let sessions = Arc::default();
    let server = Server::start_behind(true, counted(&sessions)).await;
    let clock = Arc::new(AtomicI64::new(NOW));
    let backend = client_with_clock(&server, &clock);
    for (secs, expected) in [(0, 1), (839, 1), (840, 2), (1679, 2), (1680, 3)] {
        server.advance(NOW + secs - clock.swap(NOW + secs, Ordering::SeqCst));
        reads(&backend).await;
        assert_eq!(sessions.load(Ordering::SeqCst), expected, "after {secs} s");
    }
}

#[tokio::test]
async fn a_session_that_the_server_calls_expired_is_replaced_once() {
    let sessions = Arc::default();
    let server = Server::start_behind(true, counted(&sessions)).await;
    let backend = client(server.url.clone(), LONG);
    reads(&backend).await;
    // The server goes on; this machine slept and believes that no time has passed.
    server.advance(1000);
    let customer = "acme".parse().unwrap();
    let report = backend.call(&customer, &ToolCall::CalculateHealth(ReadParams::default())).await;
    assert!(report.outcome.is_ok(), "{report:?}");
    assert_eq!(sessions.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_is_corrected_at_the_start_and_when_it_jumps() {
    for off in [-3600, 3600] {
        let server = Server::start(true).await;
        let clock = Arc::new(AtomicI64::new(NOW + off));
        let backend = client_with_clock(&server, &clock);
        reads(&backend).await;
        assert_eq!(backend.today(), today());
        clock.fetch_sub(off, Ordering::SeqCst);
        reads(&backend).await;
        assert_eq!(backend.today(), today());
    }
}

#[tokio::test]
async fn the_server_says_who_calls_and_whether_they_may_write() {
    for writable in [true, false] {
        let server = Server::start(writable).await;
        let identity = client(server.url.clone(), LONG).identity().await.unwrap();
        let expected = ("public", CallerKind::Guest, writable);
        assert_eq!((identity.owner.as_str(), identity.kind, identity.writable), expected);
    }
}

#[tokio::test]
async fn the_parts_of_a_call_sum_to_its_total() {
    let server = Server::start(true).await;
    let backend = client(server.url.clone(), LONG);
    let customer = "acme".parse().unwrap();
    let timing = backend.call(&customer, &ToolCall::CalculateHealth(ReadParams::default())).await.timing;
    let network_ms = timing.network_ms.expect("there is a network between");
    let sum = timing.client_ms + network_ms + timing.auth_ms + timing.db_ms + timing.tool_ms;
    assert!((sum - timing.total_ms).abs() < 0.001, "{timing:?}");
    assert!(timing.db_ms > 0.0 && timing.auth_ms > 0.0 && network_ms > 0.0, "{timing:?}");
}

fn embedded(dir: &Path) -> Backend {
    Backend::new(Target::Embedded(dir.to_owned()))
}

async fn customers(backend: &Backend) -> u32 {
    backend.book(&BookQuery::default()).await.unwrap().total
}

#[tokio::test]
async fn the_server_inside_brings_the_demo_once_and_two_copies_share_a_directory() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (embedded(dir.path()), embedded(dir.path()));
    tokio::join!(customers(&first), customers(&second));
    let one = customers(&first).await;
    assert!(one > 0);
    assert_eq!(customers(&second).await, one);
    assert!(first.identity().await.unwrap().writable, "the machine is its user's own");
    assert_eq!(first.remove_demo().await.unwrap().customers, one);
    assert_eq!(customers(&second).await, 0);
    assert_eq!(customers(&embedded(dir.path())).await, 0, "a removed demo does not come back");
    assert_eq!(second.seed_demo().await.unwrap().customers, one);
    assert_eq!(customers(&first).await, one);
}

#[tokio::test]
async fn a_call_of_the_server_inside_is_signed_and_timed_and_passes_no_network() {
    let dir = tempfile::tempdir().unwrap();
    let backend = embedded(dir.path());
    let customer = backend.book(&BookQuery::default()).await.unwrap().customers[0].id.clone();
    let report = backend.call(&customer, &ToolCall::CalculateHealth(ReadParams::default())).await;
    let timing = report.timing;
    assert!(report.outcome.is_ok());
    assert_eq!(timing.network_ms, None);
    assert!(timing.auth_ms > 0.0 && timing.db_ms > 0.0, "{timing:?}");
    let sum = timing.client_ms + timing.auth_ms + timing.db_ms + timing.tool_ms;
    assert!((sum - timing.total_ms).abs() < 0.001, "{timing:?}");
}

#[tokio::test]
async fn a_data_directory_that_cannot_be_used_is_named_with_the_way_out() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "not a directory").unwrap();
    let failure = embedded(&file).identity().await.unwrap_err();
    let message = failure.message.as_str();
    assert!(message.starts_with("The tools server inside this program cannot start: "), "{message}");
    assert!(message.contains(&file.display().to_string()), "{message}");

    let broken = dir.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(broken.join("book.sqlite"), "no database at all, and long enough to be read as one".repeat(100))
        .unwrap();
    let failure = embedded(&broken).identity().await.unwrap_err();
    assert!(failure.message.as_str().contains(&broken.display().to_string()), "{failure}");
}
