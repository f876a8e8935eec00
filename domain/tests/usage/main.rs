//! Usage as of a day, by its public face: the rules one by one, what holds of any series, and how often it errs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod kinds;
mod properties;
mod rules;
mod series;
mod silence;
mod simulation;
