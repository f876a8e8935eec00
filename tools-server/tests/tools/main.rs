//! The tools and the book through their public faces: tables of rules, and properties over arbitrary facts.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod book;
mod email;
mod facts;
mod health;
mod outline;
mod reads;
