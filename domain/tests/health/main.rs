//! Health: the formula, what it looks at, and the words for it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod formula;
mod given;
mod inputs;
mod words;
