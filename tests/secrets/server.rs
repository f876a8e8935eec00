//! A server that grants sessions and then fails, each time in another way.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use chrono::Utc;
use contracts::{Envelope, ErrorCode, OwnerId, WireError};
use serde_json::{Value, json};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::ACCESS_TOKEN;

/// The signing key of every session.
pub const KEY: &str = "Y2FuYXJ5LXNlc3Npb24ta2V5LW9mLTMyLWJ5dGVzISE";

/// The server, as long as this is kept.
pub struct FailingServer {
    pub url: String,
    got_a_token: Arc<AtomicBool>,
    _runtime: Runtime,
}

impl FailingServer {
    pub fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let got_a_token = Arc::<AtomicBool>::default();
        let router = Router::new()
            .route("/v1/session", post(session))
            .with_state(Arc::clone(&got_a_token))
            .fallback(fail)
            .with_state(Arc::new(AtomicUsize::new(0)));
        runtime.spawn(async { axum::serve(listener, router).await });
        Self { url, got_a_token, _runtime: runtime }
    }

    /// Whether it was shown the token since it was last asked.
    pub fn got_a_token(&self) -> bool {
        self.got_a_token.swap(false, Ordering::Relaxed)
    }
}

async fn session(State(got_a_token): State<Arc<AtomicBool>>, Json(request): Json<Value>) -> Response {
    if request["accessToken"] == ACCESS_TOKEN {
        got_a_token.store(true, Ordering::Relaxed);
    }
    Json(Envelope::success(grant())).into_response()
}

fn grant() -> Value {
    let now = Utc::now().timestamp();
    json!({
        "keyid": "a-keyid", "key": KEY, "owner": OwnerId::public(), "kind": "guest", "writable": true,
        "expires": now + 900, "serverTime": now,
    })
}

async fn fail(State(asked): State<Arc<AtomicUsize>>) -> Response {
    let error = |code: ErrorCode| {
        let envelope = Envelope::<()>::failure(WireError::new(code, "the server's own sentence"));
        (StatusCode::from_u16(code.status()).unwrap(), Json(envelope)).into_response()
    };
    match asked.fetch_add(1, Ordering::Relaxed) % 8 {
        0 => "neither JSON nor anything else".into_response(),
        1 => (StatusCode::BAD_GATEWAY, "<h1>Bad gateway</h1>").into_response(),
        2 => Json(json!({ "ok": true, "data": { "of": "another shape" }, "error": null })).into_response(),
        3 => Json(json!({ "ok": true, "data": null, "error": null })).into_response(),
        4 => error(ErrorCode::Unauthorized),
        5 => error(ErrorCode::Replayed),
        6 => error(ErrorCode::Forbidden),
        _ => error(ErrorCode::ToolFailure),
    }
}
