//! Many callers through a pooler in transaction mode that tracks no prepared statements.

use std::sync::Arc;

use tools_server::store::{Pooled, PostgresStore, Store};

use crate::support::{behind_the_pooler, book_of, case_of, customer, id, owner, record_of, write};

const CALLERS: usize = 16;
const CALLS: usize = 25;

#[tokio::test]
async fn nobody_gets_another_callers_answer() {
    let Some((database, url)) = behind_the_pooler().await else { return };
    // Two instances of the server.
    let stores = [0, 1].map(|_| Arc::new(PostgresStore::open(&url, Pooled::On).unwrap()));
    let callers = (0..CALLERS).map(|caller| {
        let store = Arc::clone(&stores[caller % 2]);
        tokio::spawn(async move {
            let name = format!("owner-{caller}");
            for call in 0..CALLS {
                let record = customer(&format!("c-{caller}-{call}"));
                store.create_customer(&write(&name), &record).await.unwrap();
                assert_eq!(record_of(&case_of(&*store, &owner(&name), &record.id).await.unwrap()), record);
                assert_eq!(book_of(&*store, &owner(&name)).await.unwrap().len(), call + 1);
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
