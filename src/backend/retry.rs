//! When a call is sent again. Pure but for the jitter. A write may be, too: it carries an idempotency key.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use super::failure::Remedy;

/// How often a call is sent again after something that can pass.
const MAX_RETRIES: usize = 3;
/// The longest pause between two attempts, before jitter, unless the server asks for more.
const MAX_PAUSE: Duration = Duration::from_secs(2);

/// The attempts of one call.
#[derive(Debug)]
pub(super) struct Retries {
    pauses: ExponentialBackoff,
    clock_set: bool,
    session_renewed: bool,
}

impl Retries {
    /// `first_pause` doubles with every retry, and grows by a random part of itself.
    pub(super) fn new(first_pause: Duration) -> Self {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(first_pause)
            .with_max_delay(MAX_PAUSE)
            .with_max_times(MAX_RETRIES)
            .with_jitter()
            .build();
        Self { pauses, clock_set: false, session_renewed: false }
    }

    /// How long to wait before the next attempt; `None` to give up.
    pub(super) fn pause_after(&mut self, remedy: Remedy) -> Option<Duration> {
        match remedy {
            Remedy::Nothing => None,
            Remedy::SetClock(_) => (!std::mem::replace(&mut self.clock_set, true)).then_some(Duration::ZERO),
            Remedy::NewSession => (!std::mem::replace(&mut self.session_renewed, true)).then_some(Duration::ZERO),
            Remedy::Wait { at_least } => self.pauses.next().map(|pause| pause.max(at_least.unwrap_or_default())),
        }
    }
}
