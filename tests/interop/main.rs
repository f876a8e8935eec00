//! Our signatures against other people's programs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;
mod recorder;
