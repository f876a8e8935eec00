//! PostgreSQL, also behind a pooler such as PgBouncer or Neon's.

mod address;
mod migration;
mod pool;
mod role;

use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use sqlx::{Executor, PgConnection, Pool, Postgres, migrate::Migrator};

use super::{dialect::Dialect, lost::Losses, relational::SqlStore, sql};
use crate::store::Pooled;

pub use address::InvalidDatabaseUrl;
pub use migration::{Migration, MigrationError};
pub use role::UnfitRole;

/// Longer than any statement of ours that answers a person takes to begin its answer.
const SILENCE: Duration = Duration::from_secs(2);

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/postgres");

/// A store on a PostgreSQL server.
pub type PostgresStore = SqlStore<Postgres>;

impl PostgresStore {
    /// A store that connects when it is first used, made inside a tokio runtime. Every host but this machine must prove
    /// its name with a certificate.
    pub fn open(url: &SecretString, pooled: Pooled) -> Result<Self, InvalidDatabaseUrl> {
        let options = address::connect_options(url)?;
        let pooled = match pooled {
            Pooled::Auto => address::looks_pooled(&options),
            Pooled::On => true,
            Pooled::Off => false,
        };
        // Behind a pooler the next statement may meet another server connection, which never prepared it.
        let losses = Losses::over_a_wire(SILENCE);
        Ok(Self::new(pool::options(losses.clone()).connect_lazy_with(options), losses, !pooled))
    }
}

#[async_trait]
impl Dialect for Postgres {
    const BACKEND: &'static str = "postgres";
    const BEGIN: &'static str = "BEGIN";
    const COMMIT_AND_BEGIN: &'static str = "COMMIT; BEGIN";
    const SPEND_NONCE: &'static str = sql::SPEND_NONCE_AS_OWNER;
    const NAME_OWNER: Option<&'static str> = Some(sql::NAME_OWNER);
    const LIST_TABLES: &'static str =
        "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()";
    const LIST_UNUSABLE: &'static str = "
        SELECT key FROM jsonb_each($1) WHERE NOT COALESCE(
            has_table_privilege(to_regclass(key), 'SELECT') AND has_table_privilege(to_regclass(key), 'INSERT')
            AND has_table_privilege(to_regclass(key), 'UPDATE') AND has_table_privilege(to_regclass(key), 'DELETE'), false)";

    // In the catalogue itself: the information schema leaves out what the role may not use.
    const LIST_OWNED_COLUMNS: &'static str = "
        SELECT CAST(t.relname AS TEXT), CAST(c.attname AS TEXT)
        FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid
        WHERE t.relkind IN ('r', 'p') AND t.relnamespace = CAST(current_schema() AS regnamespace)
            AND c.attnum > 0 AND NOT c.attisdropped
            AND EXISTS (SELECT 1 FROM pg_attribute o WHERE o.attrelid = t.oid AND o.attname = 'owner_user_id')
        ORDER BY t.relname, c.attnum";
    const OF_ONE_MOMENT: Option<&'static str> = Some("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");

    fn writers(connections: u32) -> u32 {
        connections * 2 / 3
    }

    fn migrator() -> &'static Migrator {
        &MIGRATOR
    }

    async fn migrate(pool: &Pool<Self>) -> Result<(), sqlx::Error> {
        // The migrator holds an advisory lock of its own.
        Ok(MIGRATOR.run(pool).await?)
    }

    async fn run(connection: &mut PgConnection, statement: &'static str) -> Result<(), sqlx::Error> {
        connection.execute(statement).await.map(drop)
    }

    fn row_as_json(_: &[String]) -> String {
        "CAST(to_jsonb(t) AS TEXT)".to_owned()
    }
}
