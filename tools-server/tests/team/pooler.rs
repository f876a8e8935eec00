//! Many callers through a pooler in transaction mode that tracks no prepared statements.

use std::sync::Arc;

use tools_server::{
    config::Pooled,
    store::{PostgresStore, Store},
};

use crate::{
    database::{TemporaryDatabase, secret},
    support::{customer, id, owner, write},
};

const CALLERS: usize = 16;
const CALLS: usize = 25;

#[tokio::test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
async fn nobody_gets_another_callers_answer() {
    let Ok(pooler) = std::env::var("TEST_PGBOUNCER_URL") else {
        eprintln!("skipped: TEST_PGBOUNCER_URL is not set");
        return;
    };
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let url = secret(&database.app_url_through(&pooler));
    // Two instances of the server.
    let stores = [0, 1].map(|_| Arc::new(PostgresStore::open(&url, Pooled::On).unwrap()));
    let callers = (0..CALLERS).map(|caller| {
        let store = Arc::clone(&stores[caller % 2]);
        tokio::spawn(async move {
            let name = format!("owner-{caller}");
            for call in 0..CALLS {
                let record = customer(&format!("c-{caller}-{call}"));
                store.create_customer(&write(&name), &record).await.unwrap();
                assert_eq!(store.facts(&owner(&name), &record.id).await.unwrap().customer, record);
                assert_eq!(store.book(&owner(&name)).await.unwrap().len(), call + 1);
                assert!(store.history(&owner(&name), &id("none"), 1).await.unwrap().is_empty());
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    for store in stores {
        store.close().await;
    }
    database.drop().await;
}
