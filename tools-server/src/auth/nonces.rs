//! The nonces of reads, remembered in this process.

use std::time::Duration;

use contracts::signing::{MAX_SKEW_SECS, Nonce};
use moka::{policy::EvictionPolicy, sync::Cache};

/// At this many reads within the window the oldest nonces are forgotten early, which bounds the memory to about 15 MB.
/// A replayed read changes nothing and shows nothing that its first answer did not, so forgetting costs little.
const CAPACITY: u64 = 50_000;

/// Nonces that were spent on reads. Writes spend theirs in the database, before they are carried out.
pub(crate) struct SpentNonces(Cache<Nonce, ()>);

impl SpentNonces {
    pub(crate) fn new() -> Self {
        // A signature is accepted from `MAX_SKEW_SECS` before its `created` to as long after it.
        let window = Duration::from_secs(2 * MAX_SKEW_SECS.unsigned_abs());
        let cache =
            Cache::builder().max_capacity(CAPACITY).eviction_policy(EvictionPolicy::lru()).time_to_live(window).build();
        Self(cache)
    }

    /// Spends the nonce; `false` where it was spent before.
    pub(crate) fn spend(&self, nonce: Nonce) -> bool {
        self.0.entry(nonce).or_insert(()).is_fresh()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_nonces_of_reads_are_remembered_and_no_more() {
        let spent = SpentNonces::new();
        let nonce = |number: u64| -> Nonce { format!("{number:032}").parse().expect("digits make a nonce") };
        assert!((0..2 * CAPACITY).all(|number| spent.spend(nonce(number))));
        spent.0.run_pending_tasks();
        assert_eq!(spent.0.entry_count(), CAPACITY);
        assert!(!spent.spend(nonce(2 * CAPACITY - 1)), "the newest are remembered");
    }
}
