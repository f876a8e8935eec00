//! What one owner does at worst leaves the others their part.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use contracts::{
    ErrorCode::{InvalidInput, RateLimited, Unavailable},
    delivery::MAX_PIECE,
};
use futures::future::join_all;
use reqwest::{Method, Request};
use serde_json::json;
use sqlx::{Connection, Executor, Row};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    database::TemporaryDatabase,
    sign_in::{issuer::*, tokens::server},
    support::*,
};

/// How many of the longest pieces are as much as one owner may have in flight.
const MOST: usize = 16;
/// More imports at once than there are connections.
const IMPORTS: usize = 14;

/// An upload that stops after `sent` bytes of what it announced.
pub async fn stalled(server: SocketAddr, request: &Request, sent: usize) -> TcpStream {
    let body = request.body().and_then(|body| body.as_bytes()).unwrap();
    let mut head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n", request.url().path(), body.len());
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    stream.write_all(&body[..sent]).await.unwrap();
    stream
}

#[tokio::test]
async fn the_bytes_that_one_owner_has_in_flight_are_limited_and_others_have_theirs() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let [alice, bob] = sign_in(&issuer, &server, ["user_2alice", "user_2bob"]).await;
    let piece = || server.url("/v1/imports/x/pieces/1");
    let upload = |session: &Session| session.sign(Method::POST, piece(), vec![b' '; MAX_PIECE]);
    let mut uploads = Vec::new();
    for _ in 0..MOST {
        uploads.push(stalled(server.address, &upload(&alice), MAX_PIECE - 1).await);
    }
    // Whatever of it is still in the buffers of the wire is read while this is tried.
    let refused = async {
        loop {
            let reply = server.send(upload(&alice)).await;
            if reply.status == Unavailable.status() {
                return reply;
            }
        }
    };
    let reply = tokio::time::timeout(Duration::from_secs(60), refused).await.expect("too much is refused");
    reply.failed(Unavailable);
    assert!(!reply.header("retry-after").is_empty());
    server.send(alice.sign(Method::GET, server.url("/v1/customers"), "")).await.data();
    server.send(upload(&bob)).await.failed(InvalidInput);

    drop(uploads);
    let accepted = async { while server.send(upload(&alice)).await.status != InvalidInput.status() {} };
    tokio::time::timeout(Duration::from_secs(60), accepted).await.expect("what has ended counts no more");
}

/// Sessions of these users.
async fn sign_in<const N: usize>(issuer: &Issuer, server: &TestServer, users: [&str; N]) -> [Session; N] {
    let tokens = users.map(|user| {
        let mut claims = issuer.claims();
        claims["sub"] = json!(user);
        token(&header(), &claims, KEY)
    });
    let sessions = join_all(tokens.iter().map(|token| server.sign_in(token))).await;
    sessions.try_into().unwrap_or_else(|_| unreachable!("a session for each"))
}

/// A server on PostgreSQL, where users sign in.
async fn on_postgresql(issuer: &Issuer, database: &TemporaryDatabase) -> TestServer {
    database.migrate().await.unwrap();
    let options = Options { guest_writes: false, token_rules: Some(issuer.rules()), ..Options::default() };
    TestServer::on(Arc::new(database.store()), options).await
}

#[tokio::test]
async fn the_requests_that_one_owner_has_under_way_are_limited_and_others_have_theirs() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let [alice, bob] = sign_in(&issuer, &server, ["user_2alice", "user_2bob"]).await;
    let upload = |session: &Session| session.sign(Method::POST, server.url("/v1/imports/x/pieces/1"), "  ");
    let list = |session: &Session| server.send(session.sign(Method::GET, server.url("/v1/customers"), ""));
    let mut uploads = Vec::new();
    let refused = async {
        loop {
            uploads.push(stalled(server.address, &upload(&alice), 1).await);
            let reply = list(&alice).await;
            if reply.status == RateLimited.status() {
                return reply;
            }
        }
    };
    let reply = tokio::time::timeout(Duration::from_secs(30), refused).await.expect("too many are refused");
    reply.failed(RateLimited);
    assert!(!reply.header("retry-after").is_empty());
    assert!(uploads.len() >= 100, "{} are not many", uploads.len());
    list(&bob).await.data();
    drop(uploads);
    let accepted = async { while list(&alice).await.status != 200 {} };
    tokio::time::timeout(Duration::from_secs(60), accepted).await.expect("what has ended counts no more");
}

