//! Databases of one test each, on the server that `TEST_DATABASE_URL` names.
#![allow(dead_code, reason = "each test file uses a part")]

use secrecy::SecretString;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tools_server::store::{PostgresStore, Store, StoreError};

pub struct TemporaryDatabase {
    server: String,
    name: String,
}

impl TemporaryDatabase {
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    pub async fn create() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            eprintln!("skipped: TEST_DATABASE_URL is not set");
            return None;
        };
        let name = format!("test_{:032x}", rand::random::<u128>());
        let database = Self { server, name };
        database.run(format!("CREATE DATABASE {}", database.name)).await;
        Some(database)
    }

    async fn run(&self, statement: String) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        connection.execute(AssertSqlSafe(statement)).await.unwrap();
    }

    fn url(&self) -> SecretString {
        let (server, _) = self.server.rsplit_once('/').unwrap();
        format!("{server}/{}", self.name).into()
    }

    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.store().migrate().await
    }

    pub fn store(&self) -> PostgresStore {
        PostgresStore::open(&self.url()).unwrap()
    }

    pub async fn drop(self) {
        self.run(format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}
