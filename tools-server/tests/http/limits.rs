//! How many requests are accepted, by the server's own clock.

use contracts::ErrorCode::{RateLimited, Unauthorized};
use reqwest::{Method, Request};
use serde_json::json;
use tools_server::Limits;

use crate::support::*;

async fn server(requests: u32, sessions: u32, proxies: usize) -> TestServer {
    let limits = Limits {
        requests_per_minute: requests.try_into().unwrap(),
        sessions_per_minute: sessions.try_into().unwrap(),
        proxies,
    };
    TestServer::with(Options { limits: Some(limits), ..Options::default() }).await
}

/// A request for a session that came through these addresses.
fn asked(server: &TestServer, forwarded: &[&str]) -> Request {
    let mut request = Request::new(Method::POST, server.url("/v1/session"));
    *request.body_mut() = Some("{}".into());
    for value in forwarded {
        request.headers_mut().append("x-forwarded-for", value.parse().unwrap());
    }
    request
}

#[tokio::test]
async fn sessions_of_one_address_are_limited() {
    let server = server(100, 3, 0).await;
    for _ in 0..3 {
        server.session().await;
    }
    let reply = server.ask_session(&json!({})).await;
    assert!(reply.failed(RateLimited).contains("try again in 20 s"));
    assert_eq!(reply.header("retry-after"), "20");
    server.pass(19);
    assert_eq!(server.ask_session(&json!({})).await.header("retry-after"), "1");
    server.pass(1);
    server.session().await;
    server.ask_session(&json!({})).await.failed(RateLimited);
    server.pass(3600);
    for _ in 0..3 {
        server.session().await;
    }
    server.ask_session(&json!({})).await.failed(RateLimited);
}

#[tokio::test]
async fn signed_requests_are_limited_and_a_refused_one_can_be_sent_again() {
    let server = server(2, 100, 0).await;
    let session = server.session().await;
    let read = || session.sign(Method::GET, server.url("/v1/customers"), "");
    server.send(read()).await.data();
    server.send(read()).await.data();
    let third = read();
    let reply = server.send(third.try_clone().unwrap()).await;
    reply.failed(RateLimited);
    assert_eq!(reply.header("retry-after"), "30");
    let write = session.sign(Method::POST, server.url("/v1/customers"), r#"{"id":"new","name":"New"}"#);
    server.send(write).await.failed(RateLimited);
    server.pass(30);
    server.send(third).await.data();
    assert_eq!(server.plain(Method::GET, "/livez").await.status, 200, "probes are not counted");
}

#[tokio::test]
async fn what_is_not_verified_is_not_counted() {
    let server = server(1, 100, 0).await;
    let mut session = server.session().await;
    session.authority = "elsewhere.example.com".to_owned();
    for _ in 0..5 {
        server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await.failed(Unauthorized);
    }
    server.get("/v1/customers").await.data();
}

#[tokio::test]
async fn an_address_is_what_trusted_proxies_say_and_nobody_else() {
    let direct = server(100, 1, 0).await;
    direct.send(asked(&direct, &["198.51.100.1"])).await.data();
    direct.send(asked(&direct, &["198.51.100.2"])).await.failed(RateLimited);

    let behind_two = server(100, 1, 2).await;
    for (forwarded, accepted) in [
        (&["198.51.100.1, 10.0.0.1"][..], true),
        (&["203.0.113.9, 198.51.100.1, 10.0.0.1"], false),
        (&["203.0.113.9", "198.51.100.1", "10.0.0.2"], false),
        (&["198.51.100.1, 203.0.113.9, 10.0.0.1"], true),
        (&["2001:db8::1, 10.0.0.1"], true),
        (&["2001:db8::2:0:0:1, 10.0.0.1"], false),
        (&["2001:db8:0:1::1, 10.0.0.1"], true),
        // Too few, or no address: the connection's own.
        (&["10.0.0.1"], true),
        (&["unknown, 10.0.0.1"], false),
        (&[], false),
    ] {
        let reply = behind_two.send(asked(&behind_two, forwarded)).await;
        assert_eq!(reply.status == 200, accepted, "{forwarded:?}: {}", reply.envelope);
    }
}

#[tokio::test]
async fn an_address_is_read_in_every_way_that_proxies_write_it() {
    // What one proxy says, and whether it is the address of the line before.
    let said = [
        (&[("x-forwarded-for", "198.51.100.1:4711")][..], false),
        (&[("x-forwarded-for", "203.0.113.7:80, 198.51.100.1:4712")], true),
        (&[("forwarded", "for=198.51.100.1")], true),
        (&[("forwarded", "for=203.0.113.7, For=\"198.51.100.1:99\";proto=https;by=10.0.0.1")], true),
        (&[("forwarded", "for=\"203.0.113.7, for=198.51.100.1")], true),
        (&[("x-forwarded-for", "198.51.100.1"), ("forwarded", "for=198.51.100.1:1")], true),
        (&[("x-forwarded-for", "198.51.100.2:4711")], false),
        (&[("x-forwarded-for", "[2001:db8::1]")], false),
        (&[("x-forwarded-for", "[2001:db8::1]:4711")], true),
        (&[("forwarded", "proto=http;for=\"[2001:db8::2]:4711\"")], true),
        (&[("forwarded", "for=\"[2001:db8:1::2]\"")], false),
        // The connection's own: nobody says, or the one not written by the proxy contradicts it.
        (&[], false),
        (&[("forwarded", "for=unknown")], true),
        (&[("forwarded", "for=_hidden")], true),
        (&[("x-forwarded-for", "198.51.100.9"), ("forwarded", "for=203.0.113.7")], true),
    ];
    let behind_one = server(100, 1, 1).await;
    for (headers, same) in said {
        let mut request = asked(&behind_one, &[]);
        for (name, value) in headers {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        let reply = behind_one.send(request).await;
        assert_eq!(reply.status != 200, same, "{headers:?}: {}", reply.envelope);
    }
}
