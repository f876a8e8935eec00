//! Accepting connections, and ending without breaking off an answer.

use std::{pin::pin, time::Duration};

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
use tokio::net::TcpListener;

use super::limits::Peer;

/// How long a client may take to send a request's headers; an idle connection is closed after it, too.
const HEADER_DEADLINE: Duration = Duration::from_secs(30);
/// The largest headers, in bytes; a signature needs about 1 KiB.
const MAX_HEADERS: usize = 16 * 1024;
/// How long what is in flight may take to end: longer than any request's deadline.
const DRAIN_DEADLINE: Duration = Duration::from_secs(65);
/// The pause after a failed accept, which is mostly for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// Serves `router` on `listener` until `shutdown` is ready, then accepts nothing new and returns when every request in
/// flight has been answered.
pub async fn serve(listener: TcpListener, router: Router, shutdown: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE).max_header_size(MAX_HEADERS);
    let connections = GracefulShutdown::new();
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
        let router = TowerToHyperService::new(router.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.call(request)
        });
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_DEADLINE, connections.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests still in flight");
    }
}
