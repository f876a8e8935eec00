//! Sign-in by code.

use cs_copilot::auth::{AuthError, Tokens, Way};
use serde_json::json;
use tempfile::tempdir;

use crate::support::{Agent, Provider, TestTime, authenticator, bounded};

/// Signs in by code while `time` says what happens in the pauses.
async fn outcome(provider: &Provider, time: &TestTime, agree_at: usize) -> Result<Tokens, AuthError> {
    let dir = tempdir().unwrap();
    let attempt = authenticator(&provider.issuer, dir.path(), time).begin(Way::Device).await.unwrap();
    let address = attempt.prompt().address.clone();
    for _ in 1..agree_at {
        time.then(async {});
    }
    time.then(async move {
        Agent::new().agree(&address, "user_alice").await;
    });
    bounded(attempt.finish()).await
}

#[tokio::test]
async fn a_code_that_is_agreed_to_signs_in() {
    let Some(provider) = Provider::start() else { return };
    let time = TestTime::new();
    let tokens = outcome(&provider, &time, 2).await.unwrap();
    assert_eq!(tokens.account.name.as_str(), "alice@example.com");
    assert_eq!(tokens.account.subject.as_ref().unwrap().as_str(), "user_alice");
    assert!(tokens.is_renewable());
    assert_eq!(time.pauses(), [5.0, 5.0], "five seconds where the provider names no interval");
}

#[tokio::test]
async fn the_prompt_says_all_that_the_user_needs() {
    let Some(provider) = Provider::start() else { return };
    let dir = tempdir().unwrap();
    let attempt = authenticator(&provider.issuer, dir.path(), &TestTime::new()).begin(Way::Any).await.unwrap();
    let prompt = attempt.prompt();
    let code = prompt.code.as_ref().unwrap().as_str();
    assert_eq!(prompt.address, format!("{}/device?user_code={code}", provider.issuer));
    assert_eq!(prompt.lives.as_secs(), 600);
}

#[tokio::test]
async fn the_providers_pace_is_kept() {
    let Some(provider) = Provider::start() else { return };
    provider.interval(7).await;
    let slow_down = json!([400, {"error": "slow_down"}]);
    provider.answers(json!([slow_down, slow_down])).await;
    let time = TestTime::new();
    outcome(&provider, &time, 3).await.unwrap();
    assert_eq!(time.pauses(), [12.0, 17.0, 17.0], "five seconds more each time, and never fewer again");
}

#[tokio::test]
async fn a_provider_that_is_not_ready_is_asked_less_and_less_often() {
    let Some(provider) = Provider::start() else { return };
    provider.answers(json!([[503, {}], [429, {"error": "slow"}], [500, {"error": "invalid_grant"}]])).await;
    let time = TestTime::new();
    outcome(&provider, &time, 4).await.unwrap();
    assert_eq!(time.pauses(), [10.0, 20.0, 40.0, 40.0]);
}

#[tokio::test]
async fn a_refusal_stops_at_once() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Device).await.unwrap();
    let address = attempt.prompt().address.clone();
    time.then(async move {
        Agent::new().refuse(&address).await;
    });
    assert_eq!(bounded(attempt.finish()).await.unwrap_err(), AuthError::Denied);
    assert_eq!(time.pauses().len(), 1);
}

#[tokio::test]
async fn a_code_that_the_provider_calls_expired_is_too_late() {
    let Some(provider) = Provider::start() else { return };
    provider.answers(json!([[400, {"error": "authorization_pending"}], [400, {"error": "expired_token"}]])).await;
    let time = TestTime::new();
    assert_eq!(outcome(&provider, &time, 9).await.unwrap_err(), AuthError::TooLate);
    assert_eq!(time.pauses().len(), 1);
}

#[tokio::test]
async fn a_code_that_the_provider_has_dropped_is_too_late() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Device).await.unwrap();
    provider.advance(3600).await;
    assert_eq!(bounded(attempt.finish()).await.unwrap_err(), AuthError::TooLate);
}

#[tokio::test]
async fn nobody_asks_longer_than_a_code_lives() {
    let Some(mut provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Device).await.unwrap();
    provider.stop();
    assert_eq!(bounded(attempt.finish()).await.unwrap_err(), AuthError::TooLate);
    let waited: f64 = time.pauses().iter().sum();
    assert!((600.0..=660.0).contains(&waited), "{waited} s");
}

#[tokio::test]
async fn any_other_error_stops_with_the_providers_reason() {
    let Some(provider) = Provider::start() else { return };
    provider
        .answers(json!([[400, {"error": "unauthorized_client", "error_description": "not\u{1b}[31m for you."}]]))
        .await;
    let error = outcome(&provider, &TestTime::new(), 1).await.unwrap_err();
    assert_eq!(error.to_string(), "The sign-in service refused the sign-in: unauthorized_client, not[31m for you.");
}

#[tokio::test]
async fn an_attempt_that_is_given_up_signs_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let authenticator = authenticator(&provider.issuer, dir.path(), &time);
    let given_up = authenticator.begin(Way::Device).await.unwrap();
    let address = given_up.prompt().address.clone();
    drop(given_up);
    Agent::new().agree(&address, "user_mallory").await;
    assert!(authenticator.current().await.unwrap().is_none());
    assert_eq!(provider.token_requests().await, 0, "nothing asks on its behalf");
}
