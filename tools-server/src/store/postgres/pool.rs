//! The connections to a PostgreSQL server.

use std::time::Duration;

use sqlx::{Connection, postgres::PgPoolOptions};

use crate::store::{
    lost::Losses,
    transaction::{PATIENCE, heard},
};

const MAX_CONNECTIONS: u32 = 10;
/// Long enough for a database that sleeps to wake up. Until then the pool itself tries again where it is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Under the five minutes after which a database that scales to zero drops its connections.
const IDLE_TIMEOUT: Duration = Duration::from_secs(240);
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 60);
/// A connection that rested longer than this is tried before it is used; a busy one costs no extra round trip.
const TRUSTED_REST: Duration = Duration::from_secs(10);

/// A pool that uses no connection that is older than the last of `losses`: where one was lost, the others mostly are, and to
/// try them one by one would take longer than to connect again.
pub(super) fn options(losses: Losses) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(MAX_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        .test_before_acquire(false)
        .before_acquire(move |connection, meta| {
            let (trusted, doubted) = (meta.idle_for < TRUSTED_REST, !losses.none_in_the_last(meta.age));
            Box::pin(async move { Ok(!doubted && (trusted || heard(PATIENCE, connection.ping()).await.is_ok())) })
        })
}
