//! A server in a process of its own. One tenant does its worst: the others are served, and its memory stays bounded. What it
//! does for nobody any more does not keep it from ending.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    thread::JoinHandle,
};

use contracts::{
    OwnerId,
    delivery::{Delivery, MAX_PIECE, Piece},
    session::{CallerKind, MAX_SESSION_SECS, SessionGrant},
    signing::{KeyClaims, SigningKey},
};
use futures::future::join_all;
use reqwest::{Method, Request};
use serde_json::{Value, json};
use sqlx::Executor;
use tools_server::store::{Store, Write};

use crate::{bulkheads, database::TemporaryDatabase, support::*};

/// What the process may hold at the most, in kB: the bodies of one owner (64 MiB), a book and an import of some customers at
/// a time, and itself.
const MAX_RESIDENT: u64 = 320 * 1024;

const CUSTOMERS: usize = 3_000;
/// More than it may have in flight: all of them would be 400 MB.
const UPLOADS: usize = 100;
const IMPORTS: usize = 14;
const PAGERS: usize = 6;
/// How often the other tenant asks.
const CALLS: usize = 40;

struct Server {
    process: Child,
    address: std::net::SocketAddr,
    http: reqwest::Client,
    /// The last line of its log, when it has ended.
    last_line: Option<JoinHandle<Option<String>>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    fn start(database: &TemporaryDatabase) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::new();
        let mut serve = Command::new(env!("CARGO_BIN_EXE_tools-server"));
        serve.arg("serve").env_clear().stderr(Stdio::piped());
        serve.env("DATABASE_URL", database.app_url().as_str()).env("TOOLS_DATABASE_POOLED", "off");
        serve.env("TOOLS_BIND", "127.0.0.1:0").env("TOOLS_AUTHORITY", "tools.example.com");
        serve.env("TOOLS_MASTER_KEY", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=");
        let mut process = serve.spawn().unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines();
        let listening = log.by_ref().map_while(Result::ok).find(|line| line.contains("listening")).unwrap();
        let listening: Value = serde_json::from_str(&listening).unwrap();
        // Somebody must read on, or the log would stop the server.
        let last_line = Some(std::thread::spawn(move || log.map_while(Result::ok).last()));
        let address = listening["fields"]["address"].as_str().unwrap().parse().unwrap();
        Self { process, address, http, last_line }
    }

    /// A session of a user, made with the server's own master key.
    fn session(&self, owner: &str) -> Session {
        let (owner, now): (OwnerId, _) = (owner.parse().unwrap(), chrono::Utc::now().timestamp());
        let jti = format!("{:032x}", rand::random::<u128>());
        let expires = now + MAX_SESSION_SECS;
        let claims = KeyClaims::new(&master(1), owner.clone(), CallerKind::User, now, expires, jti);
        let keyid = claims.keyid();
        let key = SigningKey::derive(&master(1), &claims.jti, &keyid);
        let (kind, writable) = (CallerKind::User, true);
        let grant = SessionGrant { key: key.to_base64(), keyid, owner, kind, writable, expires, server_time: now };
        Session { grant, key, authority: "tools.example.com".to_owned(), created: now }
    }

    fn request(&self, session: &Session, method: Method, path: &str, body: impl Into<Vec<u8>>) -> Request {
        session.sign(method, format!("http://{}{path}", self.address).parse().unwrap(), body)
    }

