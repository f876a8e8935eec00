//! Trusted services: signature v1 against a running server.

use std::{process::Command, time::Duration};

use contracts::{
    ErrorCode::{Forbidden, InvalidInput, NotFound, RateLimited, Replayed, TooLarge, Unauthorized},
    signing::v1::{ServiceSecret, sign},
    tools::ToolName,
};
use reqwest::{Method, Request};
use serde_json::json;
use tools_server::auth::ServiceClient;

use crate::{bulkheads::stalled, support::*};

const OLD: &str = "the-old-secret-of-the-web-front-end";
const NEW: &str = "the-new-secret-of-the-web-front-end";

fn secret(text: &str) -> ServiceSecret {
    ServiceSecret::new(&text.into()).unwrap()
}

/// `web` may read everybody's demo book and `user_2alice`'s rows; `batch` may act for nobody.
async fn server() -> TestServer {
    let client = |name: &str, secrets: &[&str], owners: &[&str]| ServiceClient {
        name: name.to_owned(),
        secrets: secrets.iter().map(|text| secret(text)).collect(),
        owners: owners.iter().map(|owner| owner.parse().unwrap()).collect(),
        legacy: false,
    };
    let service_clients = vec![
        client("web", &[OLD, NEW], &["public", "user_2alice"]),
        client("batch", &["another-secret-of-a-batch-process"], &[]),
    ];
    TestServer::with(Options { guest_writes: false, service_clients, ..Options::default() }).await
}

fn headers(server: &TestServer, path: &str, body: &str, client: &str, timestamp: i64, signature: &str) -> Request {
    let mut request = Request::new(Method::POST, server.url(path));
    for (name, value) in [("x-client", client), ("x-timestamp", &timestamp.to_string()), ("x-signature", signature)] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    *request.body_mut() = Some(body.to_owned().into());
    request
}

/// A request of `web`, signed `ms` milliseconds after the server's own time.
fn signed(server: &TestServer, path: &str, body: &str, ms: i64) -> Request {
    let timestamp = server.now() * 1000 + ms;
    headers(server, path, body, "web", timestamp, &sign(&secret(NEW), timestamp, "web", body.as_bytes()))
}

fn ask(customer: &str, owner: &str) -> String {
    json!({ "customerId": customer, "params": { "ownerUserId": owner } }).to_string()
}

#[tokio::test]
async fn every_tool_answers_a_service_as_it_answers_a_guest() {
    let server = server().await;
    let customer = server.a_customer().await;
    for tool in ToolName::ALL {
        let served = server.send(signed(&server, &format!("/{tool}"), &ask(&customer, "public"), 0)).await;
        let own = server.post(&format!("/v1/tools/{tool}"), json!({ "customerId": customer })).await;
        assert_eq!(served.data(), own.data(), "{tool}");
        assert!(served.header("server-timing").contains("auth;dur="));
        server.pass(1);
    }
}

#[tokio::test]
async fn it_acts_for_the_owners_listed_and_for_nobody_else() {
    let server = server().await;
    let customer = server.a_customer().await;
    let send = async |owner: &str| server.send(signed(&server, "/get_customer_usage", &ask(&customer, owner), 0)).await;
    send("public").await.data();
    send("user_2alice").await.failed(NotFound);
    for owner in ["user_2bob", "user_2alice2", "USER_2ALICE"] {
        assert!(send(owner).await.failed(Forbidden).contains("not listed for that owner"));
    }
    for owner in ["../public", "", "pub'lic", "public\u{0}"] {
        send(owner).await.failed(InvalidInput);
    }
    let unnamed = json!({ "customerId": customer }).to_string();
    let reply = server.send(signed(&server, "/get_customer_usage", &unnamed, 0)).await;
    assert!(reply.failed(InvalidInput).contains("params.ownerUserId is missing"));

    let body = ask(&customer, "public");
    let signature = sign(&secret("another-secret-of-a-batch-process"), START * 1000, "batch", body.as_bytes());
    server
        .send(headers(&server, "/calculate_health", &body, "batch", START * 1000, &signature))
        .await
        .failed(Forbidden);
}

/// The recipe of docs/team.md, whose time has no milliseconds: within one second all its signatures of one body are equal.
#[tokio::test]
async fn a_shell_and_openssl_can_call_every_tool_within_a_second() {
    let server = server().await;
    let guide = include_str!("../../../docs/team.md");
    let recipe = guide.lines().find_map(|line| line.strip_prefix("SIGNATURE=$(")?.strip_suffix(')')).unwrap();
    let (body, timestamp) = (ask(&server.a_customer().await, "public"), START * 1000);
    let shell = Command::new("sh")
        .args(["-c", recipe])
        .envs([("TIMESTAMP", timestamp.to_string()), ("BODY", body.clone()), ("SECRET", OLD.to_owned())])
        .output();
    let signature = String::from_utf8(shell.unwrap().stdout).unwrap();
    if signature.trim().is_empty() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        return eprintln!("skipped: openssl is not installed");
    }
    let call = |tool: ToolName| headers(&server, &format!("/{tool}"), &body, "web", timestamp, signature.trim());
    let calls = ToolName::ALL.into_iter().chain(ToolName::ALL).map(|tool| server.send(call(tool)));
    for reply in futures::future::join_all(calls).await {
        reply.data();
    }
}

