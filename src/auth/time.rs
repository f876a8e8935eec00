//! The clock and the pauses of a sign-in, both replaceable.

use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

/// A pause under way.
pub type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time and waits.
#[derive(Clone)]
pub struct Time {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    sleep: Arc<dyn Fn(Duration) -> Pause + Send + Sync>,
}

impl Time {
    /// This machine's clock, and pauses that take their time.
    pub fn real() -> Self {
        Self::with(Utc::now, |pause| Box::pin(tokio::time::sleep(pause)))
    }

    /// Another clock and other pauses.
    pub fn with(
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        sleep: impl Fn(Duration) -> Pause + Send + Sync + 'static,
    ) -> Self {
        Self { now: Arc::new(now), sleep: Arc::new(sleep) }
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// Waits.
    pub fn sleep(&self, pause: Duration) -> Pause {
        (self.sleep)(pause)
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Time").finish_non_exhaustive()
    }
}
