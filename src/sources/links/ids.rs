//! Ids as different systems write them.

/// An id without the zeros it begins with.
pub(super) fn without_zeros(id: &str) -> String {
    // A number with a decimal point is what a program makes of an id that it takes for a figure.
    id.strip_suffix(".0").unwrap_or(id).trim_start_matches('0').to_lowercase()
}

/// The first fifteen characters of an id as Salesforce's exports write it, in eighteen: its reports write those alone. The
/// last three say which of the others are capitals, five each, so that no other id is taken for one.
pub(super) fn salesforce(id: &str) -> Option<&str> {
    let (short, check) = id.split_at_checked(15).filter(|(_, check)| check.len() == 3)?;
    let digit = |five: &[u8]| {
        let capitals = five.iter().rev().fold(0, |bits, c| bits << 1 | usize::from(c.is_ascii_uppercase()));
        CHECKS[capitals]
    };
    let is_one =
        short.bytes().all(|c| c.is_ascii_alphanumeric()) && short.as_bytes().chunks(5).map(digit).eq(check.bytes());
    is_one.then_some(short)
}

const CHECKS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
