//! Writes and customers for these tests.

use chrono::{NaiveDate, Utc};
use contracts::{CustomerId, OwnerId, import::CustomerRecord};
use secrecy::SecretString;
use tools_server::store::{BookEntry, CustomerFacts, Known, Store, StoreError, Write};

use crate::database::{TemporaryDatabase, secret};

/// A migrated database, and its address through PgBouncer; none where no PgBouncer is running.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub async fn behind_the_pooler() -> Option<(TemporaryDatabase, SecretString)> {
    let Ok(pooler) = std::env::var("TEST_PGBOUNCER_URL") else {
        eprintln!("skipped: TEST_PGBOUNCER_URL is not set");
        return None;
    };
    let database = TemporaryDatabase::create().await?;
    database.migrate().await.unwrap();
    let url = secret(&database.app_url_through(&pooler));
    Some((database, url))
}

pub fn id(text: &str) -> CustomerId {
    text.parse().unwrap()
}

pub fn owner(text: &str) -> OwnerId {
    text.parse().unwrap()
}

/// A write of `owner` with a nonce of its own.
pub fn write(owner: &str) -> Write {
    let now = Utc::now();
    Write {
        owner: owner.parse().unwrap(),
        nonce: format!("{:032x}", rand::random::<u128>()).parse().unwrap(),
        nonce_expires: now + chrono::TimeDelta::minutes(10),
        now,
        once: None,
    }
}

pub fn customer(text: &str) -> CustomerRecord {
    CustomerRecord { id: id(text), name: format!("{text} Ltd").into(), industry: None, segment: None, contact: None }
}

/// What is known of a customer at the end of the story.
pub async fn facts_of(store: &dyn Store, owner: &OwnerId, customer: &CustomerId) -> Result<CustomerFacts, StoreError> {
    let known = store.rows(owner, customer, today()).await?;
    Ok(CustomerFacts::of(known, today()).unwrap())
}

/// The book at the end of the story.
pub async fn book_of(store: &dyn Store, owner: &OwnerId) -> Result<Vec<BookEntry>, StoreError> {
    let Known { sources, customers, .. } = store.book(owner, today()).await?;
    Ok(customers.into_iter().map(|kept| BookEntry::of(kept, &sources, today())).collect())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}
