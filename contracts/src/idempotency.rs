//! The `Idempotency-Key` header: a write that is sent again, under a new signature, is not carried out again.
//!
//! The same key with the same request gives the first answer again; with another request it is a `CONFLICT`. Keys belong
//! to their owner and are kept for a day. The header is not signed, and need not be: whoever could alter it on the way
//! could as well hold the request back, and gains no request that was not made.

use std::str::FromStr;

/// The header's name.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A text that is no idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key is 16 to 64 of A-Z a-z 0-9 - _")]
pub struct InvalidIdempotencyKey;

/// Names one write, however often it is sent: 16 to 64 characters of base64url, which a UUID is, too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = InvalidIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, InvalidIdempotencyKey> {
        let valid = (16..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidIdempotencyKey) }
    }
}
