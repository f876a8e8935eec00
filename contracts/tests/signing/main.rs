//! Who is calling: keys, and what they sign.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod keys;
mod signature;
mod support;
mod v1;
