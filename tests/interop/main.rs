//! Our signatures and our files against other people's programs.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod files;
mod pages;
mod python;
mod recorder;
