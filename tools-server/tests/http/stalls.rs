//! A database that says nothing for a while, or nothing more: no connection is left behind in a transaction, and nobody
//! waits for one that is dead.

use std::{sync::Arc, time::Duration};

use contracts::ErrorCode::Unavailable;
use futures::future::join_all;
use reqwest::{Method, Request};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use tools_server::store::{Pooled, PostgresStore};

use crate::{
    database::{APP_ROLE, TemporaryDatabase, secret},
    proxy::Proxy,
    support::{Options, Reply, Session, TestServer},
};

/// More than the pool has connections.
const CALLERS: usize = 24;
/// How soon requests succeed again where the peers of all connections are gone.
const RECOVERY: Duration = Duration::from_secs(5);
/// How long one look at the database may be repeated until it shows what it should.
const PATIENCE: Duration = Duration::from_secs(20);

/// Something between server and database that can be told to hold everything up.
enum Gate {
    Proxy(Proxy),
    /// PgBouncer's console, and which of its databases.
    Pooler(Box<PgConnection>, String),
}

impl Gate {
    async fn pause(&mut self) {
        match self {
            Self::Proxy(proxy) => proxy.pause(),
            Self::Pooler(console, database) => tell(console, format!("PAUSE {database}")).await,
        }
    }

    async fn resume(&mut self) {
        match self {
            Self::Proxy(proxy) => proxy.resume(),
            Self::Pooler(console, database) => tell(console, format!("RESUME {database}")).await,
        }
    }
}

async fn tell(console: &mut PgConnection, command: String) {
    console.execute(AssertSqlSafe(command)).await.unwrap();
}

/// A server on a database of its own, once directly and once through a pooler, each with the gate before it.
async fn worlds() -> Vec<(TemporaryDatabase, TestServer, Gate)> {
    let mut worlds = Vec::new();
    if let Some(database) = TemporaryDatabase::create().await {
        database.migrate().await.unwrap();
        let proxy = Proxy::before(&database.app_url()).await;
        let server = server(&proxy.url, Pooled::Off).await;
        worlds.push((database, server, Gate::Proxy(proxy)));
    }
    if let (Ok(pooler), Some(database)) = (std::env::var("TEST_PGBOUNCER_URL"), TemporaryDatabase::create().await) {
        database.migrate().await.unwrap();
        let url = database.app_url_through(&pooler);
        let server = server(&url, Pooled::On).await;
        let mut console = url.clone();
        console.set_path("pgbouncer");
        console.set_username("postgres").unwrap();
        let options: sqlx::postgres::PgConnectOptions = console.as_str().parse().unwrap();
        let console = PgConnection::connect_with(&options.extra_float_digits(None)).await.unwrap();
        let name = url.path().trim_start_matches('/').to_owned();
        worlds.push((database, server, Gate::Pooler(Box::new(console), name)));
    }
    worlds
}

async fn server(url: &reqwest::Url, pooled: Pooled) -> TestServer {
    let store = Arc::new(PostgresStore::open(&secret(url), pooled).unwrap());
    TestServer::on(store, Options::default()).await
}

fn create(server: &TestServer, session: &Session) -> Request {
    let id = format!("c-{:032x}", rand::random::<u128>());
    session.sign(Method::POST, server.url("/v1/customers"), json!({ "id": id, "name": id }).to_string())
}

fn read(server: &TestServer, session: &Session) -> Request {
    session.sign(Method::GET, server.url("/v1/revision"), "")
}

/// As many reads and writes at once as there are callers.
async fn calls(server: &TestServer, session: &Session) -> Vec<Reply> {
    let calls = (0..CALLERS).map(|caller| {
        let request = if caller % 2 == 0 { create(server, session) } else { read(server, session) };
        server.send(request)
    });
    join_all(calls).await
}

async fn all_are_served(server: &TestServer, session: &Session) {
    for reply in calls(server, session).await {
        reply.data();
    }
}

/// Waits until all are served. Until then the pooler may still be at its own logins; nothing is broken.
async fn all_are_served_again(server: &TestServer, session: &Session) {
    let served = async {
        while calls(server, session)
            .await
            .iter()
            .any(|reply| reply.status != 200 && !reply.failed(Unavailable).is_empty())
        {}
    };
    tokio::time::timeout(PATIENCE, served).await.expect("all are served again");
}

/// Waits until `count` of the server's connections are as `condition` says.
async fn connections(database: &TemporaryDatabase, condition: &str, enough: impl Fn(i64) -> bool) {
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    let count = format!(
        "SELECT COUNT(*) FROM pg_stat_activity
         WHERE datname = current_database() AND usename = '{APP_ROLE}' AND {condition}"
    );
    let reached = async { while !enough(owner.fetch_one(AssertSqlSafe(count.clone())).await.unwrap().get(0)) {} };
    tokio::time::timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("connections: {condition}"));
    owner.close().await.unwrap();
}

async fn none_is_left_in_a_transaction(database: &TemporaryDatabase) {
    connections(database, "state LIKE 'idle in transaction%'", |count| count == 0).await;
}

