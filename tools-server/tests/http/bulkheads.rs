//! What one owner does at worst leaves the others their part.

use std::{sync::Arc, time::Duration};

use contracts::{
    ErrorCode::{InvalidInput, Unavailable},
    delivery::MAX_PIECE,
};
use futures::future::join_all;
use reqwest::{Method, Request};
use serde_json::json;
use sqlx::{Connection, Executor};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    database::TemporaryDatabase,
    sign_in::{issuer::*, tokens::server},
    support::*,
};

/// How many of the longest pieces are as much as one owner may have in flight.
const MOST: usize = 16;

/// An upload that stops after `sent` bytes of what it announced.
async fn stalled(server: &TestServer, request: &Request, sent: usize) -> TcpStream {
    let body = request.body().and_then(|body| body.as_bytes()).unwrap();
    let mut head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n", request.url().path(), body.len());
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    stream.write_all(&body[..sent]).await.unwrap();
    stream
}

#[tokio::test]
async fn the_bytes_that_one_owner_has_in_flight_are_limited_and_others_have_theirs() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let mut claims = issuer.claims();
    let alice = server.sign_in(&token(&header(), &claims, KEY)).await;
    claims["sub"] = json!("user_2bob");
    let bob = server.sign_in(&token(&header(), &claims, KEY)).await;

    let piece = || server.url("/v1/imports/x/pieces/1");
    let upload = |session: &Session| session.sign(Method::POST, piece(), vec![b' '; MAX_PIECE]);
    let mut uploads = Vec::new();
    for _ in 0..MOST {
        uploads.push(stalled(&server, &upload(&alice), MAX_PIECE - 1).await);
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
    let reply = tokio::time::timeout(Duration::from_secs(20), refused).await.expect("too much is refused");
    reply.failed(Unavailable);
    assert!(!reply.header("retry-after").is_empty());
    server.send(alice.sign(Method::GET, server.url("/v1/customers"), "")).await.data();
    server.send(upload(&bob)).await.failed(InvalidInput);

    drop(uploads);
    let accepted = async { while server.send(upload(&alice)).await.status != InvalidInput.status() {} };
    tokio::time::timeout(Duration::from_secs(20), accepted).await.expect("what has ended counts no more");
}

#[tokio::test]
async fn writes_that_wait_leave_reads_and_probes_their_connections() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let server = TestServer::on(Arc::new(database.store()), Options::default()).await;
    let session = server.session().await;
    server.send(session.sign(Method::POST, server.url("/v1/customers"), r#"{"id":"c","name":"C"}"#)).await.data();
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let mut lock = owner.begin().await.unwrap();
    lock.execute("LOCK TABLE companies IN EXCLUSIVE MODE").await.unwrap();
    let write = |number: usize| {
        let body = json!({ "id": format!("w-{number}"), "name": "W" }).to_string();
        server.send(session.sign(Method::POST, server.url("/v1/customers"), body))
    };
    let others = async {
        let health = json!({ "customerId": "c" }).to_string();
        let read = || session.sign(Method::POST, server.url("/v1/tools/calculate_health"), health.clone());
        // The writes have their connections by now, as many as they may.
        while server.store.connections().open < 4 {
            tokio::task::yield_now().await;
        }
        for _ in 0..10 {
            for reply in join_all((0..20).map(|_| server.send(read()))).await {
                assert_ne!(reply.status, Unavailable.status(), "{}", reply.envelope);
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
