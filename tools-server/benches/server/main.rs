//! What signing costs the server, what a page of a large book takes, and what one tenant notices of another who does its
//! worst, on PostgreSQL.
//!
//! `calculate_health` is called over 32 connections, signed, and again at the same handler's bare work: the same JSON,
//! the same query, the same formula, without signature or nonce. Requests are signed before the clock starts.
//! Needs `BENCH_DATABASE_URL`, a server of databases on which it may make one and a role; `scripts/bench` provides it.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

mod attack;
mod book;
mod caller;
#[path = "../../tests/support/database.rs"]
#[expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
mod database;
mod process;
mod worst;

use std::{env, net::SocketAddr, sync::Arc, time::Instant};

use axum::{Json, Router, extract::State, routing::post};
use chrono::Utc;
use contracts::{
    Envelope, OwnerId,
    book::MAX_PAGE,
    signing::{MasterKey, MasterKeys},
    tools::{ToolCall, ToolName, ToolRequest},
};
use reqwest::{Client, Method, Request};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tools_server::{Settings, book::entries, router, serve, store::Store, tools};

use self::{
    book::CUSTOMERS_OF_A_PIECE,
    caller::{Caller, JSON, answered, milliseconds, url},
    database::TemporaryDatabase,
};

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 200;
const ROUNDS: usize = 5;
const PIECES: u32 = 100;
const CUSTOMERS: u32 = PIECES * CUSTOMERS_OF_A_PIECE;
/// The server's master key.
const MASTER: [u8; 32] = [7; 32];
/// Who has the large book.
const MALLORY: &str = "user_2mallory";
/// Who has a book beside it.
const VICTIM: &str = "user_2victim";

#[tokio::main]
async fn main() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Some(server) = attack::target() {
        return attack::go_on(server).await;
    }
    let Ok(server) = env::var("BENCH_DATABASE_URL") else {
        println!("skipped: set BENCH_DATABASE_URL to a PostgreSQL server that may be filled");
        return;
    };
    let database = TemporaryDatabase::on(&server).await;
    database.migrate().await.expect("the database can be migrated");
    let store: Arc<dyn Store> = Arc::new(database.store());
    book::import(&*store, MALLORY, 0..CUSTOMERS_OF_A_PIECE).await;
    book::multiply(&mut TemporaryDatabase::connect(&database.owner_url()).await, MALLORY, PIECES).await;

    println!("| PostgreSQL, a book of {CUSTOMERS} customers | |");
    println!("|---|---|");
    let signed = start(|address| signed_service(&store, address)).await;
    let http = Client::builder().pool_max_idle_per_host(CONNECTIONS).build().expect("an HTTP client");
    let caller = Caller::new(signed, &master(), MALLORY);
    print_rates(&http, &caller, start(|_| bare_service(&store)).await).await;
    print_page(&http, &caller).await;
    worst::print_beside_the_worst(&database, &*store).await;
    store.close().await;
    database.drop().await;
}

/// Prints how many calls are answered a second without signatures and with them.
async fn print_rates(http: &Client, caller: &Caller, bare: SocketAddr) {
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(rate(http, || unsigned_call(bare)).await);
        with.push(rate(http, || signed_call(caller)).await);
    }
    let (with, without) = (median(&mut with), median(&mut without));
    println!(
        "| `calculate_health` over {CONNECTIONS} connections without signature and nonce | {without:.0} a second |"
    );
    println!("| the same, signed | {with:.0} a second ({:.0}%) |", 100.0 * with / without);
}

/// Prints how long a page of the book takes, by id. Another order is made of the whole book first; `book` has it.
async fn print_page(http: &Client, caller: &Caller) {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let (bytes, took) = answered(http, caller.signed(Method::GET, "/v1/customers", Some("sort=id"), "")).await;
        assert!(bytes > MAX_PAGE as usize * 50, "the page is full");
        times.push(milliseconds(took));
    }
    println!("| a page of {MAX_PAGE} customers by id | {:.0} ms |", median(&mut times));
}

async fn start(service: impl FnOnce(SocketAddr) -> Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(serve(listener, service(address), std::future::pending()));
    address
}

fn signed_service(store: &Arc<dyn Store>, address: SocketAddr) -> Router {
    let masters = MasterKeys { current: master(), previous: None };
    router(Arc::clone(store), Settings::new(masters, address.into()))
}

fn master() -> MasterKey {
    MasterKey::new(MASTER.into()).expect("a master key")
}

fn bare_service(store: &Arc<dyn Store>) -> Router {
    Router::new().route("/v1/tools/calculate_health", post(bare_health)).with_state(Arc::clone(store))
}

async fn bare_health(State(store): State<Arc<dyn Store>>, Json(request): Json<ToolRequest>) -> Json<Envelope<Value>> {
    let call = ToolCall::parse(ToolName::CalculateHealth, request.params).expect("valid parameters");
    let today = Utc::now().date_naive();
    let owner: OwnerId = MALLORY.parse().expect("an owner");
    let known = store.rows(&owner, &request.customer_id, today).await.expect("the customer is there");
    let entry = entries(known, today).pop().expect("the customer is there");
    let output = tools::run(&call, &entry.case).expect("there is data");
    Json(Envelope::success(serde_json::to_value(output).expect("a report is JSON")))
}

fn health_of_any() -> String {
    json!({ "customerId": format!("C-{}", rand::random_range(0..CUSTOMERS)), "params": {} }).to_string()
}

fn unsigned_call(address: SocketAddr) -> Request {
    let mut request = Request::new(Method::POST, url(address, "/v1/tools/calculate_health"));
    request.headers_mut().insert("content-type", JSON.parse().expect("a header"));
    *request.body_mut() = Some(health_of_any().into());
    request
}

fn signed_call(caller: &Caller) -> Request {
    caller.signed(Method::POST, "/v1/tools/calculate_health", None, &health_of_any())
}

/// Requests a second over [`CONNECTIONS`] connections, each of which sends its next when the last is answered.
async fn rate(http: &Client, make: impl Fn() -> Request) -> f64 {
    let batches: Vec<Vec<Request>> = (0..CONNECTIONS).map(|_| (0..REQUESTS).map(|_| make()).collect()).collect();
    let start = Instant::now();
    let connections: Vec<_> = batches
        .into_iter()
        .map(|batch| {
            let http = http.clone();
            tokio::spawn(async move {
                for request in batch {
                    answered(&http, request).await;
                }
            })
        })
        .collect();
    for connection in connections {
        connection.await.expect("a connection that lasts");
    }
    (CONNECTIONS * REQUESTS) as f64 / start.elapsed().as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    percentile(values, 50)
}

fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() * percent / 100]
}
