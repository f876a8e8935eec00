//! How the server behaves when things break: panics, slow clients, shutdown.

use std::sync::atomic::Ordering::SeqCst;

use crate::support::*;
use contracts::ErrorCode::{ToolFailure, Unauthorized};
use reqwest::{Method, Request};
use serde_json::{Value, json};
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
    let request = server.session().await.sign(Method::GET, server.url("/customers"), "");
    server.clock.store(BROKEN_CLOCK, SeqCst);
    let reply = server.send(request).await;
    let message = reply.failed(ToolFailure);
    assert!(!message.contains("Acme"), "{message:?} tells what the panic was about");
    assert_eq!(reply.header("x-request-id").len(), 32);
    server.clock.store(START, SeqCst);
    server.get("/customers").await.data();
}

#[tokio::test]
async fn a_request_in_flight_is_finished_and_no_other_accepted() {
    let mut server = TestServer::start().await;
    let customer = server.a_customer().await;
    let body = json!({ "customerId": customer }).to_string();
    let request = server.session().await.sign(Method::POST, server.url("/tools/calculate_health"), body);
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
    for (path, deadline) in [("/tools/calculate_health", 10), ("/imports/x", 600)] {
        let (head, body) = raw(&server.session().await.sign(Method::POST, server.url(path), "{}"));
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(&head).await.unwrap();
        stream.write_all(&body[..1]).await.unwrap();
        tokio::time::pause();
        let started = tokio::time::Instant::now();
        let (head, envelope) = answer(stream).await;
        let waited = started.elapsed().as_secs();
        tokio::time::resume();
        assert!(head.starts_with("HTTP/1.1 503"), "{head}");
        assert_eq!(envelope["error"]["code"], "UNAVAILABLE");
        assert_eq!(waited, deadline, "{path}");
    }
}

/// Most clients look for an answer only when they have sent all; until then the connection must not break.
#[tokio::test]
async fn a_refused_body_can_be_sent_to_its_end() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    let too_large = session.sign(Method::POST, server.url("/tools/calculate_health"), vec![b' '; 30 << 20]);
    session.created = START - 3600;
    let unauthorized = session.sign(Method::POST, server.url("/import"), vec![b' '; 30 << 20]);
    for (request, code) in [(too_large, "TOO_LARGE"), (unauthorized, "UNAUTHORIZED")] {
        let (head, body) = raw(&request);
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(&head).await.unwrap();
        stream.write_all(&body).await.unwrap();
        assert_eq!(answer(stream).await.1["error"]["code"], code);
    }
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

    let mut request = Request::new(Method::GET, server.url("/customers"));
    request.headers_mut().insert("signature-input", "x".repeat(8_000).parse().unwrap());
    request.headers_mut().insert("signature", "x".parse().unwrap());
    server.send(request).await.failed(Unauthorized);
}
