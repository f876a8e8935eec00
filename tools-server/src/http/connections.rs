//! The connections that rest before their next request: bounded in all and by address. Where there are too many, those
//! that have rested longest are closed, but none that has only just begun: its request may be on its way.

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

/// How many may rest.
const MAX_RESTING: usize = 256;
/// How many of one address, which may be a load balancer's.
const MAX_RESTING_OF_ADDRESS: usize = 128;

/// How long every one may rest.
const GRACE: Duration = Duration::from_secs(5);

/// The connections that rest.
#[derive(Clone, Default)]
pub(super) struct Resting(Arc<Mutex<Places>>);

#[derive(Default)]
struct Places {
    next: u64,
    /// By the order in which they began to rest.
    taken: BTreeMap<u64, Place>,
    of_address: HashMap<IpAddr, usize>,
}

struct Place {
    address: IpAddr,
    since: Instant,
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
    fn take(&mut self, place: Place) -> u64 {
        let number = self.next;
        self.next += 1;
        *self.of_address.entry(place.address).or_default() += 1;
        self.taken.insert(number, place);
        number
    }

    fn leave(&mut self, number: u64) -> Option<Place> {
        let place = self.taken.remove(&number)?;
        if let Entry::Occupied(mut count) = self.of_address.entry(place.address) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
        Some(place)
    }

    /// Takes out one that has to go.
    fn one_too_many(&mut self, address: IpAddr) -> Option<Place> {
        let crowded = self.of_address.get(&address).is_some_and(|count| *count > MAX_RESTING_OF_ADDRESS);
        let (oldest, place) = if crowded {
            self.taken.iter().find(|(_, place)| place.address == address)?
        } else {
            self.taken.first_key_value().filter(|_| self.taken.len() > MAX_RESTING)?
        };
        let number = *oldest;
        if place.since.elapsed() < GRACE { None } else { self.leave(number) }
    }
}

impl Connection {
    /// From now on it rests.
    pub(super) fn rest(&self) {
        let mut places = lock(&self.resting.0);
        let closed = Arc::clone(&self.closed);
        let number = places.take(Place { address: self.address, since: Instant::now(), closed });
        *lock(&self.place) = Some(number);
        while let Some(place) = places.one_too_many(self.address) {
            place.closed.notify_one();
        }
    }

    /// From now on it is at work, and nobody closes it.
    pub(super) fn work(&self) {
        if let Some(number) = lock(&self.place).take() {
            lock(&self.resting.0).leave(number);
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
