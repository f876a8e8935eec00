//! A provider, somebody with a browser, and a clock that only tests move.

mod account;
mod agent;
mod provider;
mod time;
mod tools;

use std::{fs, future::Future, path::Path, time::Duration};

use cs_copilot::{
    auth::{Authenticator, Tokens, Way},
    config::{AuthConfig, ServerUrl, TokenStore},
};
use secrecy::ExposeSecret;
use serde_json::Value;

pub use account::Account;
pub use agent::Agent;
pub use provider::Provider;
pub use time::TestTime;
pub use tools::Tools;

/// How long an access token lives.
pub const DAY: i64 = 24 * 60 * 60;

/// This program's client of the provider at `issuer`, with a file for its tokens.
pub fn config(issuer: &ServerUrl) -> AuthConfig {
    AuthConfig {
        issuer: issuer.clone(),
        client_id: "cs-copilot".to_owned(),
        scopes: Default::default(),
        resource: None,
        store: TokenStore::File,
    }
}

pub fn authenticator(issuer: &ServerUrl, dir: &Path, time: &TestTime) -> Authenticator {
    Authenticator::new(config(issuer), dir, time.time()).unwrap()
}

/// Signs in by code, agreed to at the first pause, and keeps the tokens.
pub async fn sign_in(provider: &Provider, dir: &Path, user: &str) -> Tokens {
    let time = TestTime::new();
    let authenticator = authenticator(&provider.issuer, dir, &time);
    let attempt = authenticator.begin(Way::Device).await.unwrap();
    Agent::new().agree(&attempt.prompt().address, user).await;
    let tokens = bounded(attempt.finish()).await.unwrap();
    authenticator.keep(&tokens).await.unwrap();
    tokens
}

pub fn access(tokens: &Tokens) -> &str {
    tokens.access().expose_secret()
}

/// No test here waits for a clock; this bounds what would otherwise never end.
pub async fn bounded<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), work).await.unwrap()
}

fn whole(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The tokens that the file holds.
pub fn kept(file: &Path) -> Value {
    serde_json::from_str(whole(file)["secret"].as_str().unwrap()).unwrap()
}

/// Changes what the file holds for its owner; nothing, as after a sign-in that the keyring took.
pub fn keep(file: &Path, tokens: Option<&Value>) {
    let mut whole = whole(file);
    whole["secret"] = tokens.map(Value::to_string).into();
    fs::write(file, whole.to_string()).unwrap();
}
