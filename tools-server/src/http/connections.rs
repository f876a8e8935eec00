//! The connections that rest between two requests: bounded in all and by address. Where there are too many, the one that
//! has rested longest is closed.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// How many may rest.
const MAX_RESTING: usize = 256;
/// How many of one address, which may be a load balancer's.
const MAX_RESTING_OF_ADDRESS: usize = 128;

/// The connections that rest.
#[derive(Clone, Default)]
pub(super) struct Resting(Arc<Mutex<Places>>);

#[derive(Default)]
struct Places {
    next: u64,
    /// By the order in which they began to rest.
    taken: BTreeMap<u64, Place>,
}

struct Place {
    address: IpAddr,
    closed: Arc<Notify>,
}

/// One connection, resting or at work.
pub(super) struct Connection {
    resting: Resting,
    address: IpAddr,
    closed: Arc<Notify>,
    place: Mutex<Option<u64>>,
}

impl Resting {
    /// A new connection, which rests until its first request is there.
    pub(super) fn arrive(&self, address: IpAddr) -> Connection {
        let connection = Connection { resting: self.clone(), address, closed: Arc::default(), place: Mutex::default() };
        connection.rest();
        connection
    }
}

impl Places {
    /// Who has to go.
    fn one_too_many(&self, address: IpAddr) -> Option<u64> {
        let mut of_address = self.taken.iter().filter(|(_, place)| place.address == address).map(|(number, _)| *number);
        let (oldest, count) = (of_address.next(), 1 + of_address.count());
        if count > MAX_RESTING_OF_ADDRESS {
            return oldest;
        }
        self.taken.keys().next().copied().filter(|_| self.taken.len() > MAX_RESTING)
    }
}

impl Connection {
    /// From now on it rests.
    pub(super) fn rest(&self) {
        let mut places = lock(&self.resting.0);
        let number = places.next;
        places.next += 1;
        places.taken.insert(number, Place { address: self.address, closed: Arc::clone(&self.closed) });
        *lock(&self.place) = Some(number);
        if let Some(place) = places.one_too_many(self.address).and_then(|number| places.taken.remove(&number)) {
            place.closed.notify_one();
        }
    }

    /// From now on it is at work, and nobody closes it.
    pub(super) fn work(&self) {
        if let Some(number) = lock(&self.place).take() {
            lock(&self.resting.0).taken.remove(&number);
        }
    }

    /// Waits until it has to go.
    pub(super) async fn closed(&self) {
        self.closed.notified().await;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.work();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
