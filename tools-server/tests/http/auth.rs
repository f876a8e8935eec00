//! Who may call: signatures, sessions and replays, against a running server.

use crate::support::*;
use contracts::{
    ErrorCode::{Forbidden, InvalidInput, Replayed, Unauthorized},
    session::MAX_SESSION_SECS,
    signing::{MAX_SKEW_SECS, MasterKey, MasterKeys, content_digest},
};
use reqwest::{Method, Request, header::HeaderValue};
use serde_json::json;

fn header(request: &mut Request, name: &'static str, alter: impl FnOnce(&str) -> String) {
    let old = request.headers()[name].to_str().unwrap().to_owned();
    let new = alter(&old);
    assert_ne!(new, old, "{name} was altered");
    request.headers_mut().insert(name, HeaderValue::from_str(&new).unwrap());
}

#[tokio::test]
async fn a_guest_gets_a_session_and_what_it_signs_is_answered() {
    let server = TestServer::start().await;
    let session = server.session().await;
    assert_eq!(session.grant.owner.as_str(), "public");
    assert_eq!(session.grant.server_time, START);
    assert_eq!(session.grant.expires, START + MAX_SESSION_SECS);
    assert!(session.grant.writable);
    assert_ne!(session.grant.keyid, server.session().await.grant.keyid, "every session has a key of its own");
    let book = server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await;
    assert!(book.data()["total"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn every_altered_component_is_refused() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let customer = server.a_customer().await;
    let body = json!({ "customerId": customer }).to_string();
    let sign = || session.sign(Method::POST, server.url("/v1/tools/calculate_health?a=1"), body.clone());
    server.send(sign()).await.data();

    type Alter = Box<dyn Fn(&mut Request)>;
    let stranger = server.session().await.grant.keyid;
    let own = session.grant.keyid.clone();
    let alterations: Vec<(&str, Alter)> = vec![
        ("method", Box::new(|request| *request.method_mut() = Method::PUT)),
        ("path", Box::new(|request| request.url_mut().set_path("/v1/tools/generate_email"))),
        ("query", Box::new(|request| request.url_mut().set_query(Some("a=2")))),
        ("no query", Box::new(|request| request.url_mut().set_query(None))),
        ("content-type", Box::new(|request| header(request, "content-type", |_| "text/plain".into()))),
        ("content-digest", Box::new(|request| header(request, "content-digest", |_| content_digest(b"{}")))),
        ("body", Box::new(|request| *request.body_mut() = Some(r#"{"customerId":"globex"}"#.into()))),
        ("no body", Box::new(|request| *request.body_mut() = None)),
        (
            "created",
            Box::new(|request| {
                header(request, "signature-input", |old| {
                    old.replace(&format!("created={START}"), &format!("created={}", START + 1))
                });
            }),
        ),
        (
            "expires",
            Box::new(|request| {
                header(request, "signature-input", |old| {
                    old.replace(&(START + 60).to_string(), &(START + 61).to_string())
                });
            }),
        ),
        ("nonce", Box::new(|request| header(request, "signature-input", |old| old.replace("nonce=\"", "nonce=\"0")))),
        ("keyid", Box::new(move |request| header(request, "signature-input", |old| old.replace(&own, &stranger)))),
        ("tag", Box::new(|request| header(request, "signature-input", |old| old.replace("cs-v2", "cs-v3")))),
        (
            "order",
            Box::new(|request| {
                header(request, "signature-input", |old| old.replace("\"@path\" \"@query\"", "\"@query\" \"@path\""));
            }),
        ),
        ("list", Box::new(|request| header(request, "signature-input", |old| old.replace("\"@query\" ", "")))),
        ("signature", Box::new(|request| header(request, "signature", |old| old.replacen("cs=:", "cs=:AAAA", 1)))),
        ("no signature", Box::new(|request| drop(request.headers_mut().remove("signature")))),
        ("no signature-input", Box::new(|request| drop(request.headers_mut().remove("signature-input")))),
        ("no content-digest", Box::new(|request| drop(request.headers_mut().remove("content-digest")))),
        ("no content-type", Box::new(|request| drop(request.headers_mut().remove("content-type")))),
        (
            "two content-types",
            Box::new(|request| {
                request.headers_mut().append("content-type", HeaderValue::from_static("application/json"));
            }),
        ),
    ];
    for (what, alter) in alterations {
        let mut request = sign();
        alter(&mut request);
        // The method and the path may lead to no route at all; what counts is that nothing is answered.
        let reply = server.send(request).await;
        assert_eq!(reply.envelope["ok"], json!(false), "an altered {what} was answered");
        if what != "method" {
            reply.failed(Unauthorized);
        }
    }
}

#[tokio::test]
async fn a_signature_for_another_host_is_worth_nothing_whatever_the_host_header_says() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    session.authority = "tools.example.com".to_owned();
    let mut request = session.sign(Method::GET, server.url("/v1/customers"), "");
    request.headers_mut().insert("host", HeaderValue::from_static("tools.example.com"));
    let message = server.send(request).await.failed(Unauthorized).to_owned();
    assert!(message.contains(&server.address.to_string()), "{message:?} says which host to sign for");

    let session = server.session().await;
    let mut request = session.sign(Method::GET, server.url("/v1/customers"), "");
    request.headers_mut().insert("host", HeaderValue::from_static("evil.example.com"));
    server.send(request).await.data();
}

#[tokio::test]
async fn a_request_without_a_signature_is_told_how() {
    let server = TestServer::start().await;
    let routes = [
        (Method::POST, "/v1/tools/calculate_health"),
        (Method::GET, "/v1/customers"),
        (Method::POST, "/v1/customers"),
        (Method::PUT, "/v1/customers/acme"),
        (Method::DELETE, "/v1/customers/acme"),
        (Method::POST, "/v1/imports/x"),
        (Method::POST, "/v1/imports/x/pieces/1"),
        (Method::GET, "/v1/messages?customerId=acme"),
        (Method::POST, "/v1/messages"),
        (Method::POST, "/api/db/seed-global"),
        (Method::DELETE, "/api/db/seed-global"),
    ];
    for (method, path) in routes {
        let reply = server.plain(method, path).await;
        assert!(reply.failed(Unauthorized).contains("signature"), "{path}");
    }
}

#[tokio::test]
async fn nothing_is_said_of_a_body_or_a_path_before_the_signature_fits() {
    let server = TestServer::start().await;
    let session = server.session().await;
    for (path, body) in [("/v1/imports/no%20id", "{}"), ("/v1/tools/calculate_health", "not json")] {
        let mut request = session.sign(Method::POST, server.url(path), body);
        header(&mut request, "signature", |old| old.replacen("cs=:", "cs=:AAAA", 1));
        server.send(request).await.failed(Unauthorized);
    }
}

#[tokio::test]
async fn a_replayed_read_is_refused() {
    let server = TestServer::start().await;
    let request = server.session().await.sign(Method::GET, server.url("/v1/customers"), "");
    server.send(request.try_clone().unwrap()).await.data();
    server.send(request).await.failed(Replayed);
}

#[tokio::test]
async fn a_replayed_write_is_not_carried_out_again() {
    let server = TestServer::start().await;
    let body = json!({ "id": "new", "name": "New" }).to_string();
    let create = server.session().await.sign(Method::POST, server.url("/v1/customers"), body);
    server.send(create.try_clone().unwrap()).await.data();
    server.call(Method::DELETE, "/v1/customers/new", "").await.data();
    server.send(create).await.failed(Replayed);
    let found = server.get("/v1/customers?filter=new").await;
    assert!(found.data()["customers"].as_array().unwrap().iter().all(|row| row["id"] != "new"), "it came back");
}

#[tokio::test]
async fn a_clock_that_is_off_gets_the_servers_time() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    for off in [-3600, 3600, -MAX_SKEW_SECS - 1, MAX_SKEW_SECS + 1] {
        session.created = START + off;
        let reply = server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await;
        reply.failed(Unauthorized);
        assert_eq!(reply.envelope["error"]["serverTime"], START, "{off} s off");
    }
    session.created = START + MAX_SKEW_SECS;
    server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await.data();
}

#[tokio::test]
async fn a_signature_ends_and_so_does_a_session() {
    let server = TestServer::start().await;
    let mut session = server.session().await;
    let request = session.sign(Method::GET, server.url("/v1/customers"), "");
    server.pass(61);
    let reply = server.send(request).await;
    reply.failed(Unauthorized);
    assert_eq!(reply.envelope["error"]["serverTime"], START + 61);

    server.pass(MAX_SESSION_SECS - 62);
    session.created = server.now();
    server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await.data();
    server.pass(1);
    let reply = server.send(session.sign(Method::GET, server.url("/v1/customers"), "")).await;
    assert!(reply.failed(Unauthorized).contains("expired"));
    assert_eq!(reply.envelope["error"].get("serverTime"), None, "the clock is not to blame");
}

#[tokio::test]
async fn a_guest_reads_but_does_not_write_where_the_machine_is_not_its_own() {
    let server = TestServer::with(Options { guest_writes: false, ..Options::default() }).await;
    assert!(!server.session().await.grant.writable);
    let before = server.get("/v1/customers").await.data()["total"].clone();
    for (method, path, body) in [
        (Method::POST, "/v1/customers", r#"{"id":"new","name":"New"}"#),
        (Method::DELETE, "/v1/customers/acme", ""),
        (Method::POST, "/v1/imports/x/pieces/1", "not even json"),
        (Method::DELETE, "/api/db/seed-global", ""),
    ] {
        assert!(server.call(method, path, body).await.failed(Forbidden).contains("Guests"), "{path}");
    }
    assert_eq!(server.get("/v1/customers").await.data()["total"], before);
}

#[tokio::test]
async fn the_previous_master_key_is_accepted_until_it_is_removed() {
    let mut session = TestServer::start().await.session().await;
    for (previous, accepted) in [(Some(master(1)), true), (None, false)] {
        let rotated = TestServer::with(keys(master(2), previous)).await;
        session.authority = rotated.address.to_string();
        let reply = rotated.send(session.sign(Method::GET, rotated.url("/v1/customers"), "")).await;
        assert_eq!(reply.envelope["ok"], json!(accepted));
        if !accepted {
            reply.failed(Unauthorized);
        }
    }
}

/// As the instances of a server get a new key: first all accept it, then all use it, then the old one goes.
#[tokio::test]
async fn master_keys_rotate_over_instances_without_a_refused_request() {
    let (old, new) = (|| master(1), || master(2));
    let rounds = [(old(), None), (old(), Some(new())), (new(), Some(old())), (new(), None)];
    for round in rounds.windows(2) {
        let before = TestServer::with(keys(round[0].0.clone(), round[0].1.clone())).await;
        let after = TestServer::with(keys(round[1].0.clone(), round[1].1.clone())).await;
        // At the last step whatever was made with the old key has ended long since.
        for (made_by, met_by) in [(&before, &after), (&after, &before)] {
            let mut session = made_by.session().await;
            session.authority = met_by.address.to_string();
            met_by.send(session.sign(Method::GET, met_by.url("/v1/customers"), "")).await.data();
        }
    }
}

fn keys(current: MasterKey, previous: Option<MasterKey>) -> Options {
    Options { masters: MasterKeys { current, previous }, ..Options::default() }
}

#[tokio::test]
async fn the_content_type_is_json() {
    let server = TestServer::start().await;
    let request = server.session().await.sign_as("text/plain", Method::GET, server.url("/v1/customers"), "");
    assert!(server.send(request).await.failed(InvalidInput).contains("application/json"));
}
