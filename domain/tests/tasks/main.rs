//! Tasks as files: what is read of them, what is refused, and what they say.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod filling;
mod reading;
