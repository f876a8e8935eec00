//! What a provider may say of itself.

use axum::{Router, http::StatusCode, routing::get};
use cs_copilot::{
    auth::{AuthError, Way},
    config::ServerUrl,
};
use serde_json::{Value, json};
use tempfile::tempdir;
use tokio::net::TcpListener;

use crate::support::{TestTime, authenticator};

const RFC_8414: &str = "/.well-known/oauth-authorization-server";
const OPENID: &str = "/.well-known/openid-configuration";

/// A server that describes itself at `place`; `describe` gets its address.
async fn provider(place: &'static str, describe: impl FnOnce(&str) -> Value) -> ServerUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let description = describe(&address).to_string();
    let router = Router::new().route(place, get(|| async move { description }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address.parse().unwrap()
}

async fn begin(issuer: &ServerUrl) -> Result<String, AuthError> {
    let dir = tempdir().unwrap();
    let attempt = authenticator(issuer, dir.path(), &TestTime::new()).begin(Way::Any).await?;
    Ok(attempt.prompt().address.clone())
}

#[tokio::test]
async fn the_older_place_will_do() {
    let describe = |address: &str| {
        json!({"issuer": address, "token_endpoint": format!("{address}/t"),
               "authorization_endpoint": format!("{address}/a?tenant=1")})
    };
    for place in [RFC_8414, OPENID] {
        let issuer = provider(place, describe).await;
        let address = begin(&issuer).await.unwrap();
        assert!(address.starts_with(&format!("{issuer}/a?tenant=1&response_type=code&")), "{address}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_provider_is_said() {
    type Describe = fn(&str) -> Value;
    let table: [(Describe, &str); 5] = [
        (|_| json!("hello"), "it does not describe itself as one"),
        (|address| json!({"issuer": address}), "it does not describe itself as one"),
        (
            |_| json!({"issuer": "https://evil.example.com", "token_endpoint": "https://evil.example.com/t"}),
            "it calls itself https://evil.example.com",
        ),
        (
            |address| json!({"issuer": address, "token_endpoint": "http://other.example.com/t"}),
            "its endpoint http://other.example.com/t is not protected",
        ),
        (
            |address| json!({"issuer": address, "token_endpoint": format!("{address}/t")}),
            "it offers no sign-in by browser",
        ),
    ];
    for (describe, expected) in table {
        let issuer = provider(RFC_8414, describe).await;
        let told = begin(&issuer).await.unwrap_err().to_string();
        assert_eq!(told, format!("The sign-in service at {issuer} cannot be used: {expected}."));
    }
}

#[tokio::test]
async fn an_issuer_that_is_no_provider_is_said_to_be_none() {
    let issuer = provider("/", |_| json!({})).await;
    let told = begin(&issuer).await.unwrap_err().to_string();
    assert_eq!(told, format!("The sign-in service at {issuer} cannot be used: there is none; check auth.issuer."));
}

#[tokio::test]
async fn a_provider_that_is_not_ready_is_no_wrong_provider() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer: ServerUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let router = Router::new().fallback(|| async { StatusCode::BAD_GATEWAY });
    tokio::spawn(async move { axum::serve(listener, router).await });
    assert_eq!(begin(&issuer).await.unwrap_err(), AuthError::Unreachable(issuer));
}
