//! What holds whatever a model writes, as pure checks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accepting;
mod books;
mod contradictions;
mod data;
mod natural;
mod proper;
mod properties;
mod redaction;
mod sentences;
mod smuggled;
mod streaming;
mod support;
mod titles;