#[tokio::test]
async fn whatever_is_altered_or_missing_is_refused_before_the_body_is_looked_at() {
    let server = server().await;
    let body = "this is not even JSON";
    let now = START * 1000;
    let good = sign(&secret(OLD), now, "web", body.as_bytes());
    let elsewhere = sign(&secret("another-secret-of-a-batch-process"), now, "web", body.as_bytes());
    let send = |client: &str, timestamp: i64, signature: &str| {
        headers(&server, "/get_customer_usage", body, client, timestamp, signature)
    };
    server.send(send("web", now, &good)).await.failed(InvalidInput);
    let mut unnamed = send("web", now, &good);
    unnamed.headers_mut().remove("x-client");
    let mut twice = send("web", now, &good);
    twice.headers_mut().append("x-client", "web".parse().unwrap());
    let mut other_body = send("web", now, &good);
    *other_body.body_mut() = Some("{}".into());
    let wrong = [
        send("batch", now, &good),
        send("nobody", now, &good),
        send("web", now + 1, &good),
        send("web", now, &elsewhere),
        send("web", now, &good[2..]),
        send("web", now, ""),
        unnamed,
        twice,
        other_body,
        Request::new(Method::POST, server.url("/get_customer_usage")),
    ];
    for request in wrong {
        let shown = format!("{request:?}");
        assert!(server.send(request).await.status == 401, "{shown}");
    }
    let unknown = server.send(send("nobody", now, &good)).await.failed(Unauthorized).to_owned();
    assert_eq!(
        unknown,
        server.send(send("web", now + 1, &good)).await.failed(Unauthorized),
        "names cannot be tried out"
    );
}

#[tokio::test]
async fn a_read_is_answered_within_five_minutes_however_often_it_comes() {
    let server = server().await;
    let body = ask(&server.a_customer().await, "public");
    let request = || signed(&server, "/calculate_health", &body, 0);
    let first = server.send(request()).await;
    let again = server.send(request()).await;
    assert_eq!(first.data(), again.data());
    server.send(signed(&server, "/get_contract_info", &body, 0)).await.data();
    let mut shouted = request();
    let upper = shouted.headers()["x-signature"].to_str().unwrap().to_uppercase();
    shouted.headers_mut().insert("x-signature", upper.parse().unwrap());
    server.send(shouted).await.data();
    for off in [-300_001, 300_001, -3_600_000] {
        let reply = server.send(signed(&server, "/calculate_health", &body, off)).await;
        reply.failed(Unauthorized);
        assert_eq!(reply.envelope["error"]["serverTime"], START);
    }
    server.send(signed(&server, "/calculate_health", &body, -300_000)).await.data();
}

#[tokio::test]
async fn it_may_put_the_demo_book_in_and_write_nothing_else() {
    let server = server().await;
    let seed = || signed(&server, "/api/db/seed-global", "", 0);
    assert!(server.send(seed()).await.data()["customers"].as_u64().unwrap() > 0);
    server.send(seed()).await.failed(Replayed);
    let mut shouted = seed();
    let upper = shouted.headers()["x-signature"].to_str().unwrap().to_uppercase();
    shouted.headers_mut().insert("x-signature", upper.parse().unwrap());
    server.send(shouted).await.failed(Replayed);
    server.send(signed(&server, "/api/db/seed-global", "{}", 1)).await.data();
    server.send(signed(&server, "/api/db/seed-global", "{\"a\":1}", 2)).await.failed(InvalidInput);

    let mut remove = signed(&server, "/api/db/seed-global", "", 3);
    *remove.method_mut() = Method::DELETE;
    server.send(remove).await.failed(Unauthorized);
    for path in
        ["/v1/customers", "/v1/imports/x", "/v1/imports/x/pieces/1", "/v1/messages", "/v1/tools/calculate_health"]
    {
        server.send(signed(&server, path, "{}", 4)).await.failed(Unauthorized);
    }
    server.send(signed(&server, "/drop_everything", "{}", 5)).await.failed(NotFound);
}

#[tokio::test]
async fn a_body_has_its_limit_here_too() {
    let server = server().await;
    let large = " ".repeat((1 << 20) + 1);
    server.send(signed(&server, "/calculate_health", &large, 0)).await.failed(TooLarge);
}

#[tokio::test]
async fn a_session_key_opens_no_door_of_the_services() {
    let server = server().await;
    let body = ask(&server.a_customer().await, "public");
    server.call(Method::POST, "/calculate_health", body).await.failed(Unauthorized);
}

/// Who has no name that is known here is a stranger; those take their own part alone.
#[tokio::test]
async fn strangers_that_stall_keep_no_service_out() {
    let server = server().await;
    let customer = server.a_customer().await;
    let ask = ask(&customer, "public");
    let nobody = || headers(&server, "/get_customer_usage", &ask, "nobody", server.now() * 1000, &"0".repeat(64));
    let mut stalls = Vec::new();
    let full = async {
        loop {
            stalls.push(stalled(server.address, &nobody(), 1).await);
            if server.send(nobody()).await.status == RateLimited.status() {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), full).await.expect("strangers have a part");
    server.send(signed(&server, "/get_customer_usage", &ask, 0)).await.data();
}
