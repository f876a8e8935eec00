//! The server's clock, as far as this machine can tell.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, NaiveDate, Utc};

/// Reads a clock: Unix seconds.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// This machine's clock, corrected by what the server said last.
pub(super) struct Clock {
    local: Now,
    /// Seconds the server is ahead.
    ahead: AtomicI64,
}

impl Clock {
    pub(super) fn new(local: Now) -> Self {
        Self { local, ahead: AtomicI64::new(0) }
    }

    /// The server's time, Unix seconds.
    pub(super) fn now(&self) -> i64 {
        (self.local)().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// The server's day (UTC).
    pub(super) fn today(&self) -> NaiveDate {
        DateTime::<Utc>::from_timestamp(self.now(), 0).unwrap_or_default().date_naive()
    }

    /// Takes over the server's own time.
    pub(super) fn set(&self, server_time: i64) {
        self.ahead.store(server_time.saturating_sub((self.local)()), Ordering::Relaxed);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock").field("ahead", &self.ahead).finish_non_exhaustive()
    }
}
