use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Utc;
use contracts::{
    Envelope, ErrorCode, OwnerId, WireError,
    session::{CallerKind, SessionGrant, SessionRequest},
    signing::{KeyClaims, MasterKey, SigningKey},
};
use cs_copilot::config::ServerUrl;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;

/// What a tools server knows of sessions: whom it was asked for, and whether it accepts tokens. It takes their word for
/// who they are, which the real one never does.
#[derive(Clone, Default)]
pub struct Tools {
    tokens: Arc<Mutex<Vec<Option<String>>>>,
    refuses: Arc<AtomicBool>,
}

impl Tools {
    pub async fn start() -> (Self, ServerUrl) {
        let tools = Self::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let router = Router::new().route("/v1/session", post(session)).with_state(tools.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (tools, url)
    }

    /// The token of every request for a session so far.
    pub fn tokens(&self) -> Vec<Option<String>> {
        self.tokens.lock().unwrap().clone()
    }

    /// From now on no token is good.
    pub fn refuse(&self) {
        self.refuses.store(true, Ordering::SeqCst);
    }
}

async fn session(State(tools): State<Tools>, Json(request): Json<SessionRequest>) -> Response {
    let token = request.access_token.map(|token| token.expose_secret().to_owned());
    tools.tokens.lock().unwrap().push(token.clone());
    if token.is_some() && tools.refuses.load(Ordering::SeqCst) {
        let error = WireError::new(ErrorCode::Unauthorized, "the access token is not valid");
        return (StatusCode::UNAUTHORIZED, Json(Envelope::<()>::failure(error))).into_response();
    }
    let (owner, kind) = match token {
        Some(token) => (subject(&token), CallerKind::User),
        None => (OwnerId::public(), CallerKind::Guest),
    };
    let master = MasterKey::new(vec![7; 32]).unwrap();
    let now = Utc::now().timestamp();
    let claims = KeyClaims::new(&master, owner.clone(), kind, now, now + 900, "jti".to_owned());
    let keyid = claims.keyid();
    let key = SigningKey::derive(&master, "jti", &keyid).to_base64();
    let writable = kind == CallerKind::User;
    let grant = SessionGrant { keyid, key, owner, kind, writable, expires: now + 900, server_time: now };
    Json(Envelope::success(grant)).into_response()
}

fn subject(token: &str) -> OwnerId {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    claims["sub"].as_str().unwrap().parse().unwrap()
}
