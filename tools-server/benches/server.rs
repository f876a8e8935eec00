//! What signing costs the server, and how long a large book takes, on PostgreSQL.
//!
//! `calculate_health` is called over 32 connections, signed, and again at the same handler's bare work: the same JSON,
//! the same query, the same formula, without signature or nonce. Requests are signed before the clock starts.
//! Needs `BENCH_DATABASE_URL`, a database that it may fill; `scripts/bench` provides one.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

use std::{
    env,
    net::SocketAddr,
    ops::Range,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Json, Router, extract::State, routing::post};
use chrono::{NaiveDate, TimeDelta, Utc};
use contracts::{
    Envelope, OwnerId,
    book::MAX_PAGE,
    delivery::{ContractRow, ContractTerms, CustomerFields, CustomerRow, Delivery, Piece, UsageRows, UsageSays},
    facts::UsagePoint,
    session::{CallerKind, SessionGrant},
    signing::{KeyClaims, MasterKey, MasterKeys, SignedRequest, SigningKey, SigningParameters, content_digest, sign},
    tools::{ToolCall, ToolName, ToolRequest},
};
use futures::FutureExt;
use reqwest::{Client, Method, Request, Url};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use tools_server::{
    Settings, book, router, serve,
    store::{Pooled, PostgresStore, Store, Write},
    tools,
};

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 200;
const ROUNDS: usize = 5;
const CUSTOMERS: u32 = 200_000;
/// So many fit into a piece with room to spare.
const CUSTOMERS_OF_A_PIECE: u32 = 2_000;
/// Calls of the tenant whose times are taken.
const CALLS: usize = 1_000;
/// Imports and readers of whole books at once.
const IMPORTS: usize = 14;
const PAGERS: usize = 8;
const JSON: &str = "application/json";

#[tokio::main]
async fn main() {
    let Ok(url) = env::var("BENCH_DATABASE_URL") else {
        println!("skipped: set BENCH_DATABASE_URL to a PostgreSQL database that may be filled");
        return;
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store: Arc<dyn Store> =
        Arc::new(PostgresStore::open(&url.into(), Pooled::Auto).expect("the database can be used"));
    store.migrate().await.expect("the database can be migrated");
    fill(&*store).await;

    let signed = start(|address| signed_service(&store, address)).await;
    let bare = start(|_| bare_service(&store)).await;
    let http = Client::builder().pool_max_idle_per_host(CONNECTIONS).build().expect("an HTTP client");
    let caller = Caller::new(&http, signed).await;

    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.push(rate(&http, || unsigned_call(bare)).await);
        with.push(rate(&http, || caller.tool_call()).await);
    }
    let (with, without) = (median(&mut with), median(&mut without));
    println!("| PostgreSQL, {CONNECTIONS} connections | requests a second |");
    println!("|---|---|");
    println!("| calculate_health without signature and nonce | {without:.0} |");
    println!("| calculate_health, signed | {with:.0} ({:.0}%) |", 100.0 * with / without);

    for sort in ["id", "risk"] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let request = caller.signed(Method::GET, "/v1/customers", Some(&format!("sort={sort}")), "");
            let start = Instant::now();
            let page = http.execute(request).await.expect("an answer").bytes().await.expect("a whole answer");
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            assert!(page.len() > MAX_PAGE as usize * 50, "the page is full");
        }
        println!("| {MAX_PAGE} of {CUSTOMERS} customers by {sort} | {:.0} ms |", median(&mut times));
    }
    beside_the_worst(&http, &*store, signed, &caller).await;
}

