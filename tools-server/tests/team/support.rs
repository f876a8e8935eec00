//! Writes and customers for these tests.

use chrono::{NaiveDate, Utc};
use contracts::{CustomerId, OwnerId, book::CustomerRecord};
use domain::case::Case;
use secrecy::SecretString;
use tools_server::{
    book::{self, Entry},
    store::{Store, StoreError, Write},
};

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

/// A customer at the end of the story.
pub async fn case_of(store: &dyn Store, owner: &OwnerId, customer: &CustomerId) -> Result<Case, StoreError> {
    let known = store.rows(owner, customer, today()).await?;
    Ok(book::entries(known, today()).remove(0).case)
}

/// The book at the end of the story.
pub async fn book_of(store: &dyn Store, owner: &OwnerId) -> Result<Vec<Entry>, StoreError> {
    Ok(book::entries(store.book(owner, today()).await?, today()))
}

/// A customer as a user writes it.
pub fn record_of(case: &Case) -> CustomerRecord {
    let fields = case.fields.any().cloned().unwrap_or_default();
    let (id, name) = (case.id.clone(), case.name.clone());
    CustomerRecord { id, name, industry: fields.industry, segment: fields.segment, contact: fields.contact }
}

fn today() -> NaiveDate {
    Utc::now().date_naive()
}
