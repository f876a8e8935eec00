//! What holds whatever a model writes: figures rest on data, and nothing foreign comes through. In code, not in a prompt.

pub mod data;
pub mod grounding;
pub mod redaction;
pub mod stream;

use regex::Regex;

/// A pattern of this program; whether it can be read is what every test of its module finds out.
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern that the tests have read")
}
