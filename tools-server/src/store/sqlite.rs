//! SQLite: the embedded default, one file in the user's data directory.

use std::{fs::OpenOptions, io, path::Path, time::Duration};

use async_trait::async_trait;
use backon::{ConstantBuilder, Retryable};
use sqlx::{
    Executor, Pool, Sqlite, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::time::timeout;

use super::{StoreError, dialect::Dialect, errors, lost::Losses, relational::SqlStore, sql};

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/sqlite");

/// How long a write waits for another one, of this program or of a second copy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// So many rows are read before whoever asked for them has taken them, a few more than most statements have: where there is
/// no room for another, the two threads mostly wake each other.
const ROWS_AHEAD: usize = 4_000;
/// The pages of 4 KiB that are written beside the database before they are put into it. That waits for the disk several
/// times; with the 4 MiB that SQLite starts from, a large write would do so at each of its batches.
const CHECKPOINT_AFTER: &str = "16384";
/// How long a migration waits its turn: that of another copy may take longer than a write.
const MIGRATION_TIMEOUT: Duration = Duration::from_secs(30);
/// Where two copies make a fresh file ready at once, each would wait for the other to stop reading: SQLite tells one of them
/// at once that the file is locked.
const TRIES: ConstantBuilder = ConstantBuilder::new().with_delay(Duration::from_millis(100)).without_max_times();
/// How much of the database a connection keeps in memory, in KiB; a minus sign says that to SQLite. With the 2 MiB it starts
/// from, a large import reads and writes the same pages over and over.
const CACHE: &str = "-32768";
/// SQLite has one writer at a time; a few readers beside it are plenty for one person.
const MAX_CONNECTIONS: u32 = 5;

/// A store in one SQLite file.
pub type SqliteStore = SqlStore<Sqlite>;

/// The database file cannot be opened for writing.
#[derive(Debug, thiserror::Error)]
#[error("the database {path} cannot be opened ({source}); check that its folder may be written and has room")]
pub struct CannotOpen {
    path: String,
    source: io::Error,
}

impl SqliteStore {
    /// Opens the store in the file `path`, which is made, with its folder, where it is not there. Connects when it is
    /// first used.
    pub fn open(path: &Path) -> Result<Self, CannotOpen> {
        make(OpenOptions::new().create(true).append(true), path)
            .map_err(|source| CannotOpen { path: path.display().to_string(), source })?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .row_buffer_size(ROWS_AHEAD)
            .pragma("wal_autocheckpoint", CHECKPOINT_AFTER)
            .pragma("cache_size", CACHE);
        // Without a lifetime and an idle limit the pool needs no timer: an idle program never wakes.
        let pool = SqlitePoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(BUSY_TIMEOUT)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_lazy_with(options);
        Ok(Self::new(pool, Losses::default(), true))
    }
}

impl SqliteStore {
    /// Copies the database, as it is now, into the new file `to`, also while it is served.
    pub async fn back_up(&self, to: &Path) -> Result<(), BackupError> {
        // SQLite takes an empty file for a new one; made here, it is for its owner's eyes only.
        make(OpenOptions::new().create_new(true).write(true), to)?;
        let file = to.to_str().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
        let mut connection = self.pool.acquire().await.map_err(StoreError::from)?;
        self.query("VACUUM INTO $1").bind(file).execute(&mut connection).await.map_err(StoreError::from)?;
        Ok(())
    }
}

/// The database could not be copied.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file of the copy cannot be made.
    #[error("the file of the backup cannot be made")]
    File(#[from] io::Error),
    /// The database could not be read or the copy not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the file for its owner's eyes only; SQLite gives the files beside it the same mode.
fn make(options: &mut OpenOptions, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path).map(drop)
}

#[async_trait]
impl Dialect for Sqlite {
    const BACKEND: &'static str = "sqlite";
    // A transaction that reads first and then writes would fail, not wait, where another one wrote in between.
    const BEGIN: &'static str = "BEGIN IMMEDIATE";
    const COMMIT_AND_BEGIN: &'static str = "COMMIT; BEGIN IMMEDIATE";
    const SPEND_NONCE: &'static str = sql::SPEND_NONCE;
    const NAME_OWNER: Option<&'static str> = None;
    const LIST_TABLES: &'static str = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    const LIST_UNUSABLE: &'static str =
        "SELECT key FROM jsonb_each($1) WHERE key NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')";

    const LIST_OWNED_COLUMNS: &'static str = "
        SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) o WHERE o.name = 'owner_user_id')
        ORDER BY t.name, c.cid";
    // Its transactions always do.
    const OF_ONE_MOMENT: Option<&'static str> = None;

    // Another would only wait, and keep a connection from those who read.
    fn writers(_: u32) -> u32 {
        1
    }

    fn migrator() -> &'static Migrator {
        &MIGRATOR
    }

    async fn migrate(pool: &Pool<Self>) -> Result<(), sqlx::Error> {
        // One transaction around all of it, so that a second process waits and then finds the work done.
        let migrate = async || {
            let mut tx = pool.begin_with(Self::BEGIN).await?;
            MIGRATOR.run_direct(None, &mut *tx, false).await?;
            tx.commit().await
        };
        let migrated = migrate.retry(TRIES).when(errors::is_passing);
        timeout(MIGRATION_TIMEOUT, migrated).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    async fn run(connection: &mut SqliteConnection, statement: &'static str) -> Result<(), sqlx::Error> {
        connection.execute(statement).await.map(drop)
    }

    fn row_as_json(columns: &[String]) -> String {
        let pairs: Vec<_> = columns.iter().map(|column| format!("'{}', {column}", column.trim_matches('"'))).collect();
        format!("json_object({})", pairs.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use sqlx::AssertSqlSafe;

    use super::*;

    /// Of a customer with ten thousand rows that would be a hundred million comparisons.
    #[tokio::test]
    async fn no_read_looks_through_the_rows_of_a_customer_again_for_each_of_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = SqliteStore::open(&folder.path().join("book.db")).expect("a store");
        <Sqlite as Dialect>::migrate(&store.pool).await.expect("a schema");
        for text in [sql::ROWS, sql::ROWS_OF_MANY, sql::ENTRIES, sql::ENTRIES_OF_MANY, sql::PAST_OF_MANY] {
            let plan = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}"));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(plan).fetch_all(&store.pool).await.expect("a plan");
            let steps: Vec<_> = plan.into_iter().map(|(.., step)| step).collect();
            assert!(steps.len() > 10 && !steps.iter().any(|step| step.contains("CORRELATED")), "{steps:#?}");
        }
        store.pool.close().await;
    }
}
