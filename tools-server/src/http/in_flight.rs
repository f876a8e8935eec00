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
/// Of all who have not shown who they are, as which one caller can come from any number of addresses.
const MAX_BYTES_OF_STRANGERS: usize = MAX_BYTES / 2;

/// Requests in all.
const MAX_REQUESTS: usize = 1024;
/// Requests of one payer.
const MAX_REQUESTS_OF_PAYER: usize = 128;
/// Requests of all who have not shown who they are.
const MAX_REQUESTS_OF_STRANGERS: usize = MAX_REQUESTS / 2;
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
    all: Load,
    /// What of it is strangers'.
    of_strangers: Load,
    of_payer: HashMap<Payer, Share>,
}

#[derive(Default)]
struct Load {
    bytes: usize,
    requests: usize,
}

/// What one payer has of it.
struct Share {
    load: Load,
    turns: Turns,
}

impl Default for InFlight {
    fn default() -> Self {
        Self { counts: Arc::default(), turns: Turns::new(Work::in_all) }
    }
}

impl Counts {
    /// The loads that a request of `payer` adds to.
    fn loads(&mut self, payer: &Payer) -> impl Iterator<Item = &mut Load> {
        let of_strangers = Some(&mut self.of_strangers).filter(|_| payer.is_stranger());
        let of_payer = self.of_payer.get_mut(payer).map(|share| &mut share.load);
        [Some(&mut self.all), of_strangers, of_payer].into_iter().flatten()
    }
}

impl Default for Share {
    fn default() -> Self {
        Self { load: Load::default(), turns: Turns::new(Work::of_payer) }
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
        let strange = payer.is_stranger();
        if counts.all.requests >= MAX_REQUESTS || strange && counts.of_strangers.requests >= MAX_REQUESTS_OF_STRANGERS {
            return Err(too_much().into());
        }
        let share = counts.of_payer.entry(payer.clone()).or_default();
        if share.load.requests >= MAX_REQUESTS_OF_PAYER {
            return Err(ApiError::rate_limited(RETRY_SECS));
        }
        counts.loads(&payer).for_each(|load| load.requests += 1);
        drop(counts);
        *lock(&self.0) = Some(Holding { in_flight: in_flight.clone(), payer, bytes: 0, _turns: None });
        Ok(())
    }

    /// Holds so many bytes more; an error where there are too many.
    pub(super) fn add(&self, more: usize) -> Result<(), WireError> {
        let mut held = lock(&self.0);
        let Some(holding) = &mut *held else { return Ok(()) };
        let mut counts = lock(&holding.in_flight.counts);
        let of_payer = counts.of_payer.get(&holding.payer).map_or(0, |share| share.load.bytes);
        if counts.all.bytes + more > MAX_BYTES
            || of_payer + more > MAX_BYTES_OF_PAYER
            || holding.payer.is_stranger() && counts.of_strangers.bytes + more > MAX_BYTES_OF_STRANGERS
        {
            return Err(too_much());
        }
        counts.loads(&holding.payer).for_each(|load| load.bytes += more);
        holding.bytes += more;
        Ok(())
    }

    /// What an answer of so many bytes holds until it has been sent; an error where too much of the payer's is being sent. A
    /// book of any size has an answer: it counts as half of what the payer may have at most.
    pub(super) fn of_answer(&self, bytes: usize) -> Result<Self, ApiError> {
        let held = lock(&self.0).as_ref().map(|holding| (holding.in_flight.clone(), holding.payer.clone()));
        let answer = Self::default();
        if let Some((in_flight, payer)) = held {
            answer.begin(&in_flight, payer)?;
            answer.add(bytes.min(MAX_BYTES_OF_PAYER / 2))?;
        }
        Ok(answer)
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
        counts.loads(&self.payer).for_each(|load| {
            load.bytes -= self.bytes;
            load.requests -= 1;
        });
        if counts.of_payer.get(&self.payer).is_some_and(|share| share.load.requests == 0) {
            counts.of_payer.remove(&self.payer);
        }
    }
}

fn too_much() -> WireError {
    WireError::new(ErrorCode::Unavailable, "The server has too much to do just now; try again in a moment.")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{iter::repeat_with, net::Ipv4Addr};

    use super::*;

    /// What is held of as many strangers as there may be requests, and how many of them hold something.
    fn strangers(in_flight: &InFlight, of: fn(std::net::IpAddr) -> Payer) -> (Vec<Held>, usize) {
        let held: Vec<_> = repeat_with(Held::default).take(MAX_REQUESTS).collect();
        let begun = held
            .iter()
            .zip(0..)
            .filter(|(held, number)| held.begin(in_flight, of(Ipv4Addr::from_bits(number / 100).into())).is_ok());
        let begun = begun.count();
        (held, begun)
    }

    fn user(in_flight: &InFlight) -> Held {
        let held = Held::default();
        let owner = Payer::Owner("user_2a".parse().expect("an owner"));
        assert!(held.begin(in_flight, owner).is_ok(), "there is a place for who is known");
        held
    }

    #[test]
    fn strangers_from_any_number_of_addresses_leave_half_of_the_requests_to_who_is_known() {
        for of in [Payer::Guest, Payer::Session] {
            let in_flight = InFlight::default();
            let (held, begun) = strangers(&in_flight, of);
            assert_eq!(begun, MAX_REQUESTS_OF_STRANGERS);
            user(&in_flight);
            drop(held);
            assert_eq!(strangers(&in_flight, of).1, MAX_REQUESTS_OF_STRANGERS, "what has ended counts no more");
        }
    }

    #[test]
    fn strangers_leave_services_their_part_and_who_says_to_be_one_takes_no_more() {
        let in_flight = InFlight::default();
        let (_strangers, _) = strangers(&in_flight, Payer::Guest);
        let (_claimants, begun) = strangers(&in_flight, |_| Payer::Claimants);
        assert_eq!(begun, MAX_REQUESTS_OF_PAYER);
        user(&in_flight);
    }

    #[test]
    fn what_an_answer_holds_is_held_until_it_is_gone() {
        let in_flight = InFlight::default();
        let [first, second, third] = [(); 3].map(|()| user(&in_flight));
        let answers: Vec<_> = [&first, &second].iter().filter_map(|held| held.of_answer(10 * MAX_BYTES).ok()).collect();
        drop((first, second));
        assert_eq!(answers.len(), 2);
        assert!(third.of_answer(MIB).is_err(), "two long answers are all that one may have");
        drop(answers);
        assert!(third.of_answer(MIB).is_ok());
    }

    #[test]
    fn and_half_of_the_bytes() {
        let in_flight = InFlight::default();
        let (held, _) = strangers(&in_flight, Payer::Guest);
        let bytes = held.iter().filter(|held| held.add(MIB).is_ok()).count() * MIB;
        assert!(bytes > MAX_BYTES_OF_STRANGERS, "those who were refused hold nothing and count nothing");
        assert_eq!(lock(&in_flight.counts).of_strangers.bytes, MAX_BYTES_OF_STRANGERS);
        assert!(user(&in_flight).add(MAX_BYTES_OF_PAYER).is_ok());
    }
}
