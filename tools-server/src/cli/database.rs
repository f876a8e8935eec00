//! The database, as the subcommands need it.

use std::{path::Path, sync::Arc, time::Duration};

use tools_server::{
    config::{ConfigError, Database, Layer},
    store::{InvalidDatabaseUrl, Migration, MigrationError, Postgres, PostgresStore, SqliteStore, Store},
};

use super::{Stop, failed};

/// The store.
pub(super) fn open(config: &Layer) -> Result<Arc<dyn Store>, Stop> {
    Ok(match config.database()? {
        Database::Sqlite(path) => Arc::new(sqlite(&path)?.with_quota(config.rows()?)),
        Database::Postgres(database) => Arc::new(postgres(&database)?.with_quota(config.rows()?)),
    })
}

/// The store, once it is certain that it may be served.
pub(super) async fn open_to_serve(config: &Layer) -> Result<Arc<dyn Store>, Stop> {
    let store = match config.database()? {
        Database::Sqlite(_) => open(config)?,
        Database::Postgres(database) => {
            let store = postgres(&database)?;
            match store.check_role().await {
                Ok(None) => Arc::new(store.with_quota(config.rows()?)),
                Ok(Some(unfit)) => return Err(Stop::Failed(unfit.to_string())),
                Err(error) => return Err(failed("reach the database", &error)),
            }
        }
    };
    let health = store.health().await;
    // A newer schema is fine: during an upgrade the database is migrated before the last old server stops.
    if health.connected && health.schema_version < Some(health.expected_version) {
        let message = "the database does not have this version's schema; run `tools-server migrate` first";
        return Err(Stop::Failed(message.to_owned()));
    }
    store.ping().await.map_err(|error| failed("use the database", &error))?;
    Ok(store)
}

/// Brings the database to this version's schema.
pub(super) async fn migrate(config: &Layer, timeout: Duration) -> Result<(), Stop> {
    match config.database()? {
        Database::Sqlite(_) => {
            let store = open(config)?;
            match tokio::time::timeout(timeout, store.migrate()).await {
                Ok(migrated) => migrated.map_err(|error| failed("migrate", &error))?,
                Err(_) => return Err(Stop::Failed(MigrationError::TimedOut(timeout).to_string())),
            }
            store.close().await;
        }
        Database::Postgres(database) => {
            let migration = Migration::new(&database).map_err(|error| ConfigError::new(error.to_string()))?;
            migration.run(timeout).await.map_err(|error| failed("migrate", &error))?;
        }
    }
    tracing::info!("the database has this version's schema");
    Ok(())
}

/// Copies a database of SQLite into a new file.
pub(super) async fn back_up(config: &Layer, to: &Path) -> Result<(), Stop> {
    let Database::Sqlite(path) = config.database()? else {
        let message = "DATABASE_URL is a PostgreSQL server's; copy its database with pg_dump, as docs/team.md shows";
        return Err(ConfigError::new(message).into());
    };
    let store = sqlite(&path)?;
    store.back_up(to).await.map_err(|error| failed("make the backup", &error))?;
    store.close().await;
    tracing::info!("the backup is complete");
    Ok(())
}

fn sqlite(path: &Path) -> Result<SqliteStore, Stop> {
    SqliteStore::open(path).map_err(|error| Stop::Failed(error.to_string()))
}

fn postgres(Postgres { url, pooled, .. }: &Postgres) -> Result<PostgresStore, ConfigError> {
    PostgresStore::open(url, *pooled)
        .map_err(|error: InvalidDatabaseUrl| ConfigError::new(format!("DATABASE_URL cannot be used: {error}")))
}
