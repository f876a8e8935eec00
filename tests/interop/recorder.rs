//! The real tools server, with an ear in front of it.

use std::sync::{Arc, Mutex};

use axum::{
    body::{self, Body},
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
};
use chrono::Utc;
use contracts::{
    OwnerId,
    signing::{KeyClaims, MasterKey, MasterKeys, Presented},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    store::{SqliteStore, Store, Write},
};

/// A server with the demo book, by the real clock, that keeps what it was sent.
pub struct Recorder {
    pub url: String,
    masters: MasterKeys,
    heard: Heard,
    _directory: TempDir,
}

type Heard = Arc<Mutex<Vec<Value>>>;

impl Recorder {
    pub async fn start() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&directory.path().join("book.sqlite")).unwrap();
        store.migrate().await.unwrap();
        let now = Utc::now();
        let nonce = "the-seeds-own-nonce".parse().unwrap();
        store.seed_demo(&Write { owner: OwnerId::public(), nonce, nonce_expires: now, now, once: None }).await.unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let masters = MasterKeys { current: MasterKey::new(vec![7; 32]).unwrap(), previous: None };
        let settings = Settings { guest_writes: true, ..Settings::new(masters.clone(), address.into()) };
        let heard = Heard::default();
        let router = tools_server::router(Arc::new(store), settings)
            .layer(middleware::from_fn_with_state(Arc::clone(&heard), hear));
        tokio::spawn(tools_server::serve(listener, router, std::future::pending()));
        Self { url: format!("http://{address}"), masters, heard, _directory: directory }
    }

    /// Every signed request so far, with the key that its keyid stands for.
    pub fn signed_requests(&self) -> Vec<Value> {
        let heard = self.heard.lock().unwrap();
        let signed = heard.iter().filter(|request| request["headers"].get("signature").is_some());
        signed.map(|request| self.with_key(request)).collect()
    }

    fn with_key(&self, request: &Value) -> Value {
        let header = |name: &str| request["headers"][name].as_str().unwrap();
        let presented = Presented::parse(header("signature-input"), header("signature")).unwrap();
        let keyid = presented.parameters.keyid;
        let (_, key) = KeyClaims::open(&keyid, &self.masters).unwrap();
        let mut request = request.clone();
        request["url"] = format!("{}{}", self.url, request["url"].as_str().unwrap()).into();
        request["keyid"] = keyid.into();
        request["key"] = key.to_base64().expose_secret().into();
        request
    }
}

async fn hear(State(heard): State<Heard>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = body::to_bytes(body, usize::MAX).await.unwrap();
    let headers: serde_json::Map<_, _> =
        parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().into())).collect();
    let target = parts.uri.path_and_query().unwrap().as_str();
    heard.lock().unwrap().push(json!({
        "method": parts.method.as_str(), "url": target, "headers": headers, "body": str::from_utf8(&body).unwrap(),
    }));
    next.run(Request::from_parts(parts, Body::from(body))).await
}
