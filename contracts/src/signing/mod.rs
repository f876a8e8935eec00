//! Who is calling: signing keys derived from a master key, and signature v2.
//!
//! Signature v2 is a fixed profile of RFC 9421 (`hmac-sha256`) with the `Content-Digest` of RFC 9530. The client gets a
//! short-lived key and its public half, the *keyid*; the server derives the same key again from the keyid on every
//! request and stores nothing. An altered keyid derives another key, so its claims need no signature of their own.

mod keys;
mod signature;
pub mod v1;

pub use keys::{InvalidKeyId, KeyClaims, MasterKey, MasterKeys, SigningKey, WeakMasterKey};
pub use signature::{
    InvalidNonce, MAX_SKEW_SECS, Nonce, Presented, SignatureError, SignedRequest, SigningParameters, content_digest,
    sign, signature_base,
};
