//! Runs with a language model, against one that is scripted at the wire.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod activity;
mod budget;
mod calls;
mod check;
mod failures;
mod good;
mod limits;
mod log;
mod more;
mod questions;
mod requests;
mod servers;
mod support;
mod turns;

#[path = "../support/model/mod.rs"]
mod scripted;
