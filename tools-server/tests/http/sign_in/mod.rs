//! Signing in with access tokens of an identity provider.

pub mod issuer;
mod keys;
mod opaque;
mod owners;
pub mod tokens;
