//! Signing in: access tokens of an identity provider, against a running server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod issuer;
mod keys;
mod opaque;
mod owners;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
