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
    /// Of so many connections all but one, and so many of them for writes.
    pub(super) fn of(connections: u32, writers: u32) -> Self {
        let seats = |count: u32| Arc::new(Semaphore::new(count.max(1) as usize));
        Self { all: seats(connections.saturating_sub(1)), writes: seats(writers) }
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

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn where_one_writes_at_a_time_two_books_and_two_writes_leave_a_seat() {
        let seats = Seats::of(5, 1);
        let _books = [seats.read().await, seats.read().await];
        let _first = seats.write().await;
        assert!(
            seats.write().now_or_never().is_none(),
            "the second write waits for the first, and holds no connection"
        );
        assert!(seats.read().now_or_never().is_some());
    }
}
