//! Who may have how many of the connections. Writes wait for locks, and reads can be long: whatever one kind of work does,
//! some connections are left for the other, and one for probes.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that are not given to everything at once.
#[derive(Debug, Clone)]
pub(super) struct Seats {
    all: Arc<Semaphore>,
    writes: Arc<Semaphore>,
}

/// A right to a connection.
#[derive(Debug)]
pub(super) struct Seat {
    _all: OwnedSemaphorePermit,
    _write: Option<OwnedSemaphorePermit>,
}

impl Seats {
    /// Of so many connections all but one, and two thirds of them for writes.
    pub(super) fn of(connections: u32) -> Self {
        let connections = connections as usize;
        let seats = |count: usize| Arc::new(Semaphore::new(count.max(1)));
        Self { all: seats(connections - 1), writes: seats(connections * 2 / 3) }
    }

    /// Waits for a seat to read.
    pub(super) async fn read(&self) -> Seat {
        Seat { _all: taken(&self.all).await, _write: None }
    }

    /// Waits for a seat to write.
    pub(super) async fn write(&self) -> Seat {
        let write = taken(&self.writes).await;
        Seat { _all: taken(&self.all).await, _write: Some(write) }
    }
}

async fn taken(seats: &Arc<Semaphore>) -> OwnedSemaphorePermit {
    Arc::clone(seats).acquire_owned().await.expect("it is never closed")
}
