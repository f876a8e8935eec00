//! Ids that are the same on every machine and every day, short enough to be typed.

use contracts::{
    ItemId,
    attention::{About, Kind},
};

/// No letter that is taken for another or for a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// So that a book of 10,000 customers has two equal ids once in thousands of years.
const LENGTH: usize = 8;

/// The id of what is about this, of this kind, for this cause.
pub(super) fn of(about: &About, kind: Kind, cause: &str) -> ItemId {
    let (whose, name, part) = match about {
        About::Customer { id, .. } => ("customer", id.as_str(), ""),
        About::Source { name, part } => ("source", name.as_str(), part.as_str()),
    };
    let mut hash = fnv1a([whose, name, part, kind.as_str(), cause]);
    let mut digit = || {
        let digit = ALPHABET[(hash % 32) as usize];
        hash /= 32;
        char::from(digit)
    };
    let id: String = (0..LENGTH).map(|_| digit()).collect();
    id.parse().expect("letters and digits are an id")
}

/// FNV-1a of texts, each ended by a byte that no text has.
fn fnv1a<const N: usize>(texts: [&str; N]) -> u64 {
    let bytes = texts.into_iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
