//! Attention: which reasons there are, in what order they come, and how they live from day to day.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod given;
mod kinds;
mod life;
mod order;
mod properties;
mod sources;
mod totals;
