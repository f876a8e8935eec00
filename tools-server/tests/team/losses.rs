//! Connections that the server closes, as at a restart, a failover or when it goes to sleep.

use std::{
    io,
    sync::{Arc, Mutex},
};

use futures::future::join_all;
use sqlx::{AssertSqlSafe, Executor};
use tokio::net::TcpListener;
use tools_server::store::{Pooled, PostgresStore, Store, StoreError};

use crate::{
    database::{APP_ROLE, TemporaryDatabase, secret},
    support::{behind_the_pooler, case_of, customer, owner, record_of, write},
};

const CALLERS: usize = 20;

/// Fills the pool, closes every connection on the server's side, and calls again.
async fn nobody_notices(database: &TemporaryDatabase, store: &PostgresStore) {
    let reader = owner("reader");
    let record = customer("x");
    store.create_customer(&write("reader"), &record).await.unwrap();
    let read = || join_all((0..CALLERS).map(|_| case_of(store, &reader, &record.id)));
    let mut server = TemporaryDatabase::connect(&database.owner_url()).await;
    for _ in 0..3 {
        for facts in read().await {
            assert_eq!(record_of(&facts.unwrap()), record);
        }
        let close = format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
             WHERE datname = current_database() AND usename = '{APP_ROLE}'"
        );
        let closed = server.fetch_all(AssertSqlSafe(close)).await.unwrap();
        assert!(!closed.is_empty(), "there were connections to close");
        // A write that meets a closed connection has not begun yet.
        store.update_customer(&write("reader"), &record).await.unwrap();
        for facts in read().await {
            assert_eq!(record_of(&facts.unwrap()), record);
        }
    }
    store.delete_customer(&write("reader"), &record.id).await.unwrap();
    store.close().await;
}

#[tokio::test]
async fn calls_ride_out_closed_connections() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    nobody_notices(&database, &database.store()).await;
    database.drop().await;
}

#[tokio::test]
async fn calls_ride_out_connections_that_are_closed_behind_the_pooler() {
    let Some((database, url)) = behind_the_pooler().await else { return };
    nobody_notices(&database, &PostgresStore::open(&url, Pooled::On).unwrap()).await;
    database.drop().await;
}

/// What is logged in the meantime.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn that_the_database_is_waited_for_is_said_once_however_many_wait() {
    let log = Log::default();
    let writer = log.clone();
    let logging = tracing_subscriber::fmt().with_env_filter("warn").with_writer(move || writer.clone()).finish();
    let _logging = tracing::subscriber::set_default(logging);
    let going_away = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = going_away.local_addr().unwrap();
    tokio::spawn(async move { while going_away.accept().await.is_ok() {} });
    let url = format!("postgres://nobody:x@{address}/nothing?sslmode=disable").parse().unwrap();
    let store = PostgresStore::open(&secret(&url), Pooled::Off).unwrap();
    let (reader, record) = (owner("reader"), customer("x"));
    for answer in join_all((0..CALLERS).map(|_| case_of(&store, &reader, &record.id))).await {
        assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
    }
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(logged.matches("waiting for the database").count(), 1, "{logged}");
}
