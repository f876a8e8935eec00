//! How many requests are accepted: of each owner, and of each address where there is no owner to tell apart.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use axum::extract::Request;
use contracts::OwnerId;
use governor::{Quota, RateLimiter, clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore};

use super::{Clock, error::ApiError, forwarded};

/// After so many requests the callers that have been quiet are forgotten.
const REQUESTS_BETWEEN_CLEANUPS: u32 = 1024;

/// How many requests are accepted. A minute's worth may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Signed requests a minute of each user, or of each guest's address.
    pub requests_per_minute: NonZeroU32,
    /// `POST /v1/session` a minute of each address.
    pub sessions_per_minute: NonZeroU32,
    /// How many proxies of one's own stand before the server. Each writes its caller's address at the end of
    /// `X-Forwarded-For` or `Forwarded`; what stands before those was written by anybody.
    pub proxies: usize,
}

/// Whom a request is counted for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Payer {
    /// A user, also where a service acts for them.
    Owner(OwnerId),
    /// A guest's network.
    Guest(IpAddr),
    /// Somebody who asks for a session.
    Session(IpAddr),
    /// Whoever says to be a service that is known here: that it is one is certain when all of its request is there. They
    /// share one part, so that neither strangers keep services out nor who knows a service's name anybody but services.
    Claimants,
}

impl Payer {
    /// Whether it has not shown who it is: anybody can come as many of them.
    pub(super) fn is_stranger(&self) -> bool {
        matches!(self, Self::Guest(_) | Self::Session(_))
    }

    /// Whoever asks for a session.
    pub(crate) fn session(request: &Request, limits: Option<Limits>) -> Self {
        Self::Session(Self::address(request, limits))
    }

    /// Where a request comes from: the other end of the connection, or what the outermost trusted proxy says it was.
    pub(crate) fn address(request: &Request, limits: Option<Limits>) -> IpAddr {
        let peer = request.extensions().get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        let proxies_within = limits.and_then(|limits| limits.proxies.checked_sub(1));
        let forwarded = proxies_within.and_then(|within| forwarded::address(request.headers(), within));
        network(forwarded.unwrap_or(peer))
    }
}

/// The address itself, or of IPv6 the /64, which one caller has whole.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        v4 => v4,
    }
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Time since 1970 by the server's clock.
#[derive(Clone)]
struct SinceEpoch(Clock);

impl clock::Clock for SinceEpoch {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_micros((self.0)().timestamp_micros().try_into().unwrap_or_default())
    }
}

type PerPayer = RateLimiter<Payer, DashMapStateStore<Payer>, SinceEpoch, NoOpMiddleware<Duration>>;

/// Counts requests, in this process: with several instances behind a load balancer each accepts as many.
pub(crate) struct Limiter {
    requests: PerPayer,
    sessions: PerPayer,
    counted: AtomicU32,
}

impl Limiter {
    pub(super) fn new(limits: Limits, clock: &Clock) -> Self {
        let per_minute =
            |count| RateLimiter::new(Quota::per_minute(count), DashMapStateStore::default(), SinceEpoch(clock.clone()));
        let (requests, sessions) = (per_minute(limits.requests_per_minute), per_minute(limits.sessions_per_minute));
        Self { requests, sessions, counted: AtomicU32::new(0) }
    }

    /// Counts a request; an error where its payer has had too many.
    pub(super) fn admit(&self, payer: Payer) -> Result<(), ApiError> {
        if self.counted.fetch_add(1, Relaxed).is_multiple_of(REQUESTS_BETWEEN_CLEANUPS) {
            self.requests.retain_recent();
            self.sessions.retain_recent();
        }
        let limiter = if matches!(payer, Payer::Session(_)) { &self.sessions } else { &self.requests };
        limiter.check_key(&payer).map_err(|until| {
            let wait = until.wait_time_from(clock::Clock::now(limiter.clock()));
            // Whole seconds, rounded up: who comes sooner comes in vain.
            ApiError::rate_limited(wait.as_millis().div_ceil(1000).max(1).try_into().unwrap_or(u64::MAX))
        })
    }
}
