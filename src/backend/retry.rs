//! When a call is sent again. Pure but for the jitter.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use super::failure::Remedy;

/// How often a call is sent again after something that can pass.
const MAX_RETRIES: usize = 3;
/// The longest pause between two attempts, before jitter, unless the server asks for more.
const MAX_PAUSE: Duration = Duration::from_secs(2);

/// Whether a request that may have arrived may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// A read, or a write that changes nothing the second time.
    Safe,
    /// A write: only where the server surely did nothing.
    IfUntouched,
}

/// The attempts of one call.
#[derive(Debug)]
pub(super) struct Retries {
    repeat: Repeat,
    pauses: ExponentialBackoff,
    clock_set: bool,
    session_renewed: bool,
}

impl Retries {
    /// `first_pause` doubles with every retry, and grows by a random part of itself.
    pub(super) fn new(repeat: Repeat, first_pause: Duration) -> Self {
        let pauses = ExponentialBuilder::new()
            .with_min_delay(first_pause)
            .with_max_delay(MAX_PAUSE)
            .with_max_times(MAX_RETRIES)
            .with_jitter()
            .build();
        Self { repeat, pauses, clock_set: false, session_renewed: false }
    }

    /// How long to wait before the next attempt; `None` to give up.
    pub(super) fn pause_after(&mut self, remedy: Remedy) -> Option<Duration> {
        match remedy {
            Remedy::Nothing => None,
            Remedy::SetClock(_) => (!std::mem::replace(&mut self.clock_set, true)).then_some(Duration::ZERO),
            Remedy::NewSession => (!std::mem::replace(&mut self.session_renewed, true)).then_some(Duration::ZERO),
            Remedy::Wait { untouched: false, .. } if self.repeat == Repeat::IfUntouched => None,
            Remedy::Wait { at_least, .. } => self.pauses.next().map(|pause| pause.max(at_least.unwrap_or_default())),
        }
    }
}
