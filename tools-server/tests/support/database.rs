//! Databases of one test each, on the server that `TEST_DATABASE_URL` names, as a team runs them: one role owns the
//! tables, another one serves.
#![allow(dead_code, reason = "each test file uses a part")]

use std::time::Duration;

use reqwest::Url;
use secrecy::SecretString;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tools_server::store::{Migration, MigrationError, Pooled, Postgres, PostgresStore};

/// The role that serves in tests; PgBouncer's list of users has it, too.
pub const APP_ROLE: &str = "tools_app";

/// A database that goes with [`TemporaryDatabase::drop`].
pub struct TemporaryDatabase {
    server: Url,
    name: String,
}

impl TemporaryDatabase {
    /// A new database, or `None` and a line that says so where there is no server.
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    pub async fn create() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            eprintln!("skipped: TEST_DATABASE_URL is not set");
            return None;
        };
        Some(Self::on(&server).await)
    }

    /// A new database on `server`.
    pub async fn on(server: &str) -> Self {
        let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let name = format!("test_{}_{nanos}", std::process::id());
        let database = Self { server: server.parse().unwrap(), name };
        // Another test may make the role at the same time.
        let role = format!(
            "SELECT pg_advisory_lock(1);
             DO $$ BEGIN CREATE ROLE {APP_ROLE} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
             SELECT pg_advisory_unlock(1)"
        );
        database.run_on_server(role).await;
        database.run_on_server(format!("CREATE DATABASE {}", database.name)).await;
        database
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Closes the connections of the server's role, as a restart does.
    pub async fn close_connections(&self) {
        let close = format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
             WHERE datname = current_database() AND usename = '{APP_ROLE}'"
        );
        Self::connect(&self.owner_url()).await.execute(AssertSqlSafe(close)).await.unwrap();
    }

    /// Where the owner of the tables connects.
    pub fn owner_url(&self) -> Url {
        let mut url = self.server.clone();
        url.set_path(&self.name);
        url
    }

    /// Where the server's role connects.
    pub fn app_url(&self) -> Url {
        let mut url = self.owner_url();
        url.set_username(APP_ROLE).unwrap();
        url
    }

    /// The same through the pooler at `pooler`.
    pub fn app_url_through(&self, pooler: &str) -> Url {
        let mut url: Url = pooler.parse().unwrap();
        url.set_path(&self.name);
        url.set_username(APP_ROLE).unwrap();
        url
    }

    pub fn urls(&self) -> Postgres {
        Postgres { url: secret(&self.app_url()), direct_url: Some(secret(&self.owner_url())), pooled: Pooled::Off }
    }

    pub async fn migrate(&self) -> Result<(), MigrationError> {
        Migration::new(&self.urls()).unwrap().run(Duration::from_secs(30)).await
    }

    /// A store that connects as the server does.
    pub fn store(&self) -> PostgresStore {
        PostgresStore::open(&secret(&self.app_url()), Pooled::Off).unwrap()
    }

    /// One connection to `url`, for hand-written SQL.
    pub async fn connect(url: &Url) -> PgConnection {
        PgConnection::connect(url.as_str()).await.unwrap()
    }

    pub async fn drop(self) {
        self.run_on_server(format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }

    async fn run_on_server(&self, statement: String) {
        Self::connect(&self.server).await.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

pub fn secret(url: &Url) -> SecretString {
    url.as_str().into()
}
