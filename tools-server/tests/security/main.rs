//! What nobody may see or do, tried on a running server.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod canaries;
#[path = "../support/database.rs"]
mod database;
mod hostile;
mod instances;
mod routes;
mod shapes;
mod tenancy;
mod world;