/// Sends requests and hangs up before their answers.
async fn hang_up(server: &TestServer, session: &Session) {
    let after = Duration::from_millis(200);
    join_all((0..CALLERS).map(|_| tokio::time::timeout(after, server.send(create(server, session))))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_pause_of_the_pooler_leaves_a_connection_in_a_transaction() {
    for (database, server, mut gate) in worlds().await {
        let session = server.session().await;
        all_are_served(&server, &session).await;
        for _ in 0..3 {
            gate.pause().await;
            hang_up(&server, &session).await;
            gate.resume().await;
            none_is_left_in_a_transaction(&database).await;
            all_are_served_again(&server, &session).await;
        }
        // Now nobody hangs up: the deadline ends them.
        gate.pause().await;
        for reply in calls(&server, &session).await {
            reply.failed(Unavailable);
        }
        gate.resume().await;
        none_is_left_in_a_transaction(&database).await;
        all_are_served_again(&server, &session).await;
        server.store.close().await;
        database.drop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn statements_that_the_server_cancels_leave_nothing_behind() {
    for (database, server, _gate) in worlds().await {
        let session = server.session().await;
        all_are_served(&server, &session).await;
        let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
        let mut lock = owner.begin().await.unwrap();
        lock.execute("LOCK TABLE companies, books IN ACCESS EXCLUSIVE MODE").await.unwrap();
        let cancel = async {
            connections(&database, "wait_event_type = 'Lock'", |count| count > 0).await;
            let mut other = TemporaryDatabase::connect(&database.owner_url()).await;
            let cancel = format!(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND usename = '{APP_ROLE}'"
            );
            // Those that waited for a connection come after those that had one.
            loop {
                other.execute(AssertSqlSafe(cancel.clone())).await.unwrap();
                tokio::task::yield_now().await;
            }
        };
        let replies = tokio::select! {
            replies = calls(&server, &session) => replies,
            () = cancel => unreachable!("it goes on until they have ended"),
        };
        for reply in replies {
            reply.failed(Unavailable);
        }
        lock.rollback().await.unwrap();
        none_is_left_in_a_transaction(&database).await;
        all_are_served(&server, &session).await;

        let limit = format!("ALTER ROLE {APP_ROLE} IN DATABASE {} SET statement_timeout = ", database.name());
        owner.execute(AssertSqlSafe(format!("{limit} '100ms'"))).await.unwrap();
        database.close_connections().await;
        let mut lock = owner.begin().await.unwrap();
        lock.execute("LOCK TABLE companies, books IN ACCESS EXCLUSIVE MODE").await.unwrap();
        for reply in calls(&server, &session).await {
            reply.failed(Unavailable);
        }
        lock.rollback().await.unwrap();
        none_is_left_in_a_transaction(&database).await;
        owner.execute(AssertSqlSafe(format!("{limit} DEFAULT"))).await.unwrap();
        // Connections that are open keep the limit, and writes of one owner wait for one another.
        all_are_served_again(&server, &session).await;
        server.store.close().await;
        database.drop().await;
    }
}

/// The peer of every connection is gone, and nothing says so: as at a failover, or where a firewall has forgotten them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_succeed_again_soon_where_every_peer_is_gone_without_a_word() {
    for pooled in [Pooled::Off, Pooled::On] {
        let Some(database) = TemporaryDatabase::create().await else { return };
        database.migrate().await.unwrap();
        let proxy = Proxy::before(&database.app_url()).await;
        let server = server(&proxy.url, pooled).await;
        let session = server.session().await;
        for _ in 0..3 {
            all_are_served(&server, &session).await;
            proxy.freeze();
            let served = tokio::time::timeout(RECOVERY, all_are_served(&server, &session)).await;
            served.unwrap_or_else(|_| panic!("nothing is served, {pooled:?}"));
        }
        // Those that are under way when it happens are lost, and hold nobody up.
        for _ in 0..3 {
            let _ = tokio::time::timeout(Duration::from_millis(5), calls(&server, &session)).await;
            proxy.freeze();
            let reads = async {
                for reply in join_all((0..CALLERS).map(|_| server.send(read(&server, &session)))).await {
                    reply.data();
                }
                server.plain(Method::GET, "/readyz").await.data();
            };
            tokio::time::timeout(RECOVERY, reads).await.unwrap_or_else(|_| panic!("nothing is read, {pooled:?}"));
        }
        database.drop().await;
    }
}

/// As the next release's migration does under running servers.
#[tokio::test]
async fn a_column_may_change_its_type_under_a_running_server() {
    let Some(database) = TemporaryDatabase::create().await else { return };
    database.migrate().await.unwrap();
    let server = TestServer::on(Arc::new(database.store()), Options::default()).await;
    let session = server.session().await;
    all_are_served(&server, &session).await;
    let mut owner = TemporaryDatabase::connect(&database.owner_url()).await;
    for name in ["VARCHAR(500)", "TEXT"] {
        owner.execute(AssertSqlSafe(format!("ALTER TABLE companies ALTER COLUMN name TYPE {name}"))).await.unwrap();
        for _ in 0..3 {
            all_are_served(&server, &session).await;
        }
    }
    server.store.close().await;
    database.drop().await;
}

/// SQLite itself ends the transaction then, before it says so. Here a trigger does that, as a full disk would.
#[tokio::test]
async fn a_disk_that_was_full_is_written_again_without_a_restart() {
    let server = TestServer::start().await;
    let session = server.session().await;
    let mut other = sqlx::SqliteConnection::connect(server.file().to_str().unwrap()).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON companies BEGIN SELECT RAISE(ROLLBACK, 'full'); END";
    other.execute(full).await.unwrap();
    for _ in 0..2 {
        let writes = (0..8).map(|_| server.send(create(&server, &session)));
        assert!(join_all(writes).await.iter().all(|reply| reply.status >= 500));
    }
    other.execute("DROP TRIGGER full").await.unwrap();
    let writes = (0..8).map(|_| server.send(create(&server, &session)));
    for reply in join_all(writes).await {
        reply.data();
    }
}