    async fn send(&self, request: Request) -> (u16, String) {
        let response = self.http.execute(request).await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The most memory that it ever had, in kB.
    fn most_resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

/// `count` customers with a year of usage by months.
fn piece(count: usize) -> Piece {
    let months = (1..=12).map(|month| json!({ "date": format!("2025-{month:02}-01"), "value": 40 + month }));
    let months: Vec<_> = months.collect();
    let ids = || (0..count).map(|number| format!("c-{number}"));
    let customers: Vec<_> = ids().map(|id| json!({ "id": id, "fields": { "name": id } })).collect();
    let usage = ids().map(|id| json!({ "customerId": id, "metric": "logins", "says": { "points": months } }));
    let usage: Vec<_> = usage.collect();
    serde_json::from_value(json!({ "customers": customers, "usage": usage })).unwrap()
}

fn delivery() -> Value {
    json!({
        "source": "files", "day": "2026-01-01", "pieces": 1, "acceptLosses": true,
        "parts": { "customers": ["name"], "usage": [] },
    })
}

fn write(owner: &str) -> Write {
    let now = chrono::Utc::now();
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().unwrap();
    Write { owner: owner.parse().unwrap(), nonce, nonce_expires: now, now, once: None }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_one_tenant_does_another_is_served_and_memory_stays_bounded() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let store = database.store();
    let delivery_of_one: Delivery = serde_json::from_value(delivery()).unwrap();
    for (owner, count) in [("user_2mallory", CUSTOMERS), ("user_2victim", 1)] {
        let import = "book".parse().unwrap();
        store.put_piece(&write(owner), &import, 1, &piece(count)).await.unwrap();
        store.deliver(&write(owner), &import, &delivery_of_one).await.unwrap();
    }
    for import in 0..IMPORTS {
        let import = format!("i-{import}").parse().unwrap();
        store.put_piece(&write("user_2mallory"), &import, 1, &piece(CUSTOMERS / 10)).await.unwrap();
    }
    store.close().await;

    let server = Server::start(&database);
    let (mallory, victim) = (server.session("user_2mallory"), server.session("user_2victim"));
    let mut uploads = Vec::new();
    for _ in 0..UPLOADS {
        let upload = server.request(&mallory, Method::POST, "/v1/imports/x/pieces/1", vec![b' '; MAX_PIECE]);
        uploads.push(bulkheads::stalled(server.address, &upload, MAX_PIECE - 1).await);
    }
    let imports = join_all((0..IMPORTS).map(|import| {
        let path = format!("/v1/imports/i-{import}");
        server.send(server.request(&mallory, Method::POST, &path, delivery().to_string()))
    }));
    let pages = join_all((0..PAGERS).map(async |_| {
        loop {
            server.send(server.request(&mallory, Method::GET, "/v1/customers?limit=100", "")).await;
        }
    }));
    let served = async {
        let health = json!({ "customerId": "c-0" }).to_string();
        for _ in 0..CALLS {
            let call = server.request(&victim, Method::POST, "/v1/tools/calculate_health", health.clone());
            let (status, answer) = server.send(call).await;
            assert_eq!(status, 200, "{answer}");
        }
    };
    tokio::select! {
        () = served => {}
        _ = async { tokio::join!(imports, pages) } => unreachable!("pages are read without end"),
    }
    let resident = server.most_resident();
    assert!(resident < MAX_RESIDENT, "{resident} kB");
    drop((uploads, server));
    database.drop().await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_ends_well_beside_work_that_nobody_waits_for() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let mut server = Server::start(&database);
    let session = server.session("user_2ann");
    let customer = json!({ "id": "c-0", "name": "Acme" }).to_string();
    server.send(server.request(&session, Method::POST, "/v1/customers", customer)).await;
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    owner.execute("BEGIN; LOCK TABLE usage_series IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let page = tokio::spawn(server.http.execute(server.request(&session, Method::GET, "/v1/customers?sort=arr", "")));
    bulkheads::waiting(&database, 1).await;
    page.abort();

    let terminated = Command::new("kill").arg(server.process.id().to_string()).status().unwrap();
    assert!(terminated.success());
    assert!(server.process.wait().unwrap().success());
    let last_line = server.last_line.take().and_then(|log| log.join().unwrap()).unwrap();
    assert!(last_line.contains(r#""message":"stopped""#), "{last_line}");
    drop((owner, server));
    database.drop().await;
}
