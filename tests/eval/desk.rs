//! The customer that the labelled sentences speak of.

#[path = "../guardrails/support.rs"]
#[expect(dead_code, reason = "the tests of guardrails use all of it")]
mod customer;

pub use customer::desk;
