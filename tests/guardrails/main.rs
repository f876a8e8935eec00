//! What holds whatever a model writes, as pure checks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accepting;
mod data;
mod properties;
mod redaction;
mod rules;
mod sentences;
mod smuggled;
mod streaming;
mod support;
mod titles;
