//! Servers over one store, and the people who call them.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use contracts::{
    OwnerId,
    session::CallerKind,
    signing::{KeyClaims, MasterKey, MasterKeys, SignedRequest, SigningKey, SigningParameters, content_digest, sign},
};
use reqwest::{Request, Url, header::HeaderName};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    store::{SqliteStore, Store, Write},
};

use crate::{calls::Call, database::TemporaryDatabase};

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
}

impl Caller {
    fn owner(self) -> OwnerId {
        match self {
            Self::A => "user_a".parse().unwrap(),
            Self::B => "user_b".parse().unwrap(),
            Self::Guest => OwnerId::public(),
        }
    }

    fn kind(self) -> CallerKind {
        if self == Self::Guest { CallerKind::Guest } else { CallerKind::User }
    }
}

/// An answer, without what differs between any two: the request id, the time it took and the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    /// The answer with `id` taken out of it.
    pub fn without(&self, id: &str) -> Self {
        Self { body: self.body.replace(id, "ID"), ..self.clone() }
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
        let settings = Settings {
            masters: MasterKeys { current: master(), previous: None },
            authority: AUTHORITY.parse().unwrap(),
            guest_writes: false,
            clock: Arc::new(|| DateTime::from_timestamp(NOW, 0).unwrap()),
        };
        tokio::spawn(tools_server::serve(listener, tools_server::router(store, settings), std::future::pending()));
        Self { address, http: reqwest::Client::new() }
    }

    /// Signs `call` as `caller` and sends it.
    pub async fn call(&self, caller: Caller, call: &Call) -> Answer {
        self.send(self.signed(caller, call)).await
    }

    /// The call, signed with a session of its own.
    pub fn signed(&self, caller: Caller, call: &Call) -> Request {
        let jti = format!("{:032x}", rand::random::<u128>());
        let claims = KeyClaims::new(&master(), caller.owner(), caller.kind(), NOW, NOW + 900, jti);
        let keyid = claims.keyid();
        let key = SigningKey::derive(&master(), &claims.jti, &keyid);
        let url: Url = format!("http://{}{}", self.address, call.path).parse().unwrap();
        let digest = content_digest(call.body.as_bytes());
        let components = SignedRequest {
            method: call.method.as_str(),
            authority: AUTHORITY,
            path: url.path(),
            query: url.query(),
            content_type: "application/json",
            content_digest: &digest,
        };
        let nonce = format!("{:032x}", rand::random::<u128>()).parse().unwrap();
        let (input, signature) =
            sign(&key, &components, &SigningParameters { created: NOW, expires: NOW + 60, nonce, keyid }).unwrap();
        let mut request = Request::new(call.method.clone(), url);
        for (name, value) in [
            ("content-type", "application/json"),
            ("content-digest", &digest),
            ("signature-input", &input),
            ("signature", &signature),
        ] {
            request.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        *request.body_mut() = Some(call.body.clone().into());
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
    let write = Write { owner: OwnerId::public(), nonce, nonce_expires: now + TimeDelta::seconds(1), now };
    store.seed_demo(&write).await.unwrap();
}