/// Calls of one tenant by themselves, and again while others page a large book and import all the time.
async fn beside_the_worst(http: &Client, store: &dyn Store, address: SocketAddr, guest: &Caller) {
    let (victim, mallory) = (Caller::user(address, "user_2victim"), Caller::user(address, "user_2mallory"));
    let import = "one".parse().expect("an id");
    store.put_piece(&write_of("user_2victim"), &import, 1, &rows(0..1)).await.expect("the piece can be kept");
    store.deliver(&write_of("user_2victim"), &import, &delivery(1)).await.expect("it can be imported");
    let mut quiet = victim.times(http).await;
    for number in 0..IMPORTS {
        let import = format!("i-{number}").parse().expect("an id");
        let piece = rows(0..CUSTOMERS_OF_A_PIECE);
        store.put_piece(&write_of("user_2mallory"), &import, 1, &piece).await.expect("the piece can be kept");
    }
    let mut worst: Vec<_> = (0..IMPORTS)
        .map(|number| {
            mallory.signed(Method::POST, &format!("/v1/imports/i-{number}"), None, &json!(delivery(1)).to_string())
        })
        .map(|request| tokio::spawn(http.execute(request).map(drop)))
        .collect();
    for _ in 0..PAGERS {
        let (http, guest) = (http.clone(), guest.clone());
        worst.push(tokio::spawn(async move {
            loop {
                let page = guest.signed(Method::GET, "/v1/customers", Some("limit=100"), "");
                let _ = http.execute(page).await.expect("an answer").bytes().await;
            }
        }));
    }
    let mut busy = victim.times(http).await;
    worst.iter().for_each(JoinHandle::abort);
    let (p50, p99) = (median(&mut quiet), percentile(&mut busy, 99));
    println!("| calculate_health of one tenant by itself, p50 | {p50:.1} ms |");
    println!("| the same while others page a large book and import, p99 | {p99:.1} ms ({:.0} times) |", p99 / p50);
}

/// Imports a book in which every customer has usage and a contract.
async fn fill(store: &dyn Store) {
    let import = "fill".parse().expect("an id");
    let pieces = CUSTOMERS.div_ceil(CUSTOMERS_OF_A_PIECE);
    for piece in 0..pieces {
        let first = piece * CUSTOMERS_OF_A_PIECE;
        let rows = rows(first..CUSTOMERS.min(first + CUSTOMERS_OF_A_PIECE));
        store.put_piece(&write(), &import, piece + 1, &rows).await.expect("the piece can be kept");
    }
    store.deliver(&write(), &import, &delivery(pieces)).await.expect("the book can be imported");
}

fn delivery(pieces: u32) -> Delivery {
    let delivery = json!({
        "source": "bench", "day": day(365), "pieces": pieces, "acceptLosses": true,
        "parts": { "customers": ["name"], "usage": [], "contracts": ["renewal_date"] },
    });
    serde_json::from_value(delivery).expect("a delivery")
}

fn rows(customers: Range<u32>) -> Piece {
    let id = |n: u32| format!("C-{n}").parse().expect("an id");
    let mut piece = Piece::default();
    for n in customers {
        let fields =
            CustomerFields { name: Some(format!("Customer {n}").as_str().into()), ..CustomerFields::default() };
        piece.customers.push(CustomerRow { id: id(n), fields });
        let points = (0..12).map(|month| UsagePoint { date: day(month * 30), value: f64::from(40 + (n * month) % 17) });
        let says = UsageSays::Points(points.collect());
        piece.usage.push(UsageRows { customer_id: id(n), metric: "logins a day".into(), measure: None, says });
        let terms = ContractTerms { renewal_date: Some(day(n % 700)), ..ContractTerms::default() };
        piece.contracts.push(ContractRow { customer_id: id(n), contract_id: "contract".into(), terms });
    }
    piece
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + TimeDelta::days(i64::from(n))
}

fn write() -> Write {
    write_of(OwnerId::public().as_str())
}

fn write_of(owner: &str) -> Write {
    let now = Utc::now();
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().expect("a nonce");
    Write { owner: owner.parse().expect("an owner"), nonce, nonce_expires: now, now, once: None }
}

async fn start(service: impl FnOnce(SocketAddr) -> Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(serve(listener, service(address), std::future::pending()));
    address
}

fn signed_service(store: &Arc<dyn Store>, address: SocketAddr) -> Router {
    let masters = MasterKeys { current: master(), previous: None };
    let settings = Settings::new(masters, address.into());
    router(Arc::clone(store), settings)
}

fn master() -> MasterKey {
    MasterKey::new(vec![7; 32]).expect("a master key")
}

fn bare_service(store: &Arc<dyn Store>) -> Router {
    Router::new().route("/v1/tools/calculate_health", post(bare_health)).with_state(Arc::clone(store))
}

