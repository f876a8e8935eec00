//! Signing in with access tokens of an identity provider.

mod issuer;
mod keys;
mod opaque;
mod owners;
mod tokens;
