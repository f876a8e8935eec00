//! Evaluations: what is judged, what is worse than before, and the command as its users start it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod baseline;
#[path = "../support/case.rs"]
mod case;
mod command;
mod compare;
mod desk;
mod given;
mod judge;
mod labelled;
mod models;
mod sample;
#[path = "../support/model/mod.rs"]
mod scripted;
