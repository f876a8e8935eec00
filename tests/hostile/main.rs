//! Injected instructions in the data, and a model that obeys every one of them: nothing of it comes through.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod injections;
mod suite;
mod tongues;
mod world;

#[path = "../support/model/mod.rs"]
mod scripted;
#[path = "../client/support/server.rs"]
#[expect(dead_code, reason = "the client's own tests use all of it")]
mod server;
#[path = "../client/support/wire.rs"]
#[expect(dead_code, reason = "the client's own tests use all of it")]
mod wire;
