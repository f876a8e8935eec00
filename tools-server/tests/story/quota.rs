//! How many rows are kept of one owner.

use contracts::{delivery::Piece, facts::Part};
use tools_server::store::{SqliteStore, Store, StoreError};

use crate::{
    database::TemporaryDatabase,
    support::{book_of, customer, day, deliver, id, named, only, owner, snapshot, write},
};

/// Room for some customers, and not for a piece of an import.
const SMALL: u64 = 40;
/// Room for a piece, and not for each of its customers with what is said of them.
const LARGE: u64 = 12_000;
const CUSTOMERS: u32 = 6_000;

async fn rows_are_counted(small: &dyn Store, large: &dyn Store) {
    let today = day(20);
    let mut added = 0;
    let refused = loop {
        match small.create_customer(&write("ann", today), &customer(&format!("c-{added}"))).await {
            Ok(()) => added += 1,
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, StoreError::TooManyRows(SMALL)), "{refused:?}");
    assert!((5..40).contains(&added), "{added}");
    assert_eq!(book_of(small, &owner("ann")).await.unwrap().len(), added, "nothing of it was kept");
    let piece = small.put_piece(&write("ann", today), &"import".parse().unwrap(), 1, &Piece::default()).await;
    assert!(matches!(piece, Err(StoreError::TooManyRows(_))), "{piece:?}");
    // However often it was refused, one that goes makes room for another.
    for _ in 0..SMALL {
        small.create_customer(&write("ann", today), &customer("x")).await.unwrap_err();
    }
    small.delete_customer(&write("ann", today), &id("c-0")).await.unwrap();
    small.create_customer(&write("ann", today), &customer("c-0")).await.unwrap();
    // Others have room of their own, and what takes rows out is never refused.
    small.create_customer(&write("bob", today), &customer("x")).await.unwrap();
    for number in 0..added {
        small.delete_customer(&write("ann", today), &id(&format!("c-{number}"))).await.unwrap();
    }

    let customers = (0..CUSTOMERS).map(|number| named(&format!("c-{number}"))).collect();
    let piece = Piece { customers, ..Piece::default() };
    let import = deliver(large, "ann", &only(&[Part::Customers], snapshot(today)), &[piece]).await;
    assert!(matches!(import, Err(StoreError::TooManyRows(LARGE))), "{import:?}");
    assert_eq!(book_of(large, &owner("ann")).await.unwrap().len(), 0, "nothing of it was kept");
    small.close().await;
    large.close().await;
}

#[tokio::test]
async fn no_owner_has_more_rows_than_it_may_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let open = || SqliteStore::open(&folder.path().join("book.db")).unwrap();
    open().migrate().await.unwrap();
    rows_are_counted(&open().with_quota(SMALL), &open().with_quota(LARGE)).await;
}

#[tokio::test]
async fn no_owner_has_more_rows_than_it_may_on_postgresql() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    rows_are_counted(&database.store().with_quota(SMALL), &database.store().with_quota(LARGE)).await;
    database.drop().await;
}
