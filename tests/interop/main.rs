//! Our signatures against other people's programs: a Python package and a shell.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;
mod recorder;
mod service;
