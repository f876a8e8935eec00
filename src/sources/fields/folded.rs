//! Names of columns as they are compared.

/// The words of a header in lower case: `Customer ID`, `customer_id`, `CustomerId` and `customer-id` are one, and so is
/// a header with spaces that cannot be seen. `Company.Name` has two words.
pub fn folded(header: &str) -> String {
    let mut words = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    let mut rest = header.chars().filter(|c| !is_unseen(*c)).peekable();
    while let Some(c) = rest.next() {
        let begins = c.is_uppercase()
            && (before.is_lowercase() || before.is_uppercase() && rest.peek().is_some_and(|next| next.is_lowercase()));
        if begins || !c.is_alphanumeric() {
            space(&mut words);
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        }
        // `Customer #` is a number, and no customer; before words it is there for the eye: `# Record ID`.
        if c == '#' && (!words.trim_start().is_empty() || !rest.clone().any(char::is_alphanumeric)) {
            words.push_str("no ");
        }
        before = c;
    }
    words.truncate(words.trim_end().len());
    words
}

/// The header without what it says in brackets at its end, and without what systems put around a column of one's own:
/// `Created (UTC)` is `Created`, `Custom field (Customer (if any))` is `Customer`.
pub fn bare(header: &str) -> &str {
    let own = header.trim().strip_prefix("Custom field (").and_then(|own| own.strip_suffix(')'));
    let header = own.unwrap_or(header);
    header.find(['(', '[']).map_or(header, |at| &header[..at]).trim_end()
}

fn space(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

/// Whether a character takes no room: zero-width spaces and joiners, soft hyphens, a byte-order mark.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}
