//! Ids. They are text and keep their zeros; what a customer's id may not have is written as a hyphen.

use contracts::CustomerId;

/// The longest id of a customer.
const LONGEST: usize = 100;

/// Whether a spreadsheet has rounded the id, or another number: `1.784E+10`, `1E+11`.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let is_number =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    is_number(digits) && power.strip_prefix('+').is_some_and(is_number)
}

/// An id that the book takes for the id `text` of another system: the same, where it may be, else with a hyphen for
/// what it may not have (`Acme Corp` is `Acme-Corp`). None where nothing is left of it, or a spreadsheet has rounded it.
///
/// Two texts may come to the same id: who makes many of them has to look out for that.
pub fn customer_id(text: &str) -> Option<CustomerId> {
    let text = text.trim();
    if is_rounded(text) {
        return None;
    }
    if let Ok(id) = text.parse() {
        return Some(id);
    }
    let ascii = unicode_normalization::UnicodeNormalization::nfkd(text).filter(char::is_ascii);
    let mut id = String::with_capacity(text.len());
    for c in ascii {
        match c {
            c if c.is_ascii_alphanumeric() => id.push(c),
            '.' | '_' | '-' if !id.is_empty() => id.push(c),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_end_matches('-');
    // Letters of other alphabets would all come to the same.
    let kept = id.chars().filter(char::is_ascii_alphanumeric).count();
    let had = text.chars().filter(|c| c.is_alphanumeric()).count();
    (kept >= had && id.len() <= LONGEST).then(|| id.parse().ok()).flatten()
}

/// The number of an id that a program took for a figure: `123.0` is `123`.
pub(super) fn without_fraction(text: &str) -> Option<&str> {
    let whole = text.strip_suffix(".0")?;
    (!whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit())).then_some(whole)
}
