//! What holds whatever a model writes, as pure checks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/case.rs"]
#[expect(dead_code, reason = "other tests use all of it")]
mod case;
mod data;
mod lines;
mod outward;
mod properties;
mod reading;
mod redaction;
mod support;
