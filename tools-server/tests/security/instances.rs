//! Two instances of the server on one database, as behind a load balancer.

use std::sync::Arc;

use tools_server::store::Store;

use crate::{
    calls::{self, MINE},
    world::{Caller, Server, on_postgresql, on_sqlite},
};

async fn replays(store: Arc<dyn Store>) {
    let first = Server::start(Arc::clone(&store)).await;
    let second = Server::start(store).await;
    let mine = calls::as_a();
    let mut carried_out = 0;
    for write in mine.into_iter().chain(calls::writes(MINE)) {
        let request = first.signed(Caller::A, &write);
        let (copy, another) = (request.try_clone().unwrap(), request.try_clone().unwrap());
        let answer = first.send_here(request).await;
        // What cannot be read never gets as far as the nonce.
        if answer.status == 400 {
            continue;
        }
        carried_out += usize::from(answer.status == 200);
        for replayed in [second.send_here(copy).await, first.send_here(another).await] {
            assert!(replayed.status == 401 && replayed.body.contains("REPLAYED"), "{}: {replayed:?}", write.row());
        }
    }
    assert!(carried_out >= 14, "{carried_out}");
    // Reads remember their nonces in each process: another instance answers once more what was answered before.
    let read = calls::reads(MINE).remove(0);
    let request = first.signed(Caller::A, &read);
    let (copy, another) = (request.try_clone().unwrap(), request.try_clone().unwrap());
    let answer = first.send_here(request).await;
    assert_eq!(second.send_here(copy).await, answer);
    assert!(first.send_here(another).await.body.contains("REPLAYED"));
}

#[tokio::test]
async fn a_write_is_carried_out_once_whichever_instance_gets_it_on_sqlite() {
    let (_folder, store) = on_sqlite().await;
    replays(store).await;
}

#[tokio::test]
async fn a_write_is_carried_out_once_whichever_instance_gets_it_on_postgresql() {
    let Some((database, store)) = on_postgresql().await else { return };
    replays(Arc::clone(&store)).await;
    store.close().await;
    database.drop().await;
}

/// The same write at both instances in the same moment.
#[tokio::test]
async fn of_copies_sent_at_once_exactly_one_is_carried_out() {
    let Some((database, store)) = on_postgresql().await else { return };
    let instances = [Server::start(Arc::clone(&store)).await, Server::start(Arc::clone(&store)).await];
    let [piece, import, ..] = calls::as_a();
    assert_eq!(instances[0].call(Caller::A, &piece).await.status, 200);
    for _ in 0..10 {
        let request = instances[0].signed(Caller::A, &import);
        let copies = (0..8).map(|n| instances[n % 2].send_here(request.try_clone().unwrap()));
        let answers = futures::future::join_all(copies).await;
        let carried_out = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(carried_out, 1, "{answers:?}");
    }
    store.close().await;
    database.drop().await;
}
