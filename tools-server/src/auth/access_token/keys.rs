//! The issuer's public keys, fetched when they are first needed and kept.

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use jsonwebtoken::{
    DecodingKey,
    jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use super::{
    ProviderUrl, TokenRefused,
    provider::{self, NoAnswer, Provider},
};

const PATH: &str = "/.well-known/jwks.json";
/// After this many seconds the keys are fetched again, so that a withdrawn one ends.
const FRESH_SECS: i64 = 60 * 60;
/// For this many seconds they serve where the provider is down.
const USABLE_SECS: i64 = 24 * 60 * 60;
/// Tokens with made-up keys or signatures must not make this server call the provider more often, in seconds.
const PAUSE_SECS: i64 = 60;
/// After a failed fetch the next one may come sooner, in seconds.
const PAUSE_AFTER_FAILURE_SECS: i64 = 5;

/// The keys of one issuer.
#[derive(Debug)]
pub(super) struct IssuerKeys {
    provider: Provider,
    url: String,
    known: RwLock<Known>,
    /// Held during a fetch: one at a time. When the next one may begin, Unix seconds.
    next_fetch: Mutex<i64>,
}

#[derive(Debug)]
struct Known {
    keys: HashMap<String, DecodingKey>,
    /// Unix seconds.
    fetched: i64,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl IssuerKeys {
    pub(super) fn new(issuer: &ProviderUrl) -> Result<Self, reqwest::Error> {
        let provider = Provider::new(issuer)?;
        let known = RwLock::new(Known { keys: HashMap::new(), fetched: i64::MIN });
        Ok(Self { provider, url: issuer.join(PATH), known, next_fetch: Mutex::new(i64::MIN) })
    }

    /// The key of this id. An unknown one, or keys that have grown old, are looked up once more at the issuer.
    pub(super) async fn find(&self, id: &str, now: i64) -> Result<DecodingKey, TokenRefused> {
        if let Some(key) = self.known(id, now, FRESH_SECS) {
            return Ok(key);
        }
        let mut next_fetch = self.next_fetch.lock().await;
        // Another request may have fetched it meanwhile.
        if let Some(key) = self.known(id, now, FRESH_SECS) {
            return Ok(key);
        }
        self.refresh(&mut next_fetch, now).await;
        self.known(id, now, USABLE_SECS).ok_or_else(|| self.missing(now))
    }

    /// The key of this id after a signature that did not match it: the issuer may have another one of that name now.
    pub(super) async fn find_again(&self, id: &str, now: i64) -> Result<DecodingKey, TokenRefused> {
        self.refresh(&mut *self.next_fetch.lock().await, now).await;
        self.known(id, now, USABLE_SECS).ok_or_else(|| self.missing(now))
    }

    /// Asks the issuer for its keys, unless that was done a moment ago.
    async fn refresh(&self, next_fetch: &mut i64, now: i64) {
        if now < *next_fetch {
            return;
        }
        let fetched = self.fetch().await;
        *next_fetch = now + if fetched.is_some() { PAUSE_SECS } else { PAUSE_AFTER_FAILURE_SECS };
        if let Some(keys) = fetched {
            *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known { keys, fetched: now };
        }
    }

    /// A key that was fetched less than `age` seconds ago.
    fn known(&self, id: &str, now: i64, age: i64) -> Option<DecodingKey> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.keys.get(id).filter(|_| now.saturating_sub(known.fetched) < age).cloned()
    }

    /// Why there is no such key: the issuer does not have it, or could not be asked.
    fn missing(&self, now: i64) -> TokenRefused {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_sub(known.fetched) < FRESH_SECS {
            TokenRefused::UnknownKey
        } else {
            TokenRefused::ProviderDown
        }
    }

    async fn fetch(&self) -> Option<HashMap<String, DecodingKey>> {
        match provider::ask::<KeySet>(self.provider.get(&self.url)).await {
            Ok(set) => Some(set.keys.into_iter().filter_map(usable).collect()),
            Err(NoAnswer::Refused(status)) => {
                tracing::warn!(status = status.as_u16(), "the sign-in provider does not show its keys");
                None
            }
            Err(NoAnswer::Down) => None,
        }
    }
}

/// The key, if it is one that RS256 signatures are verified with. Keys of other kinds may stand beside it.
fn usable(key: Value) -> Option<(String, DecodingKey)> {
    let key: Jwk = serde_json::from_value(key).ok()?;
    let common = &key.common;
    let rsa = matches!(key.algorithm, AlgorithmParameters::RSA(_));
    let signs = matches!(common.public_key_use, None | Some(PublicKeyUse::Signature));
    let rs256 = matches!(common.key_algorithm, None | Some(KeyAlgorithm::RS256));
    let id = common.key_id.clone().filter(|_| rsa && signs && rs256)?;
    Some((id, DecodingKey::from_jwk(&key).ok()?))
}
