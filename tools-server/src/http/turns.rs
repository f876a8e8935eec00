//! Turns to work. How many requests are at one kind of work is bounded, of each payer and in all, so that none of them keeps
//! the others out; and who waits for a turn holds no connection to the database.

use std::sync::Arc;

use axum::http::Extensions;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a request is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Reads a customer, or a list that is short.
    Read,
    /// Reads a whole book.
    Book,
    /// Writes some rows.
    Write,
    /// Takes in an import.
    Import,
}

impl Work {
    const ALL: [Self; 4] = [Self::Read, Self::Book, Self::Write, Self::Import];

    /// What the request with these extensions is at.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::Read)
    }

    /// How many of one payer are at it at once. Writes of one owner wait for one another in the database anyway.
    pub(super) fn of_payer(self) -> usize {
        match self {
            Self::Read => 6,
            Self::Write => 2,
            Self::Book | Self::Import => 1,
        }
    }

    /// How many in all. Of ten connections to a server one is left for probes, and one for those who read little.
    pub(super) fn in_all(self) -> usize {
        match self {
            Self::Read => 64,
            Self::Write => 4,
            Self::Book | Self::Import => 2,
        }
    }
}

/// A turn at some work, which is over when this is dropped.
pub(super) type Turn = OwnedSemaphorePermit;

/// The turns at each kind of work.
#[derive(Clone)]
pub(super) struct Turns([Arc<Semaphore>; 4]);

impl Turns {
    /// So many at once as `count` says.
    pub(super) fn new(count: impl Fn(Work) -> usize) -> Self {
        Self(Work::ALL.map(|work| Arc::new(Semaphore::new(count(work)))))
    }

    /// Waits for one.
    pub(super) async fn take(&self, work: Work) -> Turn {
        Arc::clone(&self.0[work as usize]).acquire_owned().await.expect("it is never closed")
    }
}
