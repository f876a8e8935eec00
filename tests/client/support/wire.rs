//! A server that says what it is told to, over a real socket.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use contracts::{
    Envelope, ErrorCode, OwnerId, WireError,
    session::{CallerKind, SessionGrant},
    signing::{KeyClaims, MasterKey, SigningKey},
};
use cs_copilot::{
    backend::{Backend, Patience, Target},
    config::ServerUrl,
};
use futures::stream;
use tokio::net::TcpListener;

/// The local clock of every client here, Unix seconds.
pub const NOW: i64 = 1_800_000_000;

/// One scripted answer.
#[derive(Debug, Clone)]
pub enum Reply {
    /// These bytes under this status.
    Raw(u16, Vec<u8>),
    /// This status without an envelope, and how many seconds to stay away.
    Busy(u16, u64),
    /// A good answer under this `Server-Timing`.
    Timed(&'static str, Vec<u8>),
    /// An answer that breaks off in the middle.
    BrokenOff,
    /// No answer, ever.
    Silence,
}

impl Reply {
    pub fn ok(data: &serde_json::Value) -> Self {
        Self::Raw(200, serde_json::to_vec(&Envelope::success(data)).unwrap())
    }

    /// An error in its envelope, under whatever status.
    pub fn error(status: u16, code: ErrorCode) -> Self {
        let envelope = Envelope::<()>::failure(WireError::new(code, "the server's own sentence"));
        Self::Raw(status, serde_json::to_vec(&envelope).unwrap())
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = |code| StatusCode::from_u16(code).unwrap();
        match self {
            Self::Raw(code, body) => (status(code), [("x-request-id", "req-9")], body).into_response(),
            Self::Busy(code, secs) => (status(code), [("retry-after", secs.to_string())]).into_response(),
            Self::Timed(timing, body) => ([("server-timing", timing)], body).into_response(),
            Self::BrokenOff => {
                let chunks: [Result<&str, std::io::Error>; 2] = [Ok("{\"ok\":"), Err(std::io::Error::other("died"))];
                Body::from_stream(stream::iter(chunks)).into_response()
            }
            Self::Silence => unreachable!("handled before"),
        }
    }
}

/// A scripted server: sessions are always granted, everything else gets the next reply, and the last one for ever.
#[derive(Clone)]
pub struct Wire {
    script: Arc<Mutex<VecDeque<Reply>>>,
    calls: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Wire {
    pub async fn start(script: impl IntoIterator<Item = Reply>) -> (Self, ServerUrl) {
        let wire = Self { script: Arc::new(Mutex::new(script.into_iter().collect())), calls: Arc::default() };
        let router = sessions().fallback(next).with_state(wire.clone());
        (wire, serve(router).await)
    }

    /// The `Signature-Input` of every call so far.
    pub fn signatures(&self) -> Vec<String> {
        self.header("signature-input").into_iter().flatten().collect()
    }

    /// This header of every call so far.
    pub fn header(&self, name: &str) -> Vec<Option<String>> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.iter().map(|headers| Some(headers.get(name)?.to_str().ok()?.to_owned())).collect()
    }
}

async fn next(State(wire): State<Wire>, headers: HeaderMap) -> Response {
    wire.calls.lock().unwrap().push(headers);
    let reply = {
        let mut script = wire.script.lock().unwrap();
        if script.len() > 1 { script.pop_front() } else { script.front().cloned() }
    };
    match reply {
        None | Some(Reply::Silence) => std::future::pending().await,
        Some(reply) => reply.into_response(),
    }
}

/// The route that grants sessions to anybody.
pub fn sessions<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/v1/session", post(|| async { Json(Envelope::success(grant())) }))
}

fn grant() -> SessionGrant {
    let master = MasterKey::new(vec![7; 32]).unwrap();
    let expires = NOW + 900;
    let claims = KeyClaims::new(&master, OwnerId::public(), CallerKind::Guest, NOW, expires, "jti".to_owned());
    let keyid = claims.keyid();
    let key = SigningKey::derive(&master, "jti", &keyid).to_base64();
    let (owner, kind) = (OwnerId::public(), CallerKind::Guest);
    SessionGrant { keyid, key, owner, kind, writable: true, expires, server_time: NOW }
}

/// Serves a router on a free loopback port.
pub async fn serve(router: Router) -> ServerUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}").parse().unwrap()
}

/// An address where nothing listens.
pub async fn nobody() -> ServerUrl {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap()).parse().unwrap()
}

/// A client that hardly pauses between attempts, and gives up after `deadline`.
pub fn client(url: ServerUrl, deadline: Duration) -> Backend {
    let patience = Patience { call: deadline, book: deadline, import: deadline, first_pause: Duration::from_millis(1) };
    Backend::with(Target::Server(url, None), patience, Arc::new(|| NOW))
}

/// Longer than any test here waits.
pub const LONG: Duration = Duration::from_secs(20);
