//! What holds whatever a model writes: a line of its own has no figure of the data, and nothing foreign comes through. In
//! code, not in a prompt.

pub mod data;
pub mod lines;
mod numbers;
pub mod outward;
pub mod redaction;
mod ticket_ids;
pub mod tongue;

use regex::Regex;

/// A pattern of this program; whether it can be read is what every test of its module finds out. The edges of words are
/// those of ASCII: others take ten times as long in a text with a single dash or quotation mark that is none.
fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\b", r"(?-u:\b)")).expect("a constant pattern that the tests have read")
}
