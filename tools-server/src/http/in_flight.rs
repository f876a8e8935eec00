//! How many bytes of bodies the server holds, in all and of each payer. A limit of each body alone would be none: forty
//! uploads that stall hold a gigabyte.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::Extensions;
use contracts::{ErrorCode, WireError};

use super::limits::Payer;

const MIB: usize = 1024 * 1024;
/// In all.
const MAX: usize = 256 * MIB;
/// Of one payer: two of the largest bodies that there may be.
const MAX_OF_PAYER: usize = 64 * MIB;

/// The bytes that are held now.
#[derive(Clone, Default)]
pub(crate) struct InFlight(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    all: usize,
    of_payer: HashMap<Payer, usize>,
}

/// The bytes of one request, until it has been answered.
#[derive(Clone, Default)]
pub(crate) struct Held(Arc<Mutex<Option<Bytes>>>);

struct Bytes {
    in_flight: InFlight,
    payer: Payer,
    count: usize,
}

impl Held {
    /// What the request with these extensions holds.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Counts its bytes for `payer`.
    pub(crate) fn begin(&self, in_flight: &InFlight, payer: Payer) {
        *lock(&self.0) = Some(Bytes { in_flight: in_flight.clone(), payer, count: 0 });
    }

    /// Holds so many bytes more; an error where there are too many.
    pub(super) fn add(&self, more: usize) -> Result<(), WireError> {
        let mut held = lock(&self.0);
        let Some(bytes) = &mut *held else { return Ok(()) };
        let mut counts = lock(&bytes.in_flight.0);
        let of_payer = counts.of_payer.get(&bytes.payer).copied().unwrap_or_default() + more;
        if counts.all + more > MAX || of_payer > MAX_OF_PAYER {
            let message = "The server has too much to read just now; try again in a moment.";
            return Err(WireError::new(ErrorCode::Unavailable, message));
        }
        counts.all += more;
        counts.of_payer.insert(bytes.payer.clone(), of_payer);
        bytes.count += more;
        Ok(())
    }

    /// Nothing is held any more.
    pub(super) fn end(&self) {
        *lock(&self.0) = None;
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        let mut counts = lock(&self.in_flight.0);
        counts.all -= self.count;
        let left = counts.of_payer.get(&self.payer).map_or(0, |count| count - self.count);
        if left == 0 {
            counts.of_payer.remove(&self.payer);
        } else {
            counts.of_payer.insert(self.payer.clone(), left);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
