//! The tools server inside this process: SQLite in the data directory, and keys that live as long as the process. It is
//! called as a function, so that nothing else on the machine can reach it.

use std::{path::Path, sync::Arc};

use axum::Router;
use chrono::{TimeDelta, Utc};
use contracts::{
    OwnerId,
    failure::Stage,
    signing::{MAX_SKEW_SECS, MasterKey, MasterKeys},
};
use tools_server::{
    Settings,
    store::{SqliteStore, Store, StoreError, Write},
};

use super::{
    endpoint::INSIDE,
    failure::{FailedAttempt, Remedy},
    sign,
};

/// The database's file in the data directory.
const DATABASE: &str = "book.sqlite";

/// Makes a server. The machine is its user's own, so guests may write.
pub(super) async fn start(data_dir: &Path) -> Result<Router, FailedAttempt> {
    let store = SqliteStore::open(&data_dir.join(DATABASE)).map_err(|error| failed(Stage::Store, error))?;
    prepare(&store).await.map_err(|error| unprepared(data_dir, &error))?;
    let secret = rand::random::<[u8; 32]>().to_vec();
    let masters = MasterKeys { current: MasterKey::new(secret).expect("32 bytes are enough"), previous: None };
    let authority = INSIDE.parse().expect("it is a host");
    let settings = Settings { guest_writes: true, ..Settings::new(masters, authority) };
    Ok(tools_server::router(Arc::new(store), settings))
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

fn unprepared(data_dir: &Path, error: &StoreError) -> FailedAttempt {
    let place = data_dir.join(DATABASE);
    let place = place.display();
    if let StoreError::Broken(source) = error {
        tracing::error!(error = %source, "the database is not ready");
        let remedy = "it is damaged or of another version; move it away and start again";
        return failed(Stage::Store, format!("the database {place} cannot be used: {remedy}"));
    }
    failed(Stage::Store, format!("the database {place} is not ready: {error}"))
}

fn failed(stage: Stage, error: impl std::fmt::Display) -> FailedAttempt {
    FailedAttempt::new(stage, format!("The tools server inside this program cannot start: {error}."), Remedy::Nothing)
}
