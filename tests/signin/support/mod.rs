//! A provider, somebody with a browser, and a clock that only tests move.

mod account;
mod agent;
mod provider;
mod time;
mod tools;

use std::{fs, future::Future, path::Path, time::Duration};

use cs_copilot::{
    auth::{Keeper, Tokens, Way},
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

pub fn keeper(issuer: &ServerUrl, dir: &Path, time: &TestTime) -> Keeper {
    Keeper::new(config(issuer), dir, time.time()).unwrap()
}

/// Signs in by code, agreed to at the first pause, and keeps the tokens.
pub async fn sign_in(provider: &Provider, dir: &Path, user: &str) -> Tokens {
    let time = TestTime::new();
    let keeper = keeper(&provider.issuer, dir, &time);
    let attempt = keeper.begin(Way::Device).await.unwrap();
    Agent::new().agree(&attempt.prompt().address, user).await;
    let tokens = bounded(attempt.finish()).await.unwrap();
    keeper.keep(&tokens).await.unwrap();
    tokens
}

pub fn access(tokens: &Tokens) -> &str {
    tokens.access().expose_secret()
}

/// No test here waits for a clock; this bounds what would otherwise never end.
pub async fn bounded<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), work).await.unwrap()
}

fn vault(file: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The tokens that the file holds.
pub fn kept(file: &Path) -> Value {
    serde_json::from_str(vault(file)["secret"].as_str().unwrap()).unwrap()
}

/// Changes what the file holds for its owner; nothing, as after a sign-in that the keyring took.
pub fn keep(file: &Path, tokens: Option<&Value>) {
    let mut vault = vault(file);
    vault["secret"] = tokens.map(Value::to_string).into();
    fs::write(file, vault.to_string()).unwrap();
}
