//! Where the time of one request goes.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use axum::http::Extensions;

/// The parts of a request that are timed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// Verifying who calls.
    Auth,
    /// Waiting for the store.
    Db,
    /// The tool itself.
    Tool,
}

/// The time spent on each part so far, in nanoseconds. Shared between a request's handler and what surrounds it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Timings(Arc<[AtomicU64; 3]>);

impl Timings {
    /// The timings of the request with these extensions.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Does `work` and counts its time as `part`.
    pub(crate) fn time<T>(&self, part: Part, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.add(part, started.elapsed());
        result
    }

    /// Awaits `work` and counts its time as waiting for the store.
    pub(crate) async fn db<T>(&self, work: impl Future<Output = T>) -> T {
        self.wait(Part::Db, work).await
    }

    /// Awaits `work` and counts its time as `part`.
    pub(crate) async fn wait<T>(&self, part: Part, work: impl Future<Output = T>) -> T {
        let started = Instant::now();
        let result = work.await;
        self.add(part, started.elapsed());
        result
    }

    /// The time spent on `part`, in milliseconds.
    pub(crate) fn ms(&self, part: Part) -> f64 {
        ms(Duration::from_nanos(self.0[part as usize].load(Relaxed)))
    }

    /// Counts this time as `part`.
    pub(crate) fn add(&self, part: Part, time: Duration) {
        self.0[part as usize].fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Relaxed);
    }
}

/// A time in milliseconds, to the microsecond.
pub(crate) fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// The value of a `Server-Timing` header.
impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [auth, db, tool] = [Part::Auth, Part::Db, Part::Tool].map(|part| self.ms(part));
        write!(f, "auth;dur={auth:.3}, db;dur={db:.3}, tool;dur={tool:.3}")
    }
}
