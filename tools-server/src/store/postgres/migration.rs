//! `tools-server migrate` on PostgreSQL: on the server itself, as the role that owns the tables.

use std::time::Duration;

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, postgres::PgConnectOptions};

use super::{
    MIGRATOR,
    address::{self, InvalidDatabaseUrl},
    role::{self, UnfitRole},
};
use crate::store::{Postgres, lost::Losses};

/// Which server is migrated, and who may use its tables then.
#[derive(Debug)]
pub struct Migration {
    server: PgConnectOptions,
    /// The role that `tools-server serve` connects as, where it is not the one that owns the tables.
    app_role: Option<String>,
}

/// Why a migration did not end well, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// No URL of PostgreSQL.
    #[error("{0} cannot be used: {1}")]
    Url(&'static str, InvalidDatabaseUrl),
    /// A pooler would mix the migration's session with others'.
    #[error(
        "migrations cannot run through a pooler: set DATABASE_DIRECT_URL to the server's own address, \
         whose host has no `-pooler` and whose port is not PgBouncer's"
    )]
    Pooler,
    /// It took too long; the server has given up, too.
    #[error("the migration did not end within {} s, and changed nothing more; is another one running?", .0.as_secs())]
    TimedOut(Duration),
    /// The database refused.
    #[error("the migration failed")]
    Failed(#[from] sqlx::Error),
    /// The schema is in place; the role that serves is not.
    #[error("the schema is in place, but {0}")]
    Role(UnfitRole),
}

impl Migration {
    /// A migration on `direct_url`, or on `url` where there is no other.
    pub fn new(Postgres { url, direct_url, .. }: &Postgres) -> Result<Self, MigrationError> {
        let options = |name, url| address::connect_options(url).map_err(|error| MigrationError::Url(name, error));
        let app = options("DATABASE_URL", url)?;
        let server = match direct_url {
            Some(url) => options("DATABASE_DIRECT_URL", url)?,
            None => app.clone(),
        };
        if address::looks_pooled(&server) {
            return Err(MigrationError::Pooler);
        }
        let app_role = (app.get_username() != server.get_username()).then(|| app.get_username().to_owned());
        Ok(Self { server, app_role })
    }

    /// Brings the schema to this version and grants its tables to the role that serves. Safe where two run at once.
    pub async fn run(&self, timeout: Duration) -> Result<(), MigrationError> {
        let migrate = async {
            let mut connection = self.connect().await?;
            self.refuse_pooler(&mut connection).await?;
            // Without this a statement that waits for a lock would go on waiting, and hold up others, when we are gone.
            connection.execute(AssertSqlSafe(format!("SET statement_timeout = {}", timeout.as_millis()))).await?;
            MIGRATOR.run(&mut connection).await.map_err(sqlx::Error::from)?;
            if let Some(role) = &self.app_role
                && let Some(unfit) = role::grant(&mut connection, role).await?
            {
                return Err(MigrationError::Role(unfit));
            }
            Ok(connection.close().await?)
        };
        tokio::time::timeout(timeout, migrate).await.unwrap_or(Err(MigrationError::TimedOut(timeout)))
    }

    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        Losses::default().retry(|_| self.server.connect()).await
    }

    /// Two connections that are served by one process have a pooler before them, whatever its address looks like.
    async fn refuse_pooler(&self, first: &mut PgConnection) -> Result<(), MigrationError> {
        let mut second = self.connect().await?;
        if process(first).await? == process(&mut second).await? {
            return Err(MigrationError::Pooler);
        }
        Ok(second.close().await?)
    }
}

async fn process(connection: &mut PgConnection) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar("SELECT pg_backend_pid()").persistent(false).fetch_one(connection).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(url: &str, direct_url: Option<&str>) -> Result<Migration, MigrationError> {
        Migration::new(&Postgres { url: url.into(), direct_url: direct_url.map(Into::into), ..Postgres::default() })
    }

    #[test]
    fn a_pooler_is_refused_unless_the_direct_address_is_known() {
        let (pooled, direct) = ("postgres://app:p@ep-1-pooler.eu.neon.tech/d", "postgres://own:p@ep-1.eu.neon.tech/d");
        for (url, direct_url) in [(pooled, None), (direct, Some(pooled)), ("postgres://u:p@127.0.0.1:6432/d", None)] {
            assert!(matches!(new(url, direct_url), Err(MigrationError::Pooler)), "{url} {direct_url:?}");
        }
        assert_eq!(new(pooled, Some(direct)).expect("a direct address").app_role.as_deref(), Some("app"));
        assert_eq!(new(direct, None).expect("a direct address").app_role, None);
    }
}
