//! Whose rows: the key's owner, whatever a body says.

use contracts::{
    ErrorCode::{Forbidden, NotFound},
    signing::{KeyClaims, MasterKeys},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{issuer::*, tokens::server};
use crate::support::*;

async fn user(issuer: &Issuer, server: &TestServer, id: &str) -> Session {
    let mut claims = issuer.claims();
    claims["sub"] = json!(id);
    server.sign_in(&token(&header(), &claims, KEY)).await
}

async fn post(server: &TestServer, session: &Session, path: &str, body: &Value) -> Reply {
    server.send(session.sign(Method::POST, server.url(path), body.to_string())).await
}

#[tokio::test]
async fn each_user_has_rows_of_their_own_and_guests_have_the_public_ones() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let (alice, bob) = (user(&issuer, &server, "user_2alice").await, user(&issuer, &server, "user_2bob").await);
    post(&server, &alice, "/v1/customers", &json!({ "id": "secret", "name": "Secret Ltd" })).await.data();
    let book = |session: &Session| session.sign(Method::GET, server.url("/v1/customers"), "");
    assert_eq!(server.send(book(&alice)).await.data()["total"], 1);
    assert_eq!(server.send(book(&bob)).await.data()["total"], 0, "not even the demo book");

    let tool = json!({ "customerId": "secret" });
    let nothing = json!({ "customerId": "nothing" });
    for other in [&bob, &server.session().await] {
        let seen = post(&server, other, "/v1/tools/calculate_health", &tool).await;
        let unseen = post(&server, other, "/v1/tools/calculate_health", &nothing).await;
        assert_eq!(
            seen.failed(NotFound),
            unseen.failed(NotFound).replace("nothing", "secret"),
            "as if it were not there"
        );
        post(&server, other, "/v1/customers", &json!({ "id": "mine", "name": "Mine" })).await;
    }
    assert_eq!(server.send(book(&alice)).await.data()["total"], 1);
}

#[tokio::test]
async fn the_organisation_is_carried_and_decides_nothing() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let alice = user(&issuer, &server, "user_2alice").await;
    let masters = MasterKeys { current: master(1), previous: None };
    let (claims, _) = KeyClaims::open(&alice.grant.keyid, &masters).unwrap();
    assert_eq!(claims.organisation, Some("org_1".parse().unwrap()));
    assert_eq!(alice.grant.owner.as_str(), "user_2alice");
}

#[tokio::test]
async fn an_owner_in_the_parameters_must_be_the_keys_own() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    let alice = user(&issuer, &server, "user_2alice").await;
    post(&server, &alice, "/v1/customers", &json!({ "id": "acme", "name": "Acme" })).await.data();
    let guest = server.session().await;
    let ask = |owner: &str| json!({ "customerId": "acme", "params": { "ownerUserId": owner } });
    for (session, own, other) in [(&alice, "user_2alice", "public"), (&guest, "public", "user_2alice")] {
        let reply = post(&server, session, "/v1/tools/get_recent_tickets", &ask(own)).await;
        assert!(reply.status == 200 || reply.status == 404, "{}", reply.envelope);
        for other in [other, "user_2nobody"] {
            let reply = post(&server, session, "/v1/tools/get_recent_tickets", &ask(other)).await;
            assert!(reply.failed(Forbidden).contains("params.ownerUserId names somebody else"));
        }
    }
}

#[tokio::test]
async fn a_guest_of_a_server_writes_nothing() {
    let issuer = Issuer::start().await;
    let server = server(&issuer).await;
    assert!(!server.session().await.grant.writable);
    for (method, path) in [
        (Method::POST, "/v1/customers"),
        (Method::PUT, "/v1/customers/acme"),
        (Method::DELETE, "/v1/customers/acme"),
        (Method::POST, "/v1/imports/x"),
        (Method::POST, "/v1/imports/x/pieces/1"),
        (Method::POST, "/v1/messages"),
        (Method::POST, "/api/db/seed-global"),
        (Method::DELETE, "/api/db/seed-global"),
    ] {
        server.call(method, path, "{}").await.failed(Forbidden);
    }
}
