//! Lost connections: a server that restarts, fails over or wakes up. What has changed nothing is tried again.

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

/// When a connection was last lost.
#[derive(Debug, Clone, Default)]
pub(super) struct Losses(Arc<Mutex<Option<Instant>>>);

impl Losses {
    /// Does `work` again where its connection was lost. Only for work that may be done twice: reads, and a write before
    /// its first statement.
    pub(super) async fn retry<T, F: Future<Output = Result<T, Error>>>(
        &self,
        work: impl FnMut() -> F,
    ) -> Result<T, Error> {
        let lost = |error: &Error, pause: Duration| {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            tracing::warn!(%error, ?pause, "a connection to the database was lost; trying again");
        };
        work.retry(PAUSES).when(is_lost).notify(lost).await
    }

    /// Whether no connection was lost in the last `age`.
    pub(super) fn none_in_the_last(&self, age: Duration) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|last| last.elapsed() > age)
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
