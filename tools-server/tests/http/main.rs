//! The server as its clients meet it: a real one on a loopback port, with a real store: SQLite, but where it is told otherwise.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attention;
mod auth;
mod bulkheads;
mod checks;
#[path = "../support/database.rs"]
mod database;
mod edges;
mod evals;
mod forms;
#[path = "../../../domain/tests/query/generated.rs"]
mod generated;
mod input;
mod leaves;
mod legacy;
mod limits;
mod log;
mod metrics;
mod once;
mod openapi;
mod outage;
mod positions;
#[path = "../support/proxy.rs"]
mod proxy;
mod queries;
mod routes;
mod server;
mod services;
mod sign_in;
mod stalls;
mod support;
mod surplus;
mod worst;
