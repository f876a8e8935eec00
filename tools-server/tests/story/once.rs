//! Chapters about writes that are carried out once.

use chrono::TimeDelta;
use contracts::delivery::Delivery;
use tools_server::store::{Once, Store, StoreError, Write};

use crate::support::{book_of, customer, day, id, owner, small_book, snapshot, write};

/// A write under `key`, of a request with this digest, on this day.
fn under(key: &str, request: &str, owner: &str, date: u32) -> Write {
    let write = write(owner, day(date));
    let expires = write.now + TimeDelta::hours(24);
    Write { once: Some(Once { key: key.parse().unwrap(), request: request.to_owned(), expires }), ..write }
}

pub async fn a_write_under_one_key_is_carried_out_once(store: &dyn Store) {
    let import = "once-import".parse().unwrap();
    let send = async || store.put_piece(&write("once", day(20)), &import, 1, &small_book()).await.unwrap();
    let delivery = Delivery { pieces: 1, ..snapshot(day(20)) };
    let first = || under("the-key-of-an-import", "import", "once", 20);
    send().await;
    let report = store.deliver(&first(), &import, &delivery).await.unwrap();
    assert_eq!(report.created, 3, "{report:?}");
    assert_eq!(store.deliver(&first(), &import, &delivery).await.unwrap(), report, "the first answer, not `unchanged`");
    send().await;
    let anew = under("another-key-of-an-import", "import", "once", 20);
    let anew = store.deliver(&anew, &import, &delivery).await.unwrap();
    assert_eq!((anew.created, anew.unchanged), (0, 3));

    store.delete_customer(&under("the-key-of-a-removal", "delete", "once", 20), &id("full")).await.unwrap();
    store.create_customer(&write("once", day(20)), &customer("full")).await.unwrap();
    store.delete_customer(&under("the-key-of-a-removal", "delete", "once", 20), &id("full")).await.unwrap();
    assert_eq!(book_of(store, &owner("once")).await.unwrap().len(), 3, "it was not removed again");
}

pub async fn a_key_is_for_one_request_of_one_owner(store: &dyn Store) {
    let create = |request: &str, owner: &str| under("0123456789abcdef", request, owner, 20);
    store.create_customer(&create("one", "keys-a"), &customer("one")).await.unwrap();
    let other = store.create_customer(&create("two", "keys-a"), &customer("two")).await;
    assert!(matches!(other, Err(StoreError::OtherRequest)));
    assert_eq!(book_of(store, &owner("keys-a")).await.unwrap().len(), 1);
    store.create_customer(&create("two", "keys-b"), &customer("two")).await.unwrap();
    assert_eq!(book_of(store, &owner("keys-b")).await.unwrap().len(), 1);
}

pub async fn a_failed_write_leaves_its_key_free(store: &dyn Store) {
    let remove = || under("0123456789abcdef", "delete", "free", 20);
    let unknown = store.delete_customer(&remove(), &id("one")).await;
    assert!(matches!(unknown, Err(StoreError::UnknownCustomer(_))));
    store.create_customer(&write("free", day(20)), &customer("one")).await.unwrap();
    store.delete_customer(&remove(), &id("one")).await.unwrap();
    assert!(book_of(store, &owner("free")).await.unwrap().is_empty());
}

pub async fn a_key_is_forgotten_after_a_day(store: &dyn Store) {
    let create = |date| under("0123456789abcdef", "create", "forgotten", date);
    store.create_customer(&create(18), &customer("one")).await.unwrap();
    store.create_customer(&create(18), &customer("one")).await.unwrap();
    // Whichever write comes next sweeps.
    store.create_customer(&under("fedcba9876543210", "x", "forgotten", 20), &customer("two")).await.unwrap();
    let again = store.create_customer(&create(20), &customer("one")).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "carried out anew");
}

pub async fn two_at_once_are_carried_out_once(store: &dyn Store) {
    let import = "race-import".parse().unwrap();
    store.put_piece(&write("race", day(20)), &import, 1, &small_book()).await.unwrap();
    let delivery = Delivery { pieces: 1, ..snapshot(day(20)) };
    let deliver =
        || async { store.deliver(&under("0123456789abcdef", "import", "race", 20), &import, &delivery).await.unwrap() };
    let reports = futures::future::join_all((0..8).map(|_| deliver())).await;
    assert!(reports.iter().all(|report| report.created == 3), "{reports:?}");
    assert_eq!(book_of(store, &owner("race")).await.unwrap().len(), 3);
}
