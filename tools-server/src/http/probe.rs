//! What anybody may ask about the database: asked once at a time and once a second, however many ask.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

/// How long an answer is good.
const FRESH: Duration = Duration::from_secs(1);

/// The last answer.
pub(super) struct Probe<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for Probe<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Probe<T> {
    /// The last answer where it is fresh; otherwise what `ask` answers.
    pub(super) async fn answer(&self, ask: impl Future<Output = T>) -> T {
        let mut last = self.0.lock().await;
        if let Some((at, answer)) = &*last
            && at.elapsed() < FRESH
        {
            return answer.clone();
        }
        let answer = ask.await;
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}
