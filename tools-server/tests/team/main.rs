//! PostgreSQL as a team runs it: two roles, a pooler, several instances, and a server that goes away and comes back.
//! Each test says so and passes where the part it needs is not there.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/database.rs"]
mod database;
mod guide;
mod isolation;
mod losses;
mod migrations;
mod owners;
mod pooler;
mod round_trips;
mod support;
