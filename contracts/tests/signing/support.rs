//! A signed request, and a second implementation of the signature to hold the first one against.

use base64::{Engine, prelude::*};
use contracts::{
    OwnerId,
    session::{CallerKind, MAX_SESSION_SECS},
    signing::*,
};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;

pub const NOW: i64 = 1_800_000_000;

/// A master key of 32 times this byte.
pub fn master(byte: u8) -> MasterKey {
    MasterKey::new(vec![byte; 32]).expect("32 bytes")
}

pub fn masters(current: u8, previous: Option<u8>) -> MasterKeys {
    MasterKeys { current: master(current), previous: previous.map(master) }
}

pub fn claims(master: &MasterKey) -> KeyClaims {
    let jti = "0123456789abcdefghijkl".to_owned();
    KeyClaims::new(master, OwnerId::public(), CallerKind::Guest, NOW, NOW + MAX_SESSION_SECS, jti)
}

pub fn parameters(keyid: &str) -> SigningParameters {
    let nonce = "nonce-0123456789".parse().expect("a nonce");
    SigningParameters { created: NOW, expires: NOW + 60, nonce, keyid: keyid.to_owned() }
}

/// A request with its two headers, all of it alterable.
#[derive(Debug, Clone)]
pub struct Signed {
    pub method: String,
    pub authority: String,
    pub path: String,
    pub query: Option<String>,
    pub content_type: String,
    pub content_digest: String,
    pub input: String,
    pub signature: String,
}

impl Signed {
    pub fn new(master: &MasterKey, path: &str, query: Option<&str>, body: &[u8]) -> Self {
        let keyid = claims(master).keyid();
        let key = SigningKey::derive(master, &claims(master).jti, &keyid);
        let mut signed = Self {
            method: "POST".into(),
            authority: "tools.example.com".into(),
            path: path.into(),
            query: query.map(Into::into),
            content_type: "application/json".into(),
            content_digest: content_digest(body),
            input: String::new(),
            signature: String::new(),
        };
        (signed.input, signed.signature) =
            sign(&key, &signed.request(), &parameters(&keyid)).expect("it can be signed");
        signed
    }

    pub fn request(&self) -> SignedRequest<'_> {
        SignedRequest {
            method: &self.method,
            authority: &self.authority,
            path: &self.path,
            query: self.query.as_deref(),
            content_type: &self.content_type,
            content_digest: &self.content_digest,
        }
    }

    /// Verifies as a server does.
    pub fn verify(&self, masters: &MasterKeys, now: i64) -> Result<KeyClaims, SignatureError> {
        let presented = Presented::parse(&self.input, &self.signature)?;
        presented.check_time(now)?;
        let (claims, key) =
            KeyClaims::open(&presented.parameters.keyid, masters).map_err(|_| SignatureError::Malformed)?;
        presented.verify(&key, &self.request())?;
        Ok(claims)
    }
}

/// Signs `base` with the bytes of the key itself.
pub fn mac(key: &SigningKey, base: &str) -> String {
    let key = BASE64_URL_SAFE_NO_PAD.decode(key.to_base64().expose_secret()).expect("base64");
    let mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length").chain_update(base).finalize().into_bytes();
    format!("cs=:{}:", BASE64_STANDARD.encode(mac))
}
