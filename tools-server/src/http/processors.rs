//! Processors for work that takes long: one fewer than there are. Whoever asks for little meanwhile finds one free, and waits
//! for no more than its own work.

use std::{future::poll_fn, num::NonZero, pin::pin, sync::LazyLock, task::ready, thread::available_parallelism};

use tokio::sync::Semaphore;

static FOR_LONG_WORK: LazyLock<Semaphore> = LazyLock::new(|| {
    let processors = available_parallelism().map_or(1, NonZero::get);
    Semaphore::new((processors - 1).max(1))
});

/// Does `work` that takes long, whenever one of the processors for it is free.
pub(super) async fn leaving_one<T>(work: impl Future<Output = T>) -> T {
    on_one_of(&FOR_LONG_WORK, work).await
}

/// Does `work` on one of `processors`. It has it only while it works: what waits for the database leaves it to others.
async fn on_one_of<T>(processors: &Semaphore, work: impl Future<Output = T>) -> T {
    let (mut work, mut free) = (pin!(work), pin!(processors.acquire()));
    poll_fn(move |context| {
        let processor = ready!(free.as_mut().poll(context));
        let polled = work.as_mut().poll(context);
        drop(processor);
        free.set(processors.acquire());
        polled
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures::FutureExt;
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn work_begins_when_a_processor_is_free_and_holds_none_while_it_waits() {
        let processors = Semaphore::new(1);
        let taken = processors.acquire().await.expect("it is never closed");
        let begun = Cell::new(false);
        let (go_on, told) = oneshot::channel();
        let mut work = pin!(on_one_of(&processors, async {
            begun.set(true);
            told.await
        }));
        assert!(work.as_mut().now_or_never().is_none());
        assert!(!begun.get(), "somebody else works");
        drop(taken);
        assert!(work.as_mut().now_or_never().is_none());
        assert!(begun.get());
        assert_eq!(processors.available_permits(), 1, "it waits to be told");
        go_on.send("an answer").expect("it is there to be told");
        assert_eq!(work.await, Ok("an answer"));
    }
}
