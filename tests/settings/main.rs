//! The settings: which layer wins, what is refused, and that the example says it all.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod budget;
mod example;
mod layers;
mod refused;
