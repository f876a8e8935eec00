//! What a run takes when every tool call takes 50 ms longer: about as long as its slowest call, since all of a plan's
//! calls go at once.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

use domain::tasks::Tasks;
use std::{sync::Arc, time::Duration};

use axum::{extract::Request, middleware::Next, response::Response};
use chrono::Utc;
use contracts::{
    OwnerId,
    book::BookQuery,
    run::RunEventKind,
    signing::{MasterKey, MasterKeys},
};
use cs_copilot::{
    agent::{Agent, RunRequest},
    backend::{Backend, Target},
    config::Planner,
};
use tokio::net::TcpListener;
use tools_server::{
    Settings, router, serve,
    store::{SqliteStore, Store, Write},
};

const INJECTED: Duration = Duration::from_millis(50);
const ROUNDS: usize = 20;

#[tokio::main]
async fn main() {
    let directory = tempfile::tempdir().expect("a directory for the book");
    let backend = Backend::new(Target::Server(slow_server(directory.path()).await, None));
    let agent = Agent::new(backend.clone(), None);
    let book = backend.book(&BookQuery::default()).await.expect("the demo book");
    let customer = book.customers.iter().find(|row| row.name.as_str() == "Acme Corp").expect("Acme Corp");

    println!("| task, 50 ms injected into every call | slowest call, ms | run, ms | ratio |");
    println!("|---|---|---|---|");
    for task in Tasks::shipped().iter() {
        let mut ratios = Vec::new();
        for _ in 0..ROUNDS {
            let mut slowest = 0.0_f64;
            let request =
                RunRequest::new(customer.id.clone(), customer.name.clone(), task.clone(), Planner::Deterministic, None);
            let result = agent
                .run(request, |event| {
                    if let RunEventKind::ToolFinished { timing, .. } = event.kind {
                        slowest = slowest.max(timing.total_ms);
                    }
                })
                .await
                .result;
            let total = result.timing_info.total_ms;
            ratios.push((total / slowest, slowest, total));
        }
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (ratio, slowest, total) = ratios[ROUNDS / 2];
        println!("| {} | {slowest:.1} | {total:.1} | {ratio:.3} |", task.id);
    }
}

/// A server with the demo book, every tool of which takes [`INJECTED`] longer.
async fn slow_server(directory: &std::path::Path) -> cs_copilot::config::ServerUrl {
    let store = SqliteStore::open(&directory.join("book.sqlite")).expect("a database");
    store.migrate().await.expect("a schema");
    let now = Utc::now();
    let nonce = "the-seeds-own-nonce".parse().expect("a nonce");
    let write = Write { owner: OwnerId::public(), nonce, nonce_expires: now, now, once: None };
    store.seed_demo(&write).await.expect("the demo book");

    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let masters = MasterKeys { current: MasterKey::new(vec![7; 32]).expect("a master key"), previous: None };
    let settings = Settings::new(masters, address.into());
    let slow = router(Arc::new(store), settings).layer(axum::middleware::from_fn(linger));
    tokio::spawn(serve(listener, slow, std::future::pending()));
    format!("http://{address}").parse().expect("a server address")
}

async fn linger(request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/v1/tools/") {
        tokio::time::sleep(INJECTED).await;
    }
    next.run(request).await
}
