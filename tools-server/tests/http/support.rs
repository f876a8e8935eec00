//! A real server on a loopback port with a real SQLite store, and a small client that signs by itself.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::SeqCst},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use contracts::{
    ErrorCode, OwnerId,
    session::SessionGrant,
    signing::{MasterKey, MasterKeys, SignedRequest, SigningKey, SigningParameters, content_digest, sign},
};
use reqwest::{
    Method, Request, Url,
    header::{HeaderMap, HeaderValue},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tools_server::{
    Limits, Metrics, Settings,
    auth::{ServiceClient, SignIn, TokenRules},
    router, serve,
    store::{SqliteStore, Store, Write},
};

/// 2026-11-20T12:00:00Z: when every test begins.
pub const START: i64 = 1_795_176_000;

/// A master key of 32 times this byte.
pub fn master(byte: u8) -> MasterKey {
    MasterKey::new(vec![byte; 32]).unwrap()
}

/// What a test server is made of.
pub struct Options {
    pub guest_writes: bool,
    pub masters: MasterKeys,
    pub token_rules: Option<TokenRules>,
    pub service_clients: Vec<ServiceClient>,
    pub limits: Option<Limits>,
}

impl Default for Options {
    fn default() -> Self {
        let masters = MasterKeys { current: master(1), previous: None };
        Self { guest_writes: true, masters, token_rules: None, service_clients: Vec::new(), limits: None }
    }
}

pub struct TestServer {
    pub address: SocketAddr,
    pub store: Arc<dyn Store>,
    /// Unix seconds by the server's clock; at [`BROKEN_CLOCK`] the clock panics.
    pub clock: Arc<AtomicI64>,
    pub metrics: Arc<Metrics>,
    http: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
    directory: Option<TempDir>,
}

/// The clock is the one thing of the server's inside that a test may break.
pub const BROKEN_CLOCK: i64 = i64::MIN;

impl TestServer {
    /// A server with the demo book, where guests may write.
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let directory = TempDir::new().unwrap();
        let store = Arc::new(SqliteStore::open(&directory.path().join("book.db")).unwrap());
        store.migrate().await.unwrap();
        let now = DateTime::from_timestamp(START, 0).unwrap();
        let nonce = "the-seeds-own-nonce".parse().unwrap();
        let write =
            Write { owner: OwnerId::public(), nonce, nonce_expires: now + TimeDelta::seconds(1), now, once: None };
        store.seed_demo(&write).await.unwrap();
        Self { directory: Some(directory), ..Self::on(store, options).await }
    }

    /// A server on this store, which is migrated.
    pub async fn on(store: Arc<dyn Store>, options: Options) -> Self {
        crate::log::collect();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let settings = Settings {
            masters: options.masters,
            authority: address.into(),
            guest_writes: options.guest_writes,
            sign_in: options.token_rules.map(|rules| Arc::new(SignIn::new(rules).unwrap())),
            service_clients: options.service_clients,
            limits: options.limits,
            clock: Arc::new({
                let clock = Arc::clone(&clock);
                move || -> DateTime<Utc> {
                    DateTime::from_timestamp(clock.load(SeqCst), 0).expect("the clock of Acme Corp is broken")
                }
            }),
        };
        let (stop, stopped) = oneshot::channel();
        let metrics = Metrics::new(store.clone());
        let router = metrics.watch(router(store.clone(), settings));
        let running = tokio::spawn(serve(listener, router, async { stopped.await.unwrap_or_default() }));
        let http = reqwest::Client::new();
        Self { address, store, clock, metrics, http, stop: Some(stop), running, directory: None }
    }

    /// The file of the server's own book.
    pub fn file(&self) -> PathBuf {
        self.directory.as_ref().unwrap().path().join("book.db")
    }

    /// Moves the server's clock.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, SeqCst);
    }

    pub fn now(&self) -> i64 {
        self.clock.load(SeqCst)
    }

    /// Tells the server to stop.
    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    pub fn has_stopped(&self) -> bool {
        self.running.is_finished()
    }

    /// Waits until the server has stopped.
    pub async fn stopped(self) {
        self.running.await.unwrap();
    }

    pub fn url(&self, path: &str) -> Url {
        format!("http://{}{path}", self.address).parse().unwrap()
    }

    /// A new guest's session.
    pub async fn session(&self) -> Session {
        self.open(&json!({})).await
    }

    /// A new session of whom the access token was given to.
    pub async fn sign_in(&self, token: &str) -> Session {
        self.open(&json!({ "accessToken": token })).await
    }

    /// What `POST /v1/session` says to this body.
    pub async fn ask_session(&self, body: &Value) -> Reply {
        self.send(self.http.post(self.url("/v1/session")).json(body).build().unwrap()).await
    }

    async fn open(&self, body: &Value) -> Session {
        let grant: SessionGrant = serde_json::from_value(self.ask_session(body).await.data().clone()).unwrap();
        let key = SigningKey::from_base64(&grant.key).unwrap();
        Session { grant, key, authority: self.address.to_string(), created: self.now() }
    }

    /// Sends a request signed by a new session.
    pub async fn call(&self, method: Method, path: &str, body: impl Into<Vec<u8>>) -> Reply {
        self.send(self.session().await.sign(method, self.url(path), body)).await
    }

    /// Sends a request with a JSON body, signed by a new session.
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call(Method::POST, path, body.to_string()).await
    }

    /// Sends an import of one piece, and answers what its end says.
    pub async fn import(&self, id: &str, piece: Value, delivery: Value) -> Reply {
        self.post(&format!("/v1/imports/{id}/pieces/1"), piece).await.data();
        self.post(&format!("/v1/imports/{id}"), delivery).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, "").await
    }

    /// Sends a request with no signature.
    pub async fn plain(&self, method: Method, path: &str) -> Reply {
        self.send(Request::new(method, self.url(path))).await
    }

    pub async fn send(&self, request: Request) -> Reply {
        let response = self.http.execute(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let envelope = serde_json::from_slice(&response.bytes().await.unwrap()).expect("every answer is an envelope");
        Reply { status, headers, envelope }
    }

    /// The id of a customer of the demo book.
    pub async fn a_customer(&self) -> String {
        let book = self.get("/v1/customers?limit=1").await;
        book.data()["customers"][0]["id"].as_str().unwrap().to_owned()
    }
}

