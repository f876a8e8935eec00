//! How the server behaves when things break: panics, slow clients, shutdown.

use std::sync::atomic::Ordering::SeqCst;

use crate::support::*;
use contracts::ErrorCode::{ToolFailure, Unauthorized};
use reqwest::{Method, Request};
use serde_json::{Value, json};
use sqlx::{Connection, Executor, SqliteConnection};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The request as bytes, its headers apart from its body.
fn raw(request: &Request) -> (Vec<u8>, Vec<u8>) {
    let url = request.url();
    let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
    let mut head = format!("{} {} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n", request.method(), url.path());
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    head += &format!("content-length: {}\r\n\r\n", body.len());
    (head.into_bytes(), body.to_vec())
}

async fn answer(mut stream: TcpStream) -> (String, Value) {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn a_panic_is_answered_and_the_next_request_is_served() {
    let server = TestServer::start().await;
    let request = server.session().await.sign(Method::GET, server.url("/v1/customers"), "");
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let reply = server.send(request).await;
    let message = reply.failed(ToolFailure);
    assert!(!message.contains("Acme"), "{message:?} tells what the panic was about");
    assert_eq!(reply.header("x-request-id").len(), 32);
    server.clock.store(START, SeqCst);
    server.get("/v1/customers").await.data();
}

#[tokio::test]
async fn a_request_in_flight_is_finished_and_no_other_accepted() {
    let mut server = TestServer::start().await;
    let customer = server.a_customer().await;
    let body = json!({ "customerId": customer }).to_string();
    let request = server.session().await.sign(Method::POST, server.url("/v1/tools/calculate_health"), body);
    let (head, body) = raw(&request);
    let (first, rest) = body.split_at(5);

    let address = server.address;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&head).await.unwrap();
    stream.write_all(first).await.unwrap();
    // The answer to a later request shows that the earlier one has been taken in, too.
    server.plain(Method::GET, "/livez").await.data();

    server.stop();
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!server.has_stopped(), "it waits for the answer");
    stream.write_all(rest).await.unwrap();
    let (head, envelope) = answer(stream).await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(envelope["ok"], true);
    server.stopped().await;
}

/// With the time paused, tokio moves its clock to the next timer as soon as everybody waits.
#[tokio::test]
async fn a_client_that_does_not_go_on_is_told_so_in_time() {
    let server = TestServer::start().await;
    for (path, deadline) in [("/v1/tools/calculate_health", 10), ("/v1/imports/x", 600)] {
        let (head, body) = raw(&server.session().await.sign(Method::POST, server.url(path), "{}"));
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(&head).await.unwrap();
        stream.write_all(&body[..1]).await.unwrap();
        tokio::time::pause();
        let started = tokio::time::Instant::now();
        let (head, envelope) = answer(stream).await;
        let waited = started.elapsed().as_secs();
        tokio::time::resume();
        assert!(head.starts_with("HTTP/1.1 503") && head.contains("retry-after: "), "{head}");
        assert_eq!(envelope["error"]["code"], "UNAVAILABLE");
        assert_eq!(waited, deadline, "{path}");
    }
}

/// Most clients look for an answer only when they have sent all; until then the connection must not break.
#[tokio::test]
async fn a_refused_body_can_be_sent_to_its_end() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    let too_large = session.sign(Method::POST, server.url("/v1/tools/calculate_health"), vec![b' '; 30 << 20]);
    session.created = START - 3600;
    let unauthorized = session.sign(Method::POST, server.url("/v1/imports/x/pieces/1"), vec![b' '; 30 << 20]);
    for (request, code) in [(too_large, "TOO_LARGE"), (unauthorized, "UNAUTHORIZED")] {
        let (head, body) = raw(&request);
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(&head).await.unwrap();
        stream.write_all(&body).await.unwrap();
        assert_eq!(answer(stream).await.1["error"]["code"], code);
    }
}

