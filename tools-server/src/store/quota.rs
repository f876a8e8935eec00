//! How many rows may be kept of one owner. Counting them takes a while, so it is not done at every write of an owner who was
//! far from the end a moment ago.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use contracts::OwnerId;

use super::{dialect::identifier, points::BYTES_OF_A_POINT};

/// For so long an owner with much room is not counted again.
const COUNTED_AGAIN_AFTER: Duration = Duration::from_secs(60);
/// Much room: more than the writes of a minute take.
const MUCH: u64 = 500_000;
/// As how many rows a piece of an import counts while it waits: it is as long as so many.
const ROWS_OF_A_PIECE: u32 = 10_000;

/// The most rows of one owner, where there is such a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Quota {
    most: Option<u64>,
    /// When owners were found to have much room.
    roomy: Arc<Mutex<HashMap<OwnerId, Instant>>>,
}

impl Quota {
    pub(super) fn of(most: u64) -> Self {
        Self { most: Some(most), ..Self::default() }
    }

    /// How many rows the owner may have, where they are to be counted now.
    pub(super) fn to_check(&self, owner: &OwnerId) -> Option<u64> {
        let lately = |at: &Instant| at.elapsed() < COUNTED_AGAIN_AFTER;
        let roomy = self.roomy.lock().unwrap_or_else(PoisonError::into_inner);
        self.most.filter(|_| !roomy.get(owner).is_some_and(lately))
    }

    /// Remembers how many rows the owner has; whether it may have them.
    pub(super) fn allows(&self, owner: &OwnerId, rows: u64) -> bool {
        let room = self.most.unwrap_or(u64::MAX).checked_sub(rows);
        if room.is_some_and(|room| room > MUCH) {
            let mut roomy = self.roomy.lock().unwrap_or_else(PoisonError::into_inner);
            roomy.retain(|_, at| at.elapsed() < COUNTED_AGAIN_AFTER);
            roomy.insert(owner.clone(), Instant::now());
        }
        room.is_some()
    }

    /// Counts the owner at its next write: much comes in.
    pub(super) fn doubt(&self, owner: &OwnerId) {
        self.roomy.lock().unwrap_or_else(PoisonError::into_inner).remove(owner);
    }
}

/// What the program keeps for itself: it is as long as the rest allows, and as many as may be sent in ten minutes.
const OWN: [&str; 2] = ["fact_columns", "nonces"];

/// The statement that counts the rows of the owner `$1` in these tables, up to one more than `most`. A point of usage counts
/// as a row.
pub(super) fn count<'a>(tables: impl Iterator<Item = &'a String>, most: u64) -> String {
    let rows = tables
        .filter(|table| !OWN.contains(&table.as_str()))
        .map(|table| format!("SELECT 1 FROM {} WHERE owner_user_id = $1", identifier(table)));
    let rows = rows.collect::<Vec<_>>().join(" UNION ALL ");
    format!(
        "SELECT (SELECT COUNT(*) FROM ({rows} LIMIT {}) AS r)
            + {} * (SELECT COUNT(*) FROM import_pieces WHERE owner_user_id = $1)
            + (SELECT CAST(COALESCE(SUM(octet_length(points)), 0) AS BIGINT) FROM usage_series WHERE owner_user_id = $1)
              / {BYTES_OF_A_POINT}",
        most.saturating_add(1).min(i64::MAX.unsigned_abs()),
        ROWS_OF_A_PIECE - 1,
    )
}
