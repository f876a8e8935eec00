//! Which tokens are accepted, and every way one can be wrong.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{
    ErrorCode::Unauthorized,
    session::{CallerKind, MAX_SESSION_SECS},
};
use ring::hmac;
use serde_json::{Value, json};

use super::issuer::*;
use crate::{log, support::*};

pub async fn server(issuer: &Issuer) -> TestServer {
    TestServer::with(Options { guest_writes: false, token_rules: Some(issuer.rules()), ..Options::default() }).await
}

fn with(mut object: Value, field: &str, value: impl Into<Value>) -> Value {
    object[field] = value.into();
    object
}

fn without(mut object: Value, field: &str) -> Value {
    object.as_object_mut().unwrap().remove(field).unwrap();
    object
}

#[tokio::test]
async fn a_user_gets_a_session_of_their_own_that_ends_with_the_token() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let grant = server.sign_in(&token(&header(), &issuer.claims(), KEY)).await.grant;
    assert_eq!((grant.owner.as_str(), grant.kind, grant.writable), ("user_2alice", CallerKind::User, true));
    assert_eq!((grant.server_time, grant.expires), (START, START + MAX_SESSION_SECS));

    let soon = with(issuer.claims(), "exp", START + 61);
    let session = server.sign_in(&token(&header(), &soon, KEY)).await;
    assert_eq!(session.grant.expires, START + 61, "never past the token's own end");
    let fraction = with(issuer.claims(), "exp", START as f64 + 61.999);
    assert_eq!(server.sign_in(&token(&header(), &fraction, KEY)).await.grant.expires, START + 61);
    server.pass(60);
    let get = |session: &Session| session.sign(reqwest::Method::GET, server.url("/v1/customers"), "");
    server.send(get(&session)).await.data();
    server.pass(1);
    server.send(get(&session)).await.failed(Unauthorized);
}

#[tokio::test]
async fn other_spellings_of_a_good_token_are_good() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let claims = issuer.claims();
    for (header, claims) in [
        (with(header(), "typ", "application/at+jwt"), claims.clone()),
        (with(header(), "typ", "AT+JWT"), claims.clone()),
        (header(), with(claims.clone(), "aud", "https://anywhere.example.com")),
        (header(), without(claims.clone(), "nbf")),
        (header(), with(claims.clone(), "nbf", START + 60)),
        (header(), with(claims.clone(), "nbf", START as f64 + 60.75)),
        (header(), with(claims.clone(), "iat", START as f64 - 10.25)),
        (header(), with(claims.clone(), "iat", 1.79e9)),
        (header(), with(claims, "client_id", "other-app")),
    ] {
        server.sign_in(&token(&header, &claims, KEY)).await;
    }
}

