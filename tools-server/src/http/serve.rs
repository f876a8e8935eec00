//! Accepting connections, and ending without breaking off an answer.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, task::JoinSet};

use super::{connections::Resting, limits::Peer, wire::Wire};

/// How long a client may take to send a request's headers; an idle connection is closed after it, too.
const HEADER_DEADLINE: Duration = Duration::from_secs(30);
/// The largest headers, in bytes; a signature needs about 1 KiB.
const MAX_HEADERS: usize = 16 * 1024;
/// How long what is in flight may take to end. Those who run servers give them ten seconds before they kill them.
const DRAIN_DEADLINE: Duration = Duration::from_secs(8);
/// The pause after a failed accept, which is mostly for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves `router` on `listener` until `shutdown` is ready, then accepts nothing new and returns when every request in
/// flight has been answered; after eight seconds without those that have not, whatever their clients do.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE).max_header_size(MAX_HEADERS);
    // Who has sent a request may close that side at once, and still wait for the answer.
    http.half_close(true);
    let graceful = GracefulShutdown::new();
    let (resting, mut connections) = (Resting::default(), JoinSet::new());
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok((stream, address)) => (stream, Peer(address.ip())),
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        // Answers are small and awaited; without this a delayed acknowledgement may hold one back for 40 ms.
        let _ = stream.set_nodelay(true);
        let connection = Arc::new(resting.arrive(peer.0));
        let router = TowerToHyperService::new(router.clone());
        let at_work = Arc::clone(&connection);
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            let (answer, connection) = (router.call(request), Arc::clone(&at_work));
            async move {
                connection.work();
                let answer = answer.await;
                connection.rest();
                answer
            }
        });
        let served = graceful.watch(http.serve_connection(TokioIo::new(Wire::new(stream)), service));
        connections.spawn(async move {
            let ended = tokio::select! {
                ended = served => ended,
                () = connection.closed() => return,
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke");
            }
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_DEADLINE, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still in flight");
    }
    connections.shutdown().await;
}
