//! The server as its clients meet it: a real one on a loopback port, with a real SQLite store.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod auth;
mod input;
mod limits;
mod log;
mod once;
mod routes;
mod server;
mod services;
mod sign_in;
mod support;