async fn bare_health(State(store): State<Arc<dyn Store>>, Json(request): Json<ToolRequest>) -> Json<Envelope<Value>> {
    let call = ToolCall::parse(ToolName::CalculateHealth, request.params).expect("valid parameters");
    let today = Utc::now().date_naive();
    let known = store.rows(&OwnerId::public(), &request.customer_id, today).await.expect("the customer is there");
    let entry = book::entries(known, today).pop().expect("the customer is there");
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

fn url(address: SocketAddr, path: &str) -> Url {
    format!("http://{address}{path}").parse().expect("a URL")
}

/// Somebody with a session.
#[derive(Clone)]
struct Caller {
    address: SocketAddr,
    keyid: String,
    key: Arc<SigningKey>,
}

impl Caller {
    async fn new(http: &Client, address: SocketAddr) -> Self {
        let answer = http.post(url(address, "/v1/session")).json(&json!({})).send().await.expect("an answer");
        let envelope: Envelope<SessionGrant> = answer.json().await.expect("an envelope");
        let grant = envelope.into_result().expect("a sound envelope").expect("a grant");
        let key = SigningKey::from_base64(&grant.key).expect("a key");
        Self { address, keyid: grant.keyid, key: Arc::new(key) }
    }

    /// A user, with a key that the server would give.
    fn user(address: SocketAddr, owner: &str) -> Self {
        let (owner, now) = (owner.parse().expect("an owner"), Utc::now().timestamp());
        let claims = KeyClaims::new(&master(), owner, CallerKind::User, now, now + 900, "jti-of-a-bench".to_owned());
        let keyid = claims.keyid();
        Self { address, key: Arc::new(SigningKey::derive(&master(), &claims.jti, &keyid)), keyid }
    }

    /// How many milliseconds each of some calls takes, one after the other.
    async fn times(&self, http: &Client) -> Vec<f64> {
        let body = json!({ "customerId": "C-0" }).to_string();
        let mut times = Vec::new();
        for _ in 0..CALLS {
            let request = self.signed(Method::POST, "/v1/tools/calculate_health", None, &body);
            let start = Instant::now();
            let answer = http.execute(request).await.expect("an answer");
            assert!(answer.status().is_success(), "{}", answer.text().await.unwrap_or_default());
            answer.bytes().await.expect("a whole answer");
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times
    }

    fn tool_call(&self) -> Request {
        self.signed(Method::POST, "/v1/tools/calculate_health", None, &health_of_any())
    }

    fn signed(&self, method: Method, path: &str, query: Option<&str>, body: &str) -> Request {
        let created = Utc::now().timestamp();
        let nonce = format!("{:032x}", rand::random::<u128>()).parse().expect("a nonce");
        let parameters = SigningParameters { created, expires: created + 300, nonce, keyid: self.keyid.clone() };
        let digest = content_digest(body.as_bytes());
        let authority = self.address.to_string();
        let signed = SignedRequest {
            method: method.as_str(),
            authority: &authority,
            path,
            query,
            content_type: JSON,
            content_digest: &digest,
        };
        let (input, signature) = sign(&self.key, &signed, &parameters).expect("a signature");
        let mut target = url(self.address, path);
        target.set_query(query);
        let mut request = Request::new(method, target);
        for (name, value) in [
            ("content-type", JSON),
            ("content-digest", &digest),
            ("signature-input", &input),
            ("signature", &signature),
        ] {
            request.headers_mut().insert(name, value.parse().expect("a header"));
        }
        *request.body_mut() = Some(body.to_owned().into());
        request
    }
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
                    let answer = http.execute(request).await.expect("an answer");
                    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap_or_default());
                    answer.bytes().await.expect("a whole answer");
                }
            })
        })
        .collect();
    for connection in connections {
        connection.await.expect("a connection that lasts");
    }
    let elapsed: Duration = start.elapsed();
    (CONNECTIONS * REQUESTS) as f64 / elapsed.as_secs_f64()
}

fn median(values: &mut [f64]) -> f64 {
    percentile(values, 50)
}

fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() * percent / 100]
}
