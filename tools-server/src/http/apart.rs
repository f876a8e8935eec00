//! Work that takes long without waiting: books of any size, large bodies, imports. It is done on a thread of its own, as the
//! threads that serve requests would serve nobody else meanwhile.

use std::{future::pending, panic::resume_unwind};

use axum::response::{IntoResponse, Response};
use tokio::{runtime::Handle, select, sync::oneshot, task::spawn_blocking};
use tracing::Instrument;

use super::{error::ApiError, in_flight::Held, processors};

/// Does `work`, which waits for nothing, on another thread, so that whoever asks may do something else meanwhile.
pub(crate) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The runtime ends, and whoever waits with it.
            Err(_) => pending().await,
        },
    }
}

impl Held {
    /// Does `work` and makes the answer on a thread of its own.
    pub(crate) async fn answer_apart<T: IntoResponse>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<Response, ApiError> {
        self.apart(async { work.await.into_response() }).await
    }

    /// Does `work` on a thread of its own. Where nobody waits for it any more it ends as soon as it waits for something;
    /// until then its request keeps what it holds, so that nobody has more of it by hanging up.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (waiting, gone) = oneshot::channel::<()>();
        let work = async {
            select! {
                // First: at the end of the runtime its timers and sockets are gone, too.
                biased;
                _ = gone => None,
                done = work => Some(done),
            }
        };
        let done = self.to_the_end(work).await;
        drop(waiting);
        done?.ok_or_else(ApiError::internal)
    }

    /// The same to the end of `work`, also where nobody waits for it any more.
    pub(crate) async fn to_the_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (held, runtime, work) = (self.clone(), Handle::current(), work.in_current_span());
        let done = spawn_blocking(move || {
            let done = runtime.block_on(processors::leaving_one(work));
            drop(held);
            done
        });
        done.await.map_err(|failed| {
            failed.try_into_panic().map_or_else(|_| ApiError::internal(), |panic| resume_unwind(panic))
        })
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn what_is_done_to_its_end_goes_on_where_nobody_waits_for_it_any_more() {
        let (go_on, told) = oneshot::channel::<()>();
        let (done, seen) = oneshot::channel();
        let held = Held::default();
        let work = held.to_the_end(async { done.send(told.await) });
        assert!(work.now_or_never().is_none(), "it waits, and whoever asked for it has gone");
        go_on.send(()).expect("the work is still there to be told");
        assert_eq!(seen.await.expect("it comes to its end"), Ok(()));
    }

    #[tokio::test]
    async fn other_work_ends_with_whoever_waited_for_it() {
        let (_go_on, told) = oneshot::channel::<()>();
        let (done, seen) = oneshot::channel();
        let held = Held::default();
        let work = held.apart(async { done.send(told.await) });
        assert!(work.now_or_never().is_none());
        seen.await.expect_err("it was dropped where it waited");
    }
}
