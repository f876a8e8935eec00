//! An identity provider over a real socket: it shows its keys, verifies opaque tokens, and can be made to fail.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tools_server::auth::TokenRules;

use crate::support::START;

/// The key of the issuer.
pub const KEY: &[u8] = include_bytes!("../../fixtures/issuer-test-key.der");
/// Somebody else's.
pub const OTHER_KEY: &[u8] = include_bytes!("../../fixtures/other-test-key.der");

/// The client id that is accepted.
pub const CLIENT: &str = "cs-copilot-terminal";

pub const SECRET_KEY: &str = "sk_test_of-the-instance";

pub struct Issuer {
    pub url: String,
    state: Arc<Provider>,
}

#[derive(Default)]
struct Provider {
    keys: Mutex<Vec<Value>>,
    opaque: Mutex<Value>,
    down: AtomicBool,
    asked: AtomicUsize,
}

impl Issuer {
    /// A provider with the key `k1`.
    pub async fn start() -> Self {
        let state = Arc::new(Provider::default());
        state.keys.lock().unwrap().push(jwk("k1", KEY));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new()
            .route("/.well-known/jwks.json", get(show_keys))
            .route("/oauth_applications/access_tokens/verify", post(verify))
            .with_state(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, state }
    }

    /// Rules that accept its tokens.
    pub fn rules(&self) -> TokenRules {
        let issuer = self.url.parse().unwrap();
        TokenRules { issuer, client_ids: vec!["other-app".into(), CLIENT.into()], audience: None, clerk: None }
    }

    pub fn set_keys(&self, keys: &[Value]) {
        *self.state.keys.lock().unwrap() = keys.to_vec();
    }

    /// What it says of every opaque token.
    pub fn set_opaque(&self, verified: Value) {
        *self.state.opaque.lock().unwrap() = verified;
    }

    pub fn set_down(&self, down: bool) {
        self.state.down.store(down, SeqCst);
    }

    /// How often it was asked for anything.
    pub fn asked(&self) -> usize {
        self.state.asked.load(SeqCst)
    }

    /// What a good token says.
    pub fn claims(&self) -> Value {
        json!({
            "iss": self.url, "sub": "user_2alice", "client_id": CLIENT, "jti": "oat_1", "scope": "openid profile email",
            "iat": START - 10, "nbf": START - 10, "exp": START + 86_400, "org_id": "org_1",
        })
    }
}

/// The header of a good token.
pub fn header() -> Value {
    json!({ "alg": "RS256", "typ": "at+jwt", "kid": "k1" })
}

/// The public half of `key`.
pub fn jwk(id: &str, key: &[u8]) -> Value {
    let pair = RsaKeyPair::from_pkcs8(key).unwrap();
    let public: PublicKeyComponents<Vec<u8>> = pair.public_key().into();
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": encode(&public.n), "e": encode(&public.e) })
}

/// Header and claims as a JWS signs them.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// A token signed with `key`, whatever its header says.
pub fn token(header: &Value, claims: &Value, key: &[u8]) -> String {
    let unsigned = unsigned(header, claims);
    let pair = RsaKeyPair::from_pkcs8(key).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), unsigned.as_bytes(), &mut signature).unwrap();
    format!("{unsigned}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

async fn show_keys(State(provider): State<Arc<Provider>>) -> Response {
    provider.answer(json!({ "keys": *provider.keys.lock().unwrap() }))
}

async fn verify(State(provider): State<Arc<Provider>>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let authorized = headers.get("authorization").is_some_and(|value| *value == format!("Bearer {SECRET_KEY}"));
    if !authorized {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if !body["access_token"].as_str().unwrap().starts_with("oat_known") {
        return StatusCode::NOT_FOUND.into_response();
    }
    provider.answer(provider.opaque.lock().unwrap().clone())
}

impl Provider {
    fn answer(&self, answer: Value) -> Response {
        self.asked.fetch_add(1, SeqCst);
        if self.down.load(SeqCst) { StatusCode::BAD_GATEWAY.into_response() } else { Json(answer).into_response() }
    }
}
