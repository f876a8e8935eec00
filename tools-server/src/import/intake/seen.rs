//! Which things the delivery has.

use std::collections::HashSet;

use contracts::{CustomerId, Line, facts::Part};
use ring::digest::{Context, SHA256};

/// The things of a delivery that its source could lose, each as 128 bits of a cryptographic hash: no two things share
/// one, and a million of them take some 35 MB whatever their names are.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<[u8; 16]>);

impl Seen {
    /// Takes a thing in; false where it was there.
    pub(super) fn insert(&mut self, part: Part, id: &CustomerId, key: &Line) -> bool {
        self.0.insert(fingerprint(part, id, key))
    }

    pub(super) fn contains(&self, part: Part, id: &CustomerId, key: &Line) -> bool {
        self.0.contains(&fingerprint(part, id, key))
    }
}

fn fingerprint(part: Part, id: &CustomerId, key: &Line) -> [u8; 16] {
    let mut hash = Context::new(&SHA256);
    // No id and no line has a control character, so that the pieces cannot run into each other.
    for piece in [part.as_str(), "\0", id.as_str(), "\0", key.as_str()] {
        hash.update(piece.as_bytes());
    }
    *hash.finish().as_ref().first_chunk().expect("a SHA-256 hash has 32 bytes")
}
