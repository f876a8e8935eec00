//! Servers over one store, and the people who call them.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use contracts::{
    OwnerId,
    idempotency::IDEMPOTENCY_KEY,
    session::CallerKind,
    signing::{
        KeyClaims, MasterKey, MasterKeys, SignedRequest, SigningKey, SigningParameters, content_digest, sign,
        v1::{self, ServiceSecret},
    },
};
use reqwest::{Request, header::HeaderName};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    auth::ServiceClient,
    store::{SqliteStore, Store, Write},
};

use crate::{
    calls::{self, Call, Target},
    database::TemporaryDatabase,
};

/// 2026-11-20T12:00:00Z, by every server's clock.
const NOW: i64 = 1_795_176_000;

/// The host under which all instances are reached, as behind a load balancer.
const AUTHORITY: &str = "tools.example.com";

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    A,
    B,
    Guest,
    /// A service that is listed for B alone.
    Service,
}

impl Caller {
    /// Whom a session is of; a service has none.
    fn session(self) -> Option<(OwnerId, CallerKind)> {
        match self {
            Self::A => Some((calls::A.parse().unwrap(), CallerKind::User)),
            Self::B => Some((calls::B.parse().unwrap(), CallerKind::User)),
            Self::Guest => Some((OwnerId::public(), CallerKind::Guest)),
            Self::Service => None,
        }
    }
}

const SERVICE: &str = "portal";

fn service_secret() -> ServiceSecret {
    ServiceSecret::new(&"0123456789abcdef0123456789abcdef".into()).unwrap()
}

/// An answer, without what differs between any two: the request id, the time it took and the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    /// The answer without the names that were asked for, and without the revision of the caller's own book, which counts
    /// the caller's own writes.
    pub fn without(&self, Target { customer, run, eval, .. }: Target) -> Self {
        let body = self.body.replace(customer, "CUSTOMER").replace(run, "RUN").replace(eval, "EVAL");
        let Some((before, after)) = body.split_once("\"revision\":") else { return Self { body, ..self.clone() } };
        let body = format!("{before}{}", after.trim_start_matches(|digit: char| digit.is_ascii_digit()));
        let mut headers = self.headers.clone();
        headers.remove("content-length");
        Self { body, headers, ..self.clone() }
    }
}

/// One instance of the server.
pub struct Server {
    address: SocketAddr,
    http: reqwest::Client,
}

impl Server {
    /// An instance over `store`. All instances have the same master key.
    pub async fn start(store: Arc<dyn Store>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let masters = MasterKeys { current: master(), previous: None };
        let portal = ServiceClient {
            name: SERVICE.to_owned(),
            secrets: vec![service_secret()],
            owners: [calls::B.parse().unwrap()].into(),
            legacy: false,
        };
        let settings = Settings {
            service_clients: vec![portal],
            clock: Arc::new(|| DateTime::from_timestamp(NOW, 0).unwrap()),
            ..Settings::new(masters, AUTHORITY.parse().unwrap())
        };
        tokio::spawn(tools_server::serve(listener, tools_server::router(store, settings), std::future::pending()));
        Self { address, http: reqwest::Client::new() }
    }

    /// Signs `call` as `caller` and sends it.
    pub async fn call(&self, caller: Caller, call: &Call) -> Answer {
        self.send(self.signed(caller, call)).await
    }

    /// The call, signed as the caller signs.
    pub fn signed(&self, caller: Caller, call: &Call) -> Request {
        let mut request =
            Request::new(call.method.clone(), format!("http://{}{}", self.address, call.path).parse().unwrap());
        *request.body_mut() = Some(call.body.clone().into());
        let signature = match caller.session() {
            Some((owner, kind)) => signature(&request, call, owner, kind),
            None => service_signature(call),
        };
        let once = call.once.map(|key| (IDEMPOTENCY_KEY, key.to_owned()));
        for (name, value) in signature.into_iter().chain(once) {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        request
    }

    /// Sends the very same bytes that another instance was meant to get.
    pub async fn send_here(&self, mut request: Request) -> Answer {
        request.url_mut().set_port(Some(self.address.port())).unwrap();
        self.send(request).await
    }

    async fn send(&self, request: Request) -> Answer {
        let response = self.http.execute(request).await.unwrap();
        let volatile = ["x-request-id", "server-timing", "date"];
        let headers = response.headers().iter().filter(|(name, _)| !volatile.contains(&name.as_str()));
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        Answer { status: response.status().as_u16(), headers, body: response.text().await.unwrap() }
    }
}

/// Signature v2 with a session of its own.
fn signature(request: &Request, call: &Call, owner: OwnerId, kind: CallerKind) -> Vec<(&'static str, String)> {
    let jti = format!("{:032x}", rand::random::<u128>());
    let claims = KeyClaims::new(&master(), owner, kind, NOW, NOW + 900, jti);
    let keyid = claims.keyid();
    let key = SigningKey::derive(&master(), &claims.jti, &keyid);
    let digest = content_digest(call.body.as_bytes());
    let components = SignedRequest {
        method: call.method.as_str(),
        authority: AUTHORITY,
        path: request.url().path(),
        query: request.url().query(),
        content_type: "application/json",
        content_digest: &digest,
    };
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().unwrap();
    let parameters = SigningParameters { created: NOW, expires: NOW + 60, nonce, keyid };
    let (input, signature) = sign(&key, &components, &parameters).unwrap();
    vec![
        ("content-type", "application/json".to_owned()),
        ("content-digest", digest),
        ("signature-input", input),
        ("signature", signature),
    ]
}

/// Signature v1. Two equal calls at one time would be a replay, so each has a millisecond of its own.
fn service_signature(call: &Call) -> Vec<(&'static str, String)> {
    static SENT: AtomicI64 = AtomicI64::new(0);
    let timestamp = NOW * 1000 + SENT.fetch_add(1, Ordering::Relaxed);
    let signature = v1::sign(&service_secret(), timestamp, SERVICE, call.body.as_bytes());
    vec![(v1::CLIENT, SERVICE.to_owned()), (v1::TIMESTAMP, timestamp.to_string()), (v1::SIGNATURE, signature)]
}

fn master() -> MasterKey {
    MasterKey::new(vec![1; 32]).unwrap()
}

/// A store on SQLite with the demo book, and the folder it is in.
pub async fn on_sqlite() -> (TempDir, Arc<dyn Store>) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("book.db")).unwrap();
    store.migrate().await.unwrap();
    seed(&store).await;
    (folder, Arc::new(store))
}

/// A store on PostgreSQL with the demo book; `None` where there is no server.
pub async fn on_postgresql() -> Option<(TemporaryDatabase, Arc<dyn Store>)> {
    let database = TemporaryDatabase::create().await?;
    database.migrate().await.unwrap();
    let store = database.store();
    seed(&store).await;
    Some((database, Arc::new(store)))
}

async fn seed(store: &dyn Store) {
    let now: DateTime<Utc> = DateTime::from_timestamp(NOW, 0).unwrap();
    let nonce = "the-seeds-own-nonce".parse().unwrap();
    let write = Write { owner: OwnerId::public(), nonce, nonce_expires: now + TimeDelta::seconds(1), now, once: None };
    store.seed_demo(&write).await.unwrap();
}
