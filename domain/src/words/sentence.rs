//! Clauses as sentences.

/// Begins with a capital and ends with a full stop.
pub fn sentence(clause: &str) -> String {
    let end = if clause.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{end}", capital(clause))
}

/// Begins with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(chars).collect()
}
