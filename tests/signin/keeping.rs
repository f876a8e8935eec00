//! Staying signed in, and signing out.

use std::{fs, path::Path};

use cs_copilot::auth::{AuthError, SignedOut};
use serde_json::json;
use tempfile::tempdir;

use crate::support::{DAY, Provider, TestTime, access, authenticator, bounded, kept, sign_in};

fn copy(from: &Path, to: &Path) {
    fs::copy(from.join("tokens.json"), to.join("tokens.json")).unwrap();
}

#[tokio::test]
async fn tokens_are_used_until_shortly_before_they_end_and_then_renewed() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let first = sign_in(&provider, dir.path(), "user_alice").await;
    let before = kept(&dir.path().join("tokens.json"));
    let authenticator = authenticator(&provider.issuer, dir.path(), &time);

    time.advance(DAY - 600);
    assert_eq!(access(&authenticator.current().await.unwrap().unwrap()), access(&first));
    time.advance(400);
    let second = authenticator.current().await.unwrap().unwrap();
    assert_ne!(access(&second), access(&first));
    assert_eq!(second.account, first.account);
    let after = kept(&dir.path().join("tokens.json"));
    assert_ne!(after["refresh"], before["refresh"], "a refresh token is good for one exchange");

    time.advance(DAY);
    assert_ne!(access(&authenticator.current().await.unwrap().unwrap()), access(&second), "and so is the next");
}

#[tokio::test]
async fn many_who_renew_at_once_make_one_exchange() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    sign_in(&provider, dir.path(), "user_alice").await;
    let before = provider.token_requests().await;
    time.advance(DAY);
    // Each has its own file handle on the lock, as processes have.
    let renewals = (0..8).map(|_| {
        let authenticator = authenticator(&provider.issuer, dir.path(), &time);
        async move { authenticator.current().await.unwrap().unwrap() }
    });
    let renewed = bounded(futures::future::join_all(renewals)).await;
    assert!(renewed.iter().all(|tokens| access(tokens) == access(&renewed[0])));
    assert_eq!(provider.token_requests().await, before + 1);
}

#[tokio::test]
async fn a_renewal_outlives_whoever_asked_for_it() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let first = sign_in(&provider, dir.path(), "user_alice").await;
    time.advance(DAY);
    let authenticator = authenticator(&provider.issuer, dir.path(), &time);
    let before = provider.token_requests().await;
    provider.hold().await;
    let is_sent = async { while provider.token_requests().await == before {} };
    bounded(async {
        tokio::select! {
            _ = authenticator.current() => panic!("it is held back"),
            () = is_sent => {}
        }
    })
    .await;
    provider.release().await;
    let second = bounded(authenticator.current()).await.unwrap().unwrap();
    assert_ne!(access(&second), access(&first));
    assert_eq!(provider.token_requests().await, before + 1);
}

#[tokio::test]
async fn a_refresh_token_that_is_used_twice_ends_the_sign_in_everywhere() {
    let Some(provider) = Provider::start() else { return };
    let (ours, thiefs, time) = (tempdir().unwrap(), tempdir().unwrap(), TestTime::new());
    sign_in(&provider, ours.path(), "user_alice").await;
    copy(ours.path(), thiefs.path());
    time.advance(DAY);
    let [ours, thiefs] = [&ours, &thiefs].map(|dir| authenticator(&provider.issuer, dir.path(), &time));
    ours.current().await.unwrap();
    assert_eq!(bounded(thiefs.current()).await.unwrap_err(), AuthError::Ended);
    time.advance(DAY);
    assert_eq!(bounded(ours.current()).await.unwrap_err(), AuthError::Ended);
    assert!(ours.kept().await.unwrap().is_some(), "nobody becomes a guest without noticing");
}

#[tokio::test]
async fn a_renewal_by_a_process_that_shares_no_lock_is_found() {
    let Some(provider) = Provider::start() else { return };
    let (ours, theirs, time) = (tempdir().unwrap(), tempdir().unwrap(), TestTime::new());
    sign_in(&provider, ours.path(), "user_alice").await;
    copy(ours.path(), theirs.path());
    time.advance(DAY);
    let sibling = authenticator(&provider.issuer, theirs.path(), &time);
    let renewed = sibling.current().await.unwrap().unwrap();
    let (from, to) = (theirs.path().to_owned(), ours.path().to_owned());
    time.then(async {}).then(async {}).then(async move { copy(&from, &to) });
    let found = bounded(authenticator(&provider.issuer, ours.path(), &time).current()).await.unwrap().unwrap();
    assert_eq!(access(&found), access(&renewed));
    assert_eq!(time.pauses(), [0.0, 0.025, 0.05]);
}

#[tokio::test]
async fn a_provider_that_is_away_signs_nobody_out() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let first = sign_in(&provider, dir.path(), "user_alice").await;
    let authenticator = authenticator(&provider.issuer, dir.path(), &time);
    let away = json!([[503, {"error": "invalid_grant"}], [429, {"error": "invalid_grant"}]]);

    time.advance(DAY - 60);
    provider.answers(away.clone()).await;
    for _ in 0..2 {
        assert_eq!(access(&authenticator.current().await.unwrap().unwrap()), access(&first), "good for another minute");
    }
    time.advance(120);
    provider.answers(away).await;
    for _ in 0..2 {
        assert_eq!(authenticator.current().await.unwrap_err(), AuthError::Unreachable(provider.issuer.clone()));
    }
    assert_ne!(access(&authenticator.current().await.unwrap().unwrap()), access(&first), "and it is back");
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_to_be() {
    let Some(mut provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    sign_in(&provider, dir.path(), "user_alice").await;
    provider.stop();
    time.advance(DAY);
    let authenticator = authenticator(&provider.issuer, dir.path(), &time);
    let error = bounded(authenticator.current()).await.unwrap_err();
    let place = &provider.issuer;
    assert_eq!(
        error.to_string(),
        format!("Could not reach the sign-in service at {place}; check the network and try again.")
    );
    assert!(matches!(bounded(authenticator.end()).await.unwrap(), SignedOut::NotTold(AuthError::Unreachable(_))));
    assert!(authenticator.kept().await.unwrap().is_none(), "the tokens are deleted all the same");
}

#[tokio::test]
async fn signing_out_revokes_and_deletes() {
    let Some(provider) = Provider::start() else { return };
    let (dir, stolen, time) = (tempdir().unwrap(), tempdir().unwrap(), TestTime::new());
    sign_in(&provider, dir.path(), "user_alice").await;
    copy(dir.path(), stolen.path());
    let ours = authenticator(&provider.issuer, dir.path(), &time);
    assert_eq!(ours.end().await.unwrap(), SignedOut::Revoked);
    assert!(!dir.path().join("tokens.json").exists());
    assert!(ours.current().await.unwrap().is_none());
    assert_eq!(ours.end().await.unwrap(), SignedOut::Nobody);
    time.advance(DAY);
    let stolen = authenticator(&provider.issuer, stolen.path(), &time);
    assert_eq!(bounded(stolen.current()).await.unwrap_err(), AuthError::Ended, "a copy is worth nothing");
}