#[tokio::test]
async fn every_wrong_token_is_refused_with_one_line_in_the_log() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let claims = issuer.claims();
    let good = token(&header(), &claims, KEY);
    server.sign_in(&good).await;
    let signed = |header: Value, claims: Value| token(&header, &claims, KEY);
    let hs256 = |secret: &[u8]| {
        let text = unsigned(&with(header(), "alg", "HS256"), &claims);
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), text.as_bytes());
        format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
    };
    let public = jwk("k1", KEY);
    let none = unsigned(&with(header(), "alg", "none"), &claims);
    let (head, rest) = good.split_once('.').unwrap();
    let (body, signature) = rest.split_once('.').unwrap();
    let mallory = BASE64_URL_SAFE_NO_PAD.encode(with(claims.clone(), "sub", "user_2mallory").to_string());
    let cases = [
        ("issuer", signed(header(), with(claims.clone(), "iss", "https://clerk.example.com"))),
        ("issuer", signed(header(), with(claims.clone(), "iss", format!("{}/", issuer.url)))),
        ("malformed", signed(header(), with(claims.clone(), "iss", json!([issuer.url])))),
        ("malformed", signed(header(), without(claims.clone(), "iss"))),
        ("malformed", format!("{none}.")),
        ("malformed", none),
        ("algorithm", hs256(public["n"].as_str().unwrap().as_bytes())),
        ("algorithm", hs256(&BASE64_URL_SAFE_NO_PAD.decode(public["n"].as_str().unwrap()).unwrap())),
        ("algorithm", hs256(public.to_string().as_bytes())),
        ("algorithm", signed(with(header(), "alg", "RS512"), claims.clone())),
        ("algorithm", signed(with(header(), "alg", "PS256"), claims.clone())),
        ("expired", signed(header(), with(claims.clone(), "exp", START - 1))),
        ("expired", signed(header(), with(claims.clone(), "exp", START))),
        ("expired", signed(header(), with(claims.clone(), "exp", START as f64 + 0.5))),
        ("expired", signed(header(), with(claims.clone(), "exp", -1e300))),
        ("not_yet_valid", signed(header(), with(claims.clone(), "nbf", 1e300))),
        ("malformed", signed(header(), without(claims.clone(), "exp"))),
        ("malformed", signed(header(), with(claims.clone(), "exp", "tomorrow"))),
        ("not_yet_valid", signed(header(), with(claims.clone(), "nbf", START + 61))),
        ("not_yet_valid", signed(header(), with(claims.clone(), "iat", START + 61))),
        ("malformed", signed(header(), without(claims.clone(), "iat"))),
        ("unknown_key", signed(with(header(), "kid", "k2"), claims.clone())),
        ("unknown_key", signed(without(header(), "kid"), claims.clone())),
        ("signature", token(&header(), &claims, OTHER_KEY)),
        ("signature", format!("{head}.{mallory}.{signature}")),
        ("signature", format!("{head}.{body}.AAAA")),
        ("signature", format!("{head}.{body}.")),
        // An ID token and a session token of the same issuer, for the same application.
        ("type", signed(with(header(), "typ", "JWT"), with(claims.clone(), "aud", CLIENT))),
        ("type", signed(without(header(), "typ"), claims.clone())),
        ("client", signed(header(), with(claims.clone(), "client_id", "another-app"))),
        ("malformed", signed(header(), without(claims.clone(), "client_id"))),
        ("subject", signed(header(), with(claims.clone(), "sub", "public"))),
        ("subject", signed(header(), with(claims.clone(), "sub", "user_"))),
        ("subject", signed(header(), with(claims.clone(), "sub", "machine_1"))),
        ("subject", signed(header(), with(claims.clone(), "sub", "user_1/../public"))),
        ("subject", signed(header(), with(claims.clone(), "sub", format!("user_{}", "x".repeat(100))))),
        ("malformed", signed(header(), without(claims.clone(), "sub"))),
        ("malformed", signed(with(header(), "crit", json!(["b64"])), claims.clone())),
        ("malformed", signed(header(), json!([]))),
        ("malformed", "a.b.c".to_owned()),
        ("malformed", "no token at all".to_owned()),
        ("malformed", String::new()),
        ("malformed", format!("{good}.{good}")),
        ("opaque", "oat_an-opaque-token".to_owned()),
    ];
    for (reason, token) in cases {
        let reply = server.ask_session(&json!({ "accessToken": token })).await;
        let message = reply.failed(Unauthorized);
        assert!(message.starts_with("The access token is refused: "), "{message}");
        assert!(token.is_empty() || !message.contains(&token), "{message}");
        let lines = log::lines_of(&reply);
        assert_eq!(lines.len(), 1, "one line for {reason}: {lines:?}");
        assert_eq!(lines[0]["fields"]["reason"], format!("token_{reason}"), "{message} {token}");
        assert_eq!(lines[0]["fields"]["status"], 401);
        let span = &lines[0]["span"];
        assert_eq!((&span["owner"], &span["address"]), (&Value::Null, &json!("127.0.0.1")), "{span}");
        // Whom the issuer itself names is worth a word; what anybody may have written is not.
        let signed = ["issuer", "expired", "not_yet_valid", "client", "subject"].contains(&reason);
        assert_eq!((span["subject"].is_null(), span["client"].is_null()), (!signed, !signed), "{reason}: {span}");
    }
    let (log, (_, signature)) = (log::so_far(), good.rsplit_once('.').unwrap());
    for secret in [good.as_str(), head, body, signature, "oat_an-opaque-token"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_configured_audience_must_be_named() {
    let issuer = Issuer::start().await;
    let rules = tools_server::auth::TokenRules { audience: Some("https://tools".into()), ..issuer.rules() };
    let server = TestServer::with(Options { token_rules: Some(rules), ..Options::default() }).await;
    let with_audience = |audience: Value| token(&header(), &with(issuer.claims(), "aud", audience), KEY);
    for good in [json!("https://tools"), json!(["https://other", "https://tools"])] {
        server.sign_in(&with_audience(good)).await;
    }
    let unnamed = token(&header(), &issuer.claims(), KEY);
    let others = [json!("https://other"), json!("https://tools/"), json!([]), json!(["a", "b"]), json!(null)];
    for wrong in others.into_iter().map(with_audience).chain([unnamed]) {
        let reply = server.ask_session(&json!({ "accessToken": wrong })).await;
        assert!(reply.failed(Unauthorized).contains("meant for another server"));
    }
}

#[tokio::test]
async fn without_sign_in_a_token_is_refused_and_a_guest_served() {
    let issuer = Issuer::start().await;
    let server = TestServer::start().await;
    let reply = server.ask_session(&json!({ "accessToken": token(&header(), &issuer.claims(), KEY) })).await;
    assert!(reply.failed(Unauthorized).contains("no sign-in configured"));
    assert_eq!(server.session().await.grant.owner.as_str(), "public");
    for body in [json!({ "token": "x" }), json!({ "accessToken": 7 }), json!([])] {
        server.ask_session(&body).await.failed(contracts::ErrorCode::InvalidInput);
    }
}
