//! Sign-in by browser.

use cs_copilot::auth::{AuthError, Way};
use reqwest::Url;
use tempfile::tempdir;

use crate::support::{Agent, Provider, TestTime, authenticator, bounded};

fn parameter(address: &str, name: &str) -> Option<String> {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_real_redirect_signs_in() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    time.then_hold();
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Browser).await.unwrap();
    let address = attempt.prompt().address.clone();
    assert_eq!(attempt.prompt().code, None);
    assert_eq!(parameter(&address, "code_challenge_method").unwrap(), "S256");
    assert!(parameter(&address, "state").unwrap().len() >= 16);
    let redirect = parameter(&address, "redirect_uri").unwrap();
    assert_eq!(parameter(&address, "prompt").unwrap(), "consent", "without it there is no refresh token");
    assert!(redirect.starts_with("http://127.0.0.1:") && redirect.ends_with("/callback"), "{redirect}");

    let mut agent = Agent::new();
    let (tokens, page) = bounded(async { tokio::join!(attempt.finish(), agent.agree(&address, "user_bob")) }).await;
    assert_eq!(tokens.unwrap().account.name.as_str(), "bob@example.com");
    assert!(page.status == 200 && page.text.contains("go back to the terminal"), "{page:?}");
    assert!(agent.http.get(redirect).send().await.unwrap_err().is_connect(), "nobody listens any more");
}

#[tokio::test]
async fn only_the_browser_of_this_very_sign_in_is_heard() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    time.then_hold();
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Browser).await.unwrap();
    let address = attempt.prompt().address.clone();
    let redirect = parameter(&address, "redirect_uri").unwrap();
    let state = parameter(&address, "state").unwrap();
    let visits = async {
        let mut agent = Agent::new();
        let other = "https://other.example.com";
        for query in [
            String::new(),
            "?code=stolen".to_owned(),
            "?code=stolen&state=wrong".to_owned(),
            "?error=access_denied&state=wrong".to_owned(),
            format!("?code=stolen&state={state}&iss={other}"),
            format!("?code=one&code=two&state={state}"),
        ] {
            let page = agent.open(&format!("{redirect}{query}")).await;
            assert!(page.status == 400 && !page.text.contains("stolen"), "{query}: {page:?}");
        }
        assert_eq!(agent.open(&redirect.replace("/callback", "/")).await.status, 404);
        agent.agree(&address, "user_bob").await
    };
    let (tokens, page) = bounded(async { tokio::join!(attempt.finish(), visits) }).await;
    assert!(page.status == 200, "{page:?}");
    assert_eq!(tokens.unwrap().account.name.as_str(), "bob@example.com");
}

#[tokio::test]
async fn a_refusal_in_the_browser_stops() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    time.then_hold();
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Browser).await.unwrap();
    let address = attempt.prompt().address.clone();
    let mut agent = Agent::new();
    let (tokens, page) = bounded(async { tokio::join!(attempt.finish(), agent.refuse(&address)) }).await;
    assert_eq!(tokens.unwrap_err(), AuthError::Denied);
    assert!(page.text.contains("The sign-in was refused."), "{page:?}");
}

#[tokio::test]
async fn after_two_minutes_nobody_listens() {
    let Some(provider) = Provider::start() else { return };
    let (dir, time) = (tempdir().unwrap(), TestTime::new());
    let attempt = authenticator(&provider.issuer, dir.path(), &time).begin(Way::Browser).await.unwrap();
    let redirect = parameter(&attempt.prompt().address, "redirect_uri").unwrap();
    assert_eq!(bounded(attempt.finish()).await.unwrap_err(), AuthError::TooLate);
    assert_eq!(time.pauses(), [120.0]);
    assert!(Agent::new().http.get(redirect).send().await.unwrap_err().is_connect());
}

#[tokio::test]
async fn without_the_device_grant_the_browser_is_used() {
    let Some(provider) = Provider::start_without_device_grant() else { return };
    let dir = tempdir().unwrap();
    let authenticator = authenticator(&provider.issuer, dir.path(), &TestTime::new());
    let attempt = authenticator.begin(Way::Any).await.unwrap();
    assert!(attempt.prompt().address.starts_with(&format!("{}/oauth/authorize?", provider.issuer)));
    let error = authenticator.begin(Way::Device).await.unwrap_err();
    assert_eq!(error, AuthError::NoDeviceGrant(provider.issuer.clone()));
}
