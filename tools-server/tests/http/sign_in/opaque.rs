//! Opaque tokens, which Clerk verifies.

use contracts::ErrorCode::{Unauthorized, Unavailable};
use serde_json::{Value, json};
use tools_server::auth::{ClerkApi, TokenRules};

use super::issuer::*;
use crate::{log, support::*};

const TOKEN: &str = "oat_known-and-secret";

fn verified() -> Value {
    json!({
        "object": "clerk_idp_oauth_access_token", "id": "oat_1", "client_id": CLIENT, "type": "oauth:access_token",
        "subject": "user_2bob", "scopes": ["openid"], "revoked": false, "revocation_reason": null, "expired": false,
        "expiration": START + 86_400, "created_at": START - 10, "updated_at": START - 10,
    })
}

async fn server(issuer: &Issuer, secret_key: &str) -> TestServer {
    let clerk = ClerkApi { url: issuer.url.parse().unwrap(), secret_key: secret_key.into() };
    let rules = TokenRules { clerk: Some(clerk), ..issuer.rules() };
    TestServer::with(Options { token_rules: Some(rules), ..Options::default() }).await
}

#[tokio::test]
async fn clerk_says_who_it_was_given_to_and_until_when() {
    let issuer = Issuer::start().await;
    let server = server(&issuer, SECRET_KEY).await;
    issuer.set_opaque(verified());
    let grant = server.sign_in(TOKEN).await.grant;
    assert_eq!((grant.owner.as_str(), grant.expires), ("user_2bob", START + 900));
    for (expiration, expires) in [(json!(START + 30), START + 30), (json!(null), START + 900)] {
        let mut soon = verified();
        soon["expiration"] = expiration;
        issuer.set_opaque(soon);
        assert_eq!(server.sign_in(TOKEN).await.grant.expires, expires);
    }
}

#[tokio::test]
async fn what_clerk_does_not_vouch_for_is_refused() {
    let issuer = Issuer::start().await;
    let server = server(&issuer, SECRET_KEY).await;
    for (field, value, reason) in [
        ("revoked", json!(true), "token_revoked"),
        ("expired", json!(true), "token_expired"),
        ("expiration", json!(START), "token_expired"),
        ("client_id", json!("another-app"), "token_client"),
        ("subject", json!("public"), "token_subject"),
    ] {
        let mut wrong = verified();
        wrong[field] = value;
        issuer.set_opaque(wrong);
        let reply = server.ask_session(&json!({ "accessToken": TOKEN })).await;
        reply.failed(Unauthorized);
        assert_eq!(log::lines_of(&reply)[0]["fields"]["reason"], reason);
    }
    let unknown = server.ask_session(&json!({ "accessToken": "oat_nobody-knows" })).await;
    assert!(unknown.failed(Unauthorized).contains("the provider does not know it"));
    for secret in [TOKEN, SECRET_KEY] {
        assert!(!log::so_far().contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_clerk_that_cannot_be_asked_is_not_the_users_fault() {
    let issuer = Issuer::start().await;
    issuer.set_opaque(json!({ "not": "the shape" }));
    let session = json!({ "accessToken": TOKEN });
    server(&issuer, SECRET_KEY).await.ask_session(&session).await.failed(Unavailable);
    issuer.set_opaque(verified());
    server(&issuer, "sk_test_of-another-instance").await.ask_session(&session).await.failed(Unavailable);
    issuer.set_down(true);
    server(&issuer, SECRET_KEY).await.ask_session(&session).await.failed(Unavailable);
}
