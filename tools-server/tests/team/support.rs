//! Writes and customers for these tests.

use chrono::Utc;
use contracts::{CustomerId, OwnerId, import::CustomerRecord};
use secrecy::SecretString;
use tools_server::store::Write;

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