/// Every way in which a client can keep a connection busy.
async fn hangers_on(server: &TestServer) -> Vec<TcpStream> {
    let connect = async || TcpStream::connect(server.address).await.unwrap();
    let (head, body) = raw(&server.session().await.sign(Method::POST, server.url("/v1/imports/x"), "{\"source\":1}"));
    let mut half_a_header = connect().await;
    half_a_header.write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    let mut stalled_upload = connect().await;
    stalled_upload.write_all(&[&head[..], &body[..5]].concat()).await.unwrap();
    let mut idle = connect().await;
    idle.write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(idle.read(&mut [0; 4096]).await.unwrap() > 0);
    // More than the buffers of the wire take, and nobody reads.
    let slow_reader = connect().await;
    let description = b"GET /v1/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(500);
    slow_reader.try_write(&description).unwrap();
    vec![half_a_header, stalled_upload, idle, slow_reader, connect().await]
}

#[tokio::test]
async fn a_server_stops_within_ten_seconds_whatever_its_clients_do() {
    let mut server = TestServer::start().await;
    let clients = hangers_on(&server).await;
    server.plain(Method::GET, "/livez").await.data();
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    server.stop();
    server.stopped().await;
    assert!(started.elapsed().as_secs() < 10, "it took {:?}", started.elapsed());
    drop(clients);
}

#[tokio::test]
async fn a_client_that_closes_its_side_after_the_request_gets_its_answer() {
    let server = TestServer::start().await;
    let create = json!({ "id": "new", "name": "New" }).to_string();
    let (head, body) = raw(&server.session().await.sign(Method::POST, server.url("/v1/customers"), create));
    // While another program writes, the answer waits.
    let mut other = SqliteConnection::connect(server.file().to_str().unwrap()).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(&[head, body].concat()).await.unwrap();
    stream.shutdown().await.unwrap();
    for _ in 0..10 {
        server.plain(Method::GET, "/livez").await.data();
    }
    other.execute("ROLLBACK").await.unwrap();
    assert_eq!(answer(stream).await.1["ok"], true);
}

/// A connection from this address of the machine itself.
#[cfg(target_os = "linux")]
async fn connect_from(address: &str, server: &TestServer) -> TcpStream {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    socket.connect(server.address).await.unwrap()
}

#[cfg(target_os = "linux")]
async fn is_closed(stream: &mut TcpStream) {
    let mut byte = [0];
    let read = tokio::time::timeout(std::time::Duration::from_secs(5), stream.read(&mut byte));
    assert!(matches!(read.await, Ok(Ok(0) | Err(_))), "the connection is still open");
}

#[cfg(target_os = "linux")]
async fn is_served(mut stream: TcpStream) {
    stream.write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    assert_eq!(answer(stream).await.1["ok"], true);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn idle_connections_are_bounded_in_all_and_by_address() {
    let server = TestServer::start().await;
    let (mut first, mut second) = (connect_from("127.0.0.2", &server).await, connect_from("127.0.0.3", &server).await);
    let mut others = Vec::new();
    // Of one address the oldest goes, and of no other.
    for _ in 0..127 {
        others.push(connect_from("127.0.0.3", &server).await);
    }
    pass_a_moment(&server).await;
    others.push(connect_from("127.0.0.3", &server).await);
    is_closed(&mut second).await;
    // In all the oldest goes, whosever it is.
    for _ in 0..127 {
        others.push(connect_from("127.0.0.4", &server).await);
    }
    pass_a_moment(&server).await;
    others.push(connect_from("127.0.0.4", &server).await);
    is_closed(&mut first).await;
    for stream in others.into_iter().rev().take(200) {
        is_served(stream).await;
    }
}

/// More than five seconds for the server, once it has taken in what was sent so far.
#[cfg(target_os = "linux")]
async fn pass_a_moment(server: &TestServer) {
    server.plain(Method::GET, "/livez").await.data();
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(6)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn headers_that_never_end_or_are_too_large_close_the_connection() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\n").await.unwrap();
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 30);
    tokio::time::resume();
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));

    let mut request = Request::new(Method::GET, server.url("/v1/customers"));
    request.headers_mut().insert("signature-input", "x".repeat(8_000).parse().unwrap());
    request.headers_mut().insert("signature", "x".parse().unwrap());
    server.send(request).await.failed(Unauthorized);
}
