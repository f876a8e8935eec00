//! Signature v1, for trusted services alone: `hex(HMAC-SHA256(secret, "{timestamp}.{client}.{raw body}"))`.
//!
//! It covers neither path nor host, and two requests of one millisecond with one body have one signature. So it cannot say
//! that a request is sent for the first time: what only reads is answered as often as it comes, and a write spends its
//! signature at its path. Users and guests sign with version 2.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use sha2::{Digest, Sha256};

use super::signature::{MAX_SKEW_SECS, Nonce, SignatureError};

/// The header that names the client.
pub const CLIENT: &str = "x-client";
/// The header with the time of signing, Unix milliseconds.
pub const TIMESTAMP: &str = "x-timestamp";
/// The header with the signature.
pub const SIGNATURE: &str = "x-signature";

/// The shortest secret of a service, in bytes.
const MIN_SECRET_LEN: usize = 32;
const MAC_LEN: usize = 32;

/// A secret that is too short to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret of a service needs 32 bytes or more; make one with `tools-server keygen`")]
pub struct WeakServiceSecret;

/// What a service and the server share. Its text is the key as it stands.
#[derive(Clone)]
pub struct ServiceSecret(SecretSlice<u8>);

impl ServiceSecret {
    /// The secret of this text, of 32 bytes or more.
    pub fn new(text: &SecretString) -> Result<Self, WeakServiceSecret> {
        let bytes = text.expose_secret().as_bytes();
        if bytes.len() < MIN_SECRET_LEN { Err(WeakServiceSecret) } else { Ok(Self(bytes.to_vec().into())) }
    }

    fn mac(&self, timestamp: &str, client: &str, body: &[u8]) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(self.0.expose_secret())
            .expect("HMAC takes a key of any length")
            .chain_update(timestamp)
            .chain_update(".")
            .chain_update(client)
            .chain_update(".")
            .chain_update(body)
    }
}

impl fmt::Debug for ServiceSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceSecret(…)")
    }
}

/// The `X-Signature` of a body sent by `client` at `timestamp`, Unix milliseconds.
pub fn sign(secret: &ServiceSecret, timestamp: i64, client: &str, body: &[u8]) -> String {
    hex(&secret.mac(&timestamp.to_string(), client, body).finalize().into_bytes())
}

/// A signature as it came in, readable but not yet verified.
#[derive(Debug, Clone)]
pub struct Presented<'a> {
    /// Who says to have signed.
    pub client: &'a str,
    timestamp: &'a str,
    /// Unix milliseconds.
    created: i64,
    mac: [u8; MAC_LEN],
}

impl<'a> Presented<'a> {
    /// Reads the three headers.
    pub fn parse(client: &'a str, timestamp: &'a str, signature: &str) -> Result<Self, SignatureError> {
        // A sign or a space would be another text for the same time; no service sends one.
        let digits = timestamp.bytes().all(|b| b.is_ascii_digit());
        let created = timestamp.parse().ok().filter(|_| digits).ok_or(SignatureError::Malformed)?;
        let mac = unhex(signature).ok_or(SignatureError::Malformed)?;
        Ok(Self { client, timestamp, created, mac })
    }

    /// Whether it was signed within five minutes of `now`, Unix seconds.
    pub fn check_time(&self, now: i64) -> Result<(), SignatureError> {
        let off = self.created.abs_diff(now.saturating_mul(1000));
        if off > MAX_SKEW_SECS.unsigned_abs() * 1000 { Err(SignatureError::ClockOff) } else { Ok(()) }
    }

    /// Whether one of `secrets` signed `body`; compared in constant time.
    pub fn verify(&self, secrets: &[ServiceSecret], body: &[u8]) -> Result<(), SignatureError> {
        let signed =
            |secret: &ServiceSecret| secret.mac(self.timestamp, self.client, body).verify_slice(&self.mac).is_ok();
        if secrets.iter().any(signed) { Ok(()) } else { Err(SignatureError::Mismatch) }
    }

    /// What a service can use once at `path`: the signature, and so the body, however its digits were written.
    pub fn nonce(&self, path: &str) -> Nonce {
        let spent = Sha256::new().chain_update(self.mac).chain_update(path).finalize();
        hex(&spent).parse().expect("64 hexadecimal digits are a nonce")
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; MAC_LEN]> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    if digits.len() == 2 * MAC_LEN { bytes.try_into().ok() } else { None }
}