#[tokio::test]
async fn writes_that_wait_leave_reads_and_probes_their_connections() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    let issuer = Issuer::start().await;
    let server = on_postgresql(&issuer, &database).await;
    let users = sign_in(&issuer, &server, ["user_2a", "user_2b", "user_2c", "user_2d"]).await;
    let session = server.session().await;
    for user in &users {
        server.send(user.sign(Method::POST, server.url("/v1/customers"), r#"{"id":"c","name":"C"}"#)).await.data();
    }
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let mut lock = owner.begin().await.unwrap();
    lock.execute("LOCK TABLE companies IN EXCLUSIVE MODE").await.unwrap();
    let write = |number: usize| {
        let body = json!({ "id": format!("w-{number}"), "name": "W" }).to_string();
        server.send(users[number % users.len()].sign(Method::POST, server.url("/v1/customers"), body))
    };
    let others = async {
        // The writes have their connections by now, as many as they may.
        while server.store.connections().open < 4 {
            tokio::task::yield_now().await;
        }
        for _ in 0..10 {
            let read = || session.sign(Method::GET, server.url("/v1/customers?limit=1"), "");
            for reply in join_all((0..20).map(|_| server.send(read()))).await {
                reply.data();
            }
            server.plain(Method::GET, "/readyz").await.data();
        }
        lock.rollback().await.unwrap();
    };
    let writes = join_all((0..30).map(write));
    let (replies, ()) = tokio::join!(writes, others);
    for reply in replies {
        reply.data();
    }
    server.store.close().await;
    database.drop().await;
}

#[tokio::test]
async fn imports_of_one_owner_wait_for_one_another_outside_of_the_database() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    let issuer = Issuer::start().await;
    let server = on_postgresql(&issuer, &database).await;
    let [alice, bob] = sign_in(&issuer, &server, ["user_2alice", "user_2bob"]).await;
    for user in [&alice, &bob] {
        server.send(user.sign(Method::POST, server.url("/v1/customers"), r#"{"id":"c","name":"C"}"#)).await.data();
    }
    for import in 0..IMPORTS {
        let piece = json!({ "customers": [{ "id": format!("c-{import}"), "fields": { "name": "C" } }] }).to_string();
        server
            .send(alice.sign(Method::POST, server.url(&format!("/v1/imports/i-{import}/pieces/1")), piece))
            .await
            .data();
    }
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let mut lock = owner.begin().await.unwrap();
    lock.execute("LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let delivery = json!({
        "source": "files", "day": "2026-11-20", "mode": "changes", "pieces": 1, "parts": { "customers": ["name"] },
    });
    let import = |number: usize| {
        let path = format!("/v1/imports/i-{number}");
        server.send(alice.sign(Method::POST, server.url(&path), delivery.to_string()))
    };
    let imports = join_all((0..IMPORTS).map(import));
    let others = async {
        waiting(&database, 1).await;
        let write = |session: &Session, id: String| {
            let body = json!({ "id": id, "name": "N" }).to_string();
            server.send(session.sign(Method::POST, server.url("/v1/customers"), body))
        };
        for reply in join_all((0..20).map(|number| write(&bob, format!("n-{number}")))).await {
            reply.data();
        }
        waiting(&database, 1).await;
        lock.rollback().await.unwrap();
    };
    let (replies, ()) = tokio::join!(imports, others);
    for reply in replies {
        reply.data();
    }
    let book = server.send(alice.sign(Method::GET, server.url("/v1/customers"), "")).await;
    assert_eq!(book.data()["total"], IMPORTS + 1, "one after the other, none of them is lost");
    server.store.close().await;
    database.drop().await;
}

/// Waits until `count` of the server's connections wait for a lock, and no more than those.
pub async fn waiting(database: &TemporaryDatabase, count: i64) {
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let reached = async {
        loop {
            let found: i64 = owner.fetch_one(waiting).await.unwrap().get(0);
            assert!(found <= count, "{found} wait in the database");
            if found == count {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reached).await.expect("they wait");
}

#[tokio::test]
async fn probes_do_not_touch_the_database_more_often_than_once_a_second() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let server = TestServer::on(Arc::new(database.store()), Options::default()).await;
    server.plain(Method::GET, "/readyz").await.data();
    server.plain(Method::GET, "/api/db/health").await.data();
    let health = join_all((0..100).map(|_| server.plain(Method::GET, "/api/db/health")));
    let ready = join_all((0..100).map(|_| server.plain(Method::GET, "/readyz")));
    let (health, ready) = tokio::join!(health, ready);
    assert!(health.iter().chain(&ready).all(|reply| reply.status == 200));
    assert!(server.store.connections().open <= 2, "one at a time: {:?}", server.store.connections());
    server.store.close().await;
    database.drop().await;
}
