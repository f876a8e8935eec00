//! Lost connections: a server that restarts, fails over or wakes up. What has changed nothing is tried again.
//!
//! A connection can be lost without a word, when its peer dies or a firewall forgets it. sqlx sets neither a keepalive nor
//! a user timeout on its sockets, so the first try takes silence for a loss. Only the first: a server that is merely slow
//! answers the next one, on a connection that has just been seen to work.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use backon::{ExponentialBuilder, Retryable};
use sqlx::Error;

/// The pauses between tries, before jitter: 50, 100, 200 and 400 ms. A failover takes longer; its clients try again.
const PAUSES: ExponentialBuilder = ExponentialBuilder::new()
    .with_min_delay(Duration::from_millis(50))
    .with_factor(2.0)
    .with_max_times(4)
    .with_jitter();

const SAID_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// When a connection was last lost.
#[derive(Debug, Clone, Default)]
pub(super) struct Losses {
    last: Arc<Mutex<Option<Instant>>>,
    /// When it was last said that the database is waited for.
    said: Arc<Mutex<Option<Instant>>>,
    /// How long the first try of anything waits for the server's next word; for as long as it takes where there is no
    /// wire that could be cut.
    silence: Option<Duration>,
}

impl Losses {
    /// Of connections over a wire, which are lost where the server says nothing for `silence`.
    #[cfg(feature = "postgres")]
    pub(super) fn over_a_wire(silence: Duration) -> Self {
        Self { silence: Some(silence), ..Self::default() }
    }

    /// Does `work`, which is told how much silence to bear, again where its connection was lost. Only for work that may
    /// be done twice: reads, and a write before its first statement.
    pub(super) async fn retry<T, F: Future<Output = Result<T, Error>>>(
        &self,
        mut work: impl FnMut(Duration) -> F,
    ) -> Result<T, Error> {
        let mut doubted = self.silence;
        let work = || work(doubted.take().unwrap_or(Duration::MAX));
        let lost = |error: &Error, pause: Duration| {
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            tracing::debug!(%error, ?pause, "a connection to the database was lost; trying again");
            self.say_waiting();
        };
        work.retry(PAUSES).when(is_lost).notify(lost).await
    }

    /// Says that the database is waited for: once, and then once a minute at most.
    pub(super) fn say_waiting(&self) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.is_none_or(|said| said.elapsed() > SAID_AGAIN_AFTER) {
            *said = Some(Instant::now());
            tracing::warn!("waiting for the database");
        }
    }

    /// Whether no connection was lost in the last `age`.
    #[cfg(feature = "postgres")]
    pub(super) fn none_in_the_last(&self, age: Duration) -> bool {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|last| last.elapsed() > age)
    }
}

fn is_lost(error: &Error) -> bool {
    match error {
        Error::Io(_) => true,
        // Connection exceptions; and the server is shutting down, has crashed or is starting up.
        Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            code.len() == 5 && (code.starts_with("08") || matches!(code.as_ref(), "57P01" | "57P02" | "57P03"))
        }
        _ => false,
    }
}
