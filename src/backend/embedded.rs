//! The tools server inside this process: a loopback port, SQLite in the data directory, and a key that lives as long
//! as the process.

use std::{future, net::Ipv4Addr, path::Path, sync::Arc};

use chrono::{TimeDelta, Utc};
use contracts::{
    OwnerId,
    run::Stage,
    signing::{MAX_SKEW_SECS, MasterKey, MasterKeys},
};
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

/// Starts a server on the current runtime, which ends with it. The machine is its user's own, so guests may write.
pub(super) async fn start(data_dir: &Path) -> Result<ServerUrl, Refusal> {
    let store = SqliteStore::open(&data_dir.join(DATABASE)).map_err(|error| refusal(Stage::Store, error))?;
    prepare(&store).await.map_err(|error| {
        refusal(Stage::Store, format!("the database in {} is not ready: {error}", data_dir.display()))
    })?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (address, listener) = bound
        .map_err(|error| refusal(Stage::Connect, format!("no port of this machine can be listened on: {error}")))?;
    let secret = rand::random::<[u8; 32]>().to_vec();
    let settings = Settings {
        masters: MasterKeys { current: MasterKey::new(secret).expect("32 bytes are enough"), previous: None },
        authority: address.into(),
        guest_writes: true,
        clock: Arc::new(Utc::now),
    };
    let router = tools_server::router(Arc::new(store), settings);
    tokio::spawn(tools_server::serve(listener, router, future::pending()));
    Ok(format!("http://{address}").parse().expect("a loopback address makes a server address"))
}

/// Brings the schema up to date. A brand new database gets the demo book; one whose demo was removed does not get it back.
async fn prepare(store: &SqliteStore) -> Result<(), StoreError> {
    let brand_new = store.health().await.schema_version.is_none();
    store.migrate().await?;
    if brand_new {
        let now = Utc::now();
        let nonce_expires = now + TimeDelta::seconds(2 * MAX_SKEW_SECS);
        let write = Write { owner: OwnerId::public(), nonce: sign::nonce(), nonce_expires, now };
        store.seed_demo(&write).await?;
    }
    Ok(())
}

fn refusal(stage: Stage, error: impl std::fmt::Display) -> Refusal {
    Refusal::new(stage, format!("The tools server inside this program cannot start: {error}."), Remedy::Nothing)
}
