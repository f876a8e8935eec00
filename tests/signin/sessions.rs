//! Sessions of somebody who signed in.

use std::{path::Path, sync::Arc};

use chrono::Utc;
use contracts::{ErrorCode, failure::Stage, session::CallerKind};
use cs_copilot::{
    backend::{Backend, Patience, Target},
    config::ServerUrl,
};
use serde_json::json;
use tempfile::tempdir;

use crate::support::{DAY, Provider, TestTime, Tools, access, authenticator, sign_in};

fn backend(provider: &Provider, tools: &ServerUrl, dir: &Path, time: &TestTime) -> Backend {
    let authenticator = authenticator(&provider.issuer, dir, time);
    let clock = time.time();
    let now = Arc::new(move || clock.now().timestamp());
    Backend::with(Target::Server(tools.clone(), Some(authenticator)), Patience::default(), now)
}

#[tokio::test]
async fn the_access_token_is_shown_for_a_session() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time, (tools, url)) = (tempdir().unwrap(), TestTime::new(), Tools::start().await);
    let backend = backend(&provider, &url, dir.path(), &time);
    let guest = backend.identity().await.unwrap();
    assert_eq!((guest.kind, guest.sign_in, tools.tokens()), (CallerKind::Guest, None, vec![None]));

    let tokens = sign_in(&provider, dir.path(), "user_alice").await;
    backend.forget_session().await;
    let alice = backend.identity().await.unwrap();
    assert_eq!((alice.kind, alice.owner.as_str(), alice.writable), (CallerKind::User, "user_alice", true));
    assert_eq!(alice.sign_in.unwrap().account, tokens.account);
    assert_eq!(tools.tokens()[1].as_deref(), Some(access(&tokens)));
}

#[tokio::test]
async fn a_session_is_renewed_with_a_renewed_token() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time, (tools, url)) = (tempdir().unwrap(), TestTime::new(), Tools::start().await);
    sign_in(&provider, dir.path(), "user_alice").await;
    let backend = backend(&provider, &url, dir.path(), &time);
    for _ in 0..2 {
        backend.identity().await.unwrap();
    }
    assert_eq!(tools.tokens().len(), 1, "one session for as long as it lasts");
    time.advance(DAY);
    backend.forget_session().await;
    assert_eq!(backend.identity().await.unwrap().owner.as_str(), "user_alice");
    let tokens = tools.tokens();
    assert!(tokens[1].is_some() && tokens[0] != tokens[1]);
}

#[tokio::test]
async fn a_refused_token_is_one_sentence_with_what_to_do() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time, (tools, url)) = (tempdir().unwrap(), TestTime::new(), Tools::start().await);
    sign_in(&provider, dir.path(), "user_alice").await;
    tools.refuse();
    let failure = backend(&provider, &url, dir.path(), &time).identity().await.unwrap_err();
    assert_eq!((failure.stage, failure.code), (Stage::Auth, Some(ErrorCode::Unauthorized)));
    assert_eq!(
        failure.message.as_str(),
        format!(
            "Your sign-in was not accepted by the tools server at {url} (the access token is not valid); \
             sign in again with `cs-copilot login`."
        )
    );
    assert_eq!(tools.tokens().len(), 1, "and nobody is made a guest instead");
}

#[tokio::test]
async fn a_sign_in_that_has_ended_is_not_taken_for_a_guest() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time, (tools, url)) = (tempdir().unwrap(), TestTime::new(), Tools::start().await);
    sign_in(&provider, dir.path(), "user_alice").await;
    time.advance(DAY);
    provider.answers(json!([[400, {"error": "invalid_grant"}]])).await;
    let failure = backend(&provider, &url, dir.path(), &time).identity().await.unwrap_err();
    assert_eq!(failure.message.as_str(), "Your sign-in has ended; sign in again with `cs-copilot login`.");
    assert!(tools.tokens().is_empty());
}

#[tokio::test]
async fn the_server_inside_gets_no_token() {
    let dir = tempdir().unwrap();
    let target = Target::Embedded(dir.path().to_owned());
    let backend = Backend::with(target, Patience::default(), Arc::new(|| Utc::now().timestamp()));
    let identity = backend.identity().await.unwrap();
    assert_eq!((identity.kind, identity.sign_in), (CallerKind::Guest, None));
}
