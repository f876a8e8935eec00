use std::{
    collections::VecDeque,
    future,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{TimeDelta, Utc};
use cs_copilot::auth::{Pause, Time};

/// A clock that pauses move, and what happens during each pause. Without a step, a pause just ends.
#[derive(Clone, Default)]
pub struct TestTime {
    ahead_ms: Arc<AtomicI64>,
    pauses: Arc<Mutex<Vec<Duration>>>,
    steps: Arc<Mutex<VecDeque<Pause>>>,
}

impl TestTime {
    pub fn new() -> Self {
        Self::default()
    }

    /// What happens in the next pause that has no step yet.
    pub fn then(&self, step: impl Future<Output = ()> + Send + 'static) -> &Self {
        self.steps.lock().unwrap().push_back(Box::pin(step));
        self
    }

    /// The next pause that has no step yet never ends.
    pub fn then_hold(&self) -> &Self {
        self.then(future::pending())
    }

    pub fn advance(&self, secs: i64) {
        self.ahead_ms.fetch_add(secs * 1000, Ordering::SeqCst);
    }

    /// Every pause so far, in seconds.
    pub fn pauses(&self) -> Vec<f64> {
        self.pauses.lock().unwrap().iter().map(Duration::as_secs_f64).collect()
    }

    pub fn time(&self) -> Time {
        let (clock, pausing) = (self.clone(), self.clone());
        let now = move || Utc::now() + TimeDelta::milliseconds(clock.ahead_ms.load(Ordering::SeqCst));
        Time::with(now, move |pause| {
            pausing.pauses.lock().unwrap().push(pause);
            pausing.ahead_ms.fetch_add(i64::try_from(pause.as_millis()).unwrap(), Ordering::SeqCst);
            pausing.steps.lock().unwrap().pop_front().unwrap_or_else(|| Box::pin(tokio::task::yield_now()))
        })
    }
}
