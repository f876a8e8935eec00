//! Lines of a model's own that say what a statement says. The program says that by citing, of the data; said by the model it
//! may be the opposite, or of another ticket. The statements decide which lines those are, in whatever language they are.

use std::collections::HashSet;

use domain::statements::Statements;

/// So many letters of a word are compared, so that `renew` and `renews` are one.
const STEM: usize = 5;
/// Shorter words say little of what a line is about.
const SHORTEST: usize = 4;

/// Whether the line has two or more words of one statement, beside the customer's name, and they are most of its own.
pub(super) fn is_retold(line: &str, statements: &Statements) -> bool {
    let name = statements.get("customer.name").map(|name| stems(name.about.as_str())).unwrap_or_default();
    let said: HashSet<_> = stems(line).difference(&name).cloned().collect();
    statements.iter().any(|statement| {
        let same = stems(statement.about.as_str()).intersection(&said).count();
        same >= 2 && 2 * same > said.len()
    })
}

/// The beginnings of the longer words.
fn stems(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= SHORTEST);
    words.map(|word| word.to_lowercase().chars().take(STEM).collect()).collect()
}
