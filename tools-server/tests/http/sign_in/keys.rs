//! The issuer's keys: fetched once, again for an unknown one, and not too often.

use contracts::ErrorCode::{Unauthorized, Unavailable};
use serde_json::{Value, json};

use super::{issuer::*, tokens::server};
use crate::support::*;

fn key_named(id: &str) -> Value {
    json!({ "alg": "RS256", "typ": "at+jwt", "kid": id })
}

async fn ask(server: &TestServer, token: String) -> Reply {
    server.ask_session(&json!({ "accessToken": token })).await
}

#[tokio::test]
async fn keys_are_fetched_once_and_again_when_they_are_old() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    assert_eq!(issuer.asked(), 0, "nothing is fetched before it is needed");
    let good = token(&header(), &issuer.claims(), KEY);
    for _ in 0..3 {
        server.sign_in(&good).await;
    }
    assert_eq!(issuer.asked(), 1);
    server.pass(3600);
    server.sign_in(&good).await;
    assert_eq!(issuer.asked(), 2);
    issuer.set_keys(&[jwk("k2", OTHER_KEY)]);
    server.pass(3600);
    ask(&server, good).await.failed(Unauthorized);
}

#[tokio::test]
async fn a_new_key_is_found_and_made_up_ones_do_not_make_the_server_ask_more() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    server.sign_in(&token(&header(), &issuer.claims(), KEY)).await;
    for id in ["made-up", "made-up", "also-made-up"] {
        let message = ask(&server, token(&key_named(id), &issuer.claims(), KEY)).await.failed(Unauthorized).to_owned();
        assert!(message.contains("its key is none of the issuer's"), "{message}");
    }
    assert_eq!(issuer.asked(), 1, "the first fetch was a moment ago");

    issuer.set_keys(&[jwk("k1", KEY), jwk("k2", OTHER_KEY)]);
    server.pass(60);
    let rotated = token(&key_named("k2"), &issuer.claims(), OTHER_KEY);
    server.sign_in(&rotated).await;
    assert_eq!(issuer.asked(), 2);
    ask(&server, token(&key_named("made-up"), &issuer.claims(), KEY)).await.failed(Unauthorized);
    assert_eq!(issuer.asked(), 2);
    server.pass(60);
    ask(&server, token(&key_named("made-up"), &issuer.claims(), KEY)).await.failed(Unauthorized);
    assert_eq!(issuer.asked(), 3);
    server.sign_in(&rotated).await;
}

#[tokio::test]
async fn a_new_key_of_an_old_name_is_found_and_wrong_signatures_do_not_make_the_server_ask_more() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let (before, after) = (token(&header(), &issuer.claims(), KEY), token(&header(), &issuer.claims(), OTHER_KEY));
    server.sign_in(&before).await;
    issuer.set_keys(&[jwk("k1", OTHER_KEY)]);
    for _ in 0..3 {
        assert!(ask(&server, after.clone()).await.failed(Unauthorized).contains("its signature does not match"));
    }
    assert_eq!(issuer.asked(), 1, "the first fetch was a moment ago");
    server.pass(60);
    futures::future::join_all((0..20).map(|_| server.sign_in(&after))).await;
    assert_eq!(issuer.asked(), 2);
    for _ in 0..3 {
        ask(&server, before.clone()).await.failed(Unauthorized);
    }
    assert_eq!(issuer.asked(), 2);
    issuer.set_down(true);
    server.pass(60);
    ask(&server, before).await.failed(Unauthorized);
    server.sign_in(&after).await;
}

#[tokio::test]
async fn many_at_once_share_one_fetch() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let good = token(&header(), &issuer.claims(), KEY);
    futures::future::join_all((0..20).map(|_| server.sign_in(&good))).await;
    assert_eq!(issuer.asked(), 1);
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_to_be_and_known_keys_serve_for_a_day() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let long = json!({ "exp": START + 400_000 });
    let mut claims = issuer.claims();
    claims["exp"] = long["exp"].clone();
    let good = token(&header(), &claims, KEY);
    issuer.set_down(true);
    let reply = ask(&server, good.clone()).await;
    assert!(reply.failed(Unavailable).contains("sign-in provider cannot be reached"));
    issuer.set_down(false);
    ask(&server, good.clone()).await.failed(Unavailable);
    server.pass(5);
    server.sign_in(&good).await;

    issuer.set_down(true);
    server.pass(23 * 3600);
    server.sign_in(&good).await;
    server.pass(3600);
    ask(&server, good.clone()).await.failed(Unavailable);
    let guest = server.session().await;
    assert_eq!(guest.grant.owner.as_str(), "public", "guests do not need the provider");
}

#[tokio::test]
async fn keys_of_other_kinds_beside_it_do_no_harm_and_are_not_used() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let mut encrypts = jwk("k2", KEY);
    encrypts["use"] = json!("enc");
    let mut rs512 = jwk("k3", KEY);
    rs512["alg"] = json!("RS512");
    let secret = json!({ "kty": "oct", "kid": "k4", "k": "c2VjcmV0", "alg": "HS256" });
    let strange = json!({ "kty": "FUTURE", "kid": 7 });
    let nameless = json!({ "kty": "RSA", "n": "AQ", "e": "AQAB" });
    issuer.set_keys(&[strange, nameless, encrypts, rs512, secret, jwk("k1", KEY)]);
    server.sign_in(&token(&header(), &issuer.claims(), KEY)).await;
    for id in ["k2", "k3", "k4"] {
        ask(&server, token(&key_named(id), &issuer.claims(), KEY)).await.failed(Unauthorized);
    }
}
