//! What the requests that are under way hold of the server: bytes of bodies, and turns to work. Both are limited, in all and
//! of each payer. Limits of each request alone would be none: forty uploads that stall hold a gigabyte.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::Extensions;
use contracts::{ErrorCode, WireError};

use super::{
    error::ApiError,
    limits::Payer,
    turns::{Turn, Turns, Work},
};

const MIB: usize = 1024 * 1024;
/// In all.
const MAX_BYTES: usize = 256 * MIB;
/// Of one payer: more than any client of ours has under way.
const MAX_BYTES_OF_PAYER: usize = 64 * MIB;

/// Requests in all.
const MAX_REQUESTS: usize = 1024;
/// Requests of one payer.
const MAX_REQUESTS_OF_PAYER: usize = 128;
/// When there may be fewer, in seconds.
const RETRY_SECS: u64 = 1;

/// What is held now.
#[derive(Clone)]
pub(crate) struct InFlight {
    counts: Arc<Mutex<Counts>>,
    /// The turns that all payers share.
    turns: Turns,
}

#[derive(Default)]
struct Counts {
    bytes: usize,
    requests: usize,
    of_payer: HashMap<Payer, Share>,
}

/// What one payer has of it.
struct Share {
    bytes: usize,
    requests: usize,
    turns: Turns,
}

impl Default for InFlight {
    fn default() -> Self {
        Self { counts: Arc::default(), turns: Turns::new(Work::in_all) }
    }
}

impl Default for Share {
    fn default() -> Self {
        Self { bytes: 0, requests: 0, turns: Turns::new(Work::of_payer) }
    }
}

/// What one request holds, until it has been answered.
#[derive(Clone, Default)]
pub(crate) struct Held(Arc<Mutex<Option<Holding>>>);

struct Holding {
    in_flight: InFlight,
    payer: Payer,
    bytes: usize,
    _turns: Option<[Turn; 2]>,
}

impl Held {
    /// What the request with these extensions holds.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Counts the request for `payer`; an error where there are too many.
    pub(crate) fn begin(&self, in_flight: &InFlight, payer: Payer) -> Result<(), ApiError> {
        let mut counts = lock(&in_flight.counts);
        if counts.requests >= MAX_REQUESTS {
            return Err(too_much().into());
        }
        let share = counts.of_payer.entry(payer.clone()).or_default();
        if share.requests >= MAX_REQUESTS_OF_PAYER {
            return Err(ApiError::rate_limited(RETRY_SECS));
        }
        share.requests += 1;
        counts.requests += 1;
        drop(counts);
        *lock(&self.0) = Some(Holding { in_flight: in_flight.clone(), payer, bytes: 0, _turns: None });
        Ok(())
    }

    /// Holds so many bytes more; an error where there are too many.
    pub(super) fn add(&self, more: usize) -> Result<(), WireError> {
        let mut held = lock(&self.0);
        let Some(holding) = &mut *held else { return Ok(()) };
        let mut counts = lock(&holding.in_flight.counts);
        let counts = &mut *counts;
        let share = counts.of_payer.entry(holding.payer.clone()).or_default();
        if counts.bytes + more > MAX_BYTES || share.bytes + more > MAX_BYTES_OF_PAYER {
            return Err(too_much());
        }
        counts.bytes += more;
        share.bytes += more;
        holding.bytes += more;
        Ok(())
    }

    /// Waits for the payer's turn to do such work, and then for one of those that all have.
    pub(crate) async fn turn(&self, work: Work) {
        let Some((of_payer, of_all)) = self.turns() else { return };
        let turns = [of_payer.take(work).await, of_all.take(work).await];
        if let Some(holding) = &mut *lock(&self.0) {
            holding._turns = Some(turns);
        }
    }

    fn turns(&self) -> Option<(Turns, Turns)> {
        let held = lock(&self.0);
        let Holding { in_flight, payer, .. } = held.as_ref()?;
        let of_payer = lock(&in_flight.counts).of_payer.get(payer)?.turns.clone();
        Some((of_payer, in_flight.turns.clone()))
    }

    /// Nothing is held any more.
    pub(super) fn end(&self) {
        *lock(&self.0) = None;
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let mut counts = lock(&self.in_flight.counts);
        counts.bytes -= self.bytes;
        counts.requests -= 1;
        if let Some(share) = counts.of_payer.get_mut(&self.payer) {
            share.bytes -= self.bytes;
            share.requests -= 1;
            if share.requests == 0 {
                counts.of_payer.remove(&self.payer);
            }
        }
    }
}

fn too_much() -> WireError {
    WireError::new(ErrorCode::Unavailable, "The server has too much to do just now; try again in a moment.")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
