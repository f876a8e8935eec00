//! Patterns that are written into the program.

use regex::Regex;

/// A pattern of this program; whether it can be read is what every test of its module finds out. The edges of words are
/// those of ASCII: others take ten times as long in a text with a single dash or quotation mark that is none.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\b", r"(?-u:\b)")).expect("a constant pattern that the tests have read")
}
