//! Runs with a language model, against one that is scripted at the wire.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/model/mod.rs"]
mod scripted;
