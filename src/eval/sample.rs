//! Which customers an evaluation looks at.

use contracts::book::CustomerRow;
use sha2::{Digest, Sha256};

/// Picks `count` customers, in the order of their ids. Each customer has a lot of its own, drawn from the seed and its
/// id, so the same seed picks the same customers whenever it is asked, and a customer more in the book changes the pick
/// by one at the most.
pub fn sample(mut customers: Vec<CustomerRow>, count: usize, seed: u64) -> Vec<CustomerRow> {
    let lot = |customer: &CustomerRow| {
        Sha256::new().chain_update(seed.to_le_bytes()).chain_update(customer.id.as_str()).finalize()
    };
    customers.sort_by_cached_key(lot);
    customers.truncate(count);
    customers.sort_by(|a, b| a.id.cmp(&b.id));
    customers
}
