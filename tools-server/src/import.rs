//! What an import must fulfil, and what it changes. Pure.

use contracts::import::ImportRequest;

/// Refuses what the types alone cannot: a row of an unknown customer is the store's to find, everything else is here.
#[allow(clippy::unimplemented, unused_variables)]
pub fn validate(request: &ImportRequest) -> Result<(), String> {
    unimplemented!()
}
