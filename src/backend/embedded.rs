//! The tools server inside this process: a loopback port, SQLite in the data directory, and keys that live as long as
//! the process. Every account of the machine can reach a loopback port, so only requests of this process are let in.

use std::{future, net::Ipv4Addr, path::Path, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use contracts::{
    OwnerId,
    failure::Stage,
    signing::{MAX_SKEW_SECS, MasterKey, MasterKeys},
};
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tools_server::{
    Settings,
    store::{SqliteStore, Store, StoreError, Write},
};

use super::{
    failure::{Refusal, Remedy},
    sign,
};
use crate::config::ServerUrl;

/// The database's file in the data directory.
const DATABASE: &str = "book.sqlite";

/// The header that carries the pass.
pub(super) const PASS: &str = "x-cs-copilot-pass";

/// A server of this process, and the random word that it lets requests in by.
#[derive(Debug)]
pub(super) struct Embedded {
    pub(super) url: ServerUrl,
    pub(super) pass: HeaderValue,
}

/// Starts a server on the current runtime, which ends with it. The machine is its user's own, so guests may write.
pub(super) async fn start(data_dir: &Path) -> Result<Embedded, Refusal> {
    let store = SqliteStore::open(&data_dir.join(DATABASE)).map_err(|error| refusal(Stage::Store, error))?;
    prepare(&store).await.map_err(|error| unprepared(data_dir, &error))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = bound
        .map_err(|error| refusal(Stage::Connect, format!("no port of this machine can be listened on: {error}")))?;
    let secret = rand::random::<[u8; 32]>().to_vec();
    let masters = MasterKeys { current: MasterKey::new(secret).expect("32 bytes are enough"), previous: None };
    let settings = Settings { guest_writes: true, ..Settings::new(masters, address.into()) };
    let pass = pass();
    let router = tools_server::router(Arc::new(store), settings);
    let router = router.layer(middleware::from_fn_with_state(pass.clone(), admit));
    tokio::spawn(tools_server::serve(listener, router, future::pending()));
    let url = format!("http://{address}").parse().expect("a loopback address makes a server address");
    Ok(Embedded { url, pass })
}

fn pass() -> HeaderValue {
    let word = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
    let mut pass = HeaderValue::try_from(word).expect("base64url fits a header");
    pass.set_sensitive(true);
    pass
}

async fn admit(State(pass): State<HeaderValue>, request: Request, next: Next) -> Response {
    let shown = request.headers().get(PASS).map(HeaderValue::as_bytes).unwrap_or_default();
    if bool::from(shown.ct_eq(pass.as_bytes())) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This server belongs to another program.\n").into_response()
    }
}

/// Brings the schema up to date. A brand new database gets the demo book; one whose demo was removed does not get it back.
async fn prepare(store: &SqliteStore) -> Result<(), StoreError> {
    let brand_new = store.health().await.schema_version.is_none();
    store.migrate().await?;
    if brand_new {
        let now = Utc::now();
        let nonce_expires = now + TimeDelta::seconds(2 * MAX_SKEW_SECS);
        let write = Write { owner: OwnerId::public(), nonce: sign::nonce(), nonce_expires, now, once: None };
        store.seed_demo(&write).await?;
    }
    Ok(())
}

fn unprepared(data_dir: &Path, error: &StoreError) -> Refusal {
    let place = data_dir.join(DATABASE);
    let place = place.display();
    if let StoreError::Broken(source) = error {
        tracing::error!(error = %source, "the database is not ready");
        let remedy = "it is damaged or of another version; move it away and start again";
        return refusal(Stage::Store, format!("the database {place} cannot be used: {remedy}"));
    }
    refusal(Stage::Store, format!("the database {place} is not ready: {error}"))
}

fn refusal(stage: Stage, error: impl std::fmt::Display) -> Refusal {
    Refusal::new(stage, format!("The tools server inside this program cannot start: {error}."), Remedy::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::endpoint::Endpoint;

    #[tokio::test]
    async fn other_programs_of_the_machine_are_not_let_in() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let Embedded { url, pass } = start(dir.path()).await.expect("a server");
        let mut wrong = pass.as_bytes().to_vec();
        wrong[0] ^= 1;
        let wrong = HeaderValue::from_bytes(&wrong).expect("still a header");
        for (shown, expected) in [(None, 403), (Some(wrong), 403), (Some(pass), 200)] {
            let endpoint = Endpoint::new(&url, "it".to_owned(), shown).expect("a client");
            let request = endpoint.get("/livez").build().expect("a request");
            assert_eq!(endpoint.exchange(request).await.expect("an answer").answer.status, expected);
        }
    }
}