/// A session, and what its signatures say.
pub struct Session {
    pub grant: SessionGrant,
    pub key: SigningKey,
    pub authority: String,
    pub created: i64,
}

impl Session {
    /// A signed request with a nonce of its own.
    pub fn sign(&self, method: Method, url: Url, body: impl Into<Vec<u8>>) -> Request {
        self.sign_as("application/json", method, url, body)
    }

    pub fn sign_as(&self, content_type: &str, method: Method, url: Url, body: impl Into<Vec<u8>>) -> Request {
        let body = body.into();
        let digest = content_digest(&body);
        let components = SignedRequest {
            method: method.as_str(),
            authority: &self.authority,
            path: url.path(),
            query: url.query(),
            content_type,
            content_digest: &digest,
        };
        let nonce = format!("{:032x}", rand::random::<u128>()).parse().unwrap();
        let parameters = SigningParameters {
            created: self.created,
            expires: self.created + 60,
            nonce,
            keyid: self.grant.keyid.clone(),
        };
        let (input, signature) = sign(&self.key, &components, &parameters).unwrap();
        let mut request = Request::new(method, url);
        for (name, value) in [
            ("content-type", content_type),
            ("content-digest", &digest),
            ("signature-input", &input),
            ("signature", &signature),
        ] {
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        }
        *request.body_mut() = Some(body.into());
        request
    }
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub envelope: Value,
}

impl Reply {
    /// The data of a good answer.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert_eq!((self.status, &self.envelope["ok"]), (200, &json!(true)), "{}", self.envelope);
        assert_eq!(self.envelope["error"], Value::Null);
        &self.envelope["data"]
    }

    /// Checks that this is a failure with `code` and its status; returns the sentence.
    #[track_caller]
    pub fn failed(&self, code: ErrorCode) -> &str {
        assert_eq!(self.envelope["error"]["code"], code.as_str(), "{}", self.envelope);
        assert_eq!(self.status, code.status());
        assert_eq!((&self.envelope["ok"], &self.envelope["data"]), (&json!(false), &Value::Null));
        let message = self.envelope["error"]["message"].as_str().unwrap();
        assert!(!message.is_empty() && message.chars().count() <= 250, "{message:?} is no short sentence");
        assert!(!message.chars().any(char::is_control), "{message:?} is not clean");
        message
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}
