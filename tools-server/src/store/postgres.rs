//! PostgreSQL, also behind a pooler such as PgBouncer or Neon's.

use std::{net::IpAddr, str::FromStr, time::Duration};

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    Connection, Pool, Postgres,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions, PgQueryResult, PgSslMode},
};

use super::relational::{Dialect, SqlStore};

static MIGRATOR: Migrator = sqlx::migrate!("../migrations/postgres");

const MAX_CONNECTIONS: u32 = 10;
/// Long enough for a database that sleeps to wake up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// Under the five minutes after which a database that scales to zero drops its connections.
const IDLE_TIMEOUT: Duration = Duration::from_secs(240);
const MAX_LIFETIME: Duration = Duration::from_secs(30 * 60);
/// A connection that rested longer than this is tried before it is used; a busy one costs no extra round trip.
const TRUSTED_REST: Duration = Duration::from_secs(10);

/// A store on a PostgreSQL server.
pub type PostgresStore = SqlStore<Postgres>;

/// A database URL that cannot be used. Never shows the URL, which holds a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// Not a URL of PostgreSQL.
    #[error("the database URL is not one of PostgreSQL, such as postgres://user:password@host/database")]
    Malformed,
    /// Migrations need the server itself.
    #[error("migrations cannot run through a pooler: use the direct database URL, whose host has no `-pooler`")]
    Pooler,
}

impl PostgresStore {
    /// A store that connects when it is first used, made inside a tokio runtime. Every host but this machine must prove
    /// its name with a certificate.
    pub fn open(url: &SecretString) -> Result<Self, InvalidDatabaseUrl> {
        Ok(Self::new(pool(MAX_CONNECTIONS).connect_lazy_with(connect_options(url)?)))
    }

    /// A store of one connection, for migrations, made inside a tokio runtime; refuses a pooler.
    pub fn open_direct(url: &SecretString) -> Result<Self, InvalidDatabaseUrl> {
        let options = connect_options(url)?;
        let endpoint = options.get_host().split('.').next().unwrap_or_default();
        if endpoint.ends_with("-pooler") {
            return Err(InvalidDatabaseUrl::Pooler);
        }
        Ok(Self::new(pool(1).connect_lazy_with(options)))
    }
}

fn pool(max_connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(IDLE_TIMEOUT)
        .max_lifetime(MAX_LIFETIME)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move { Ok(meta.idle_for < TRUSTED_REST || connection.ping().await.is_ok()) })
        })
}

fn connect_options(url: &SecretString) -> Result<PgConnectOptions, InvalidDatabaseUrl> {
    let url = without_channel_binding(url.expose_secret());
    let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(&url).ok().filter(|_| is_postgres).ok_or(InvalidDatabaseUrl::Malformed)?;
    // Strict poolers refuse this start-up parameter; numbers travel in binary form and do not need it.
    let options = options.extra_float_digits(None);
    // Weaker modes accept any certificate, even `require`.
    Ok(if is_local(&options) { options } else { options.ssl_mode(PgSslMode::VerifyFull) })
}

fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let loopback = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    loopback || host == "localhost" || options.get_socket().is_some()
}

/// The URL without `channel_binding`, which sqlx does not know.
fn without_channel_binding(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("channel_binding=")).collect();
    if kept.len() < query.split('&').count() {
        tracing::info!("channel_binding in the database URL is left out: the driver does not support it");
    }
    format!("{base}?{}", kept.join("&"))
}

#[async_trait]
impl Dialect for Postgres {
    const BACKEND: &'static str = "postgres";
    const BEGIN: &'static str = "BEGIN";
    const LIST_TABLES: &'static str =
        "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = current_schema()";
    // Behind a pooler the next statement may meet another server connection, which never prepared it.
    const KEEPS_STATEMENTS: bool = false;

    fn migrator() -> &'static Migrator {
        &MIGRATOR
    }

    async fn migrate(pool: &Pool<Self>) -> Result<(), sqlx::Error> {
        // The migrator holds an advisory lock of its own.
        Ok(MIGRATOR.run(pool).await?)
    }

    fn rows_affected(result: &PgQueryResult) -> u64 {
        result.rows_affected()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(url: &str) -> Result<PgConnectOptions, InvalidDatabaseUrl> {
        connect_options(&url.into())
    }

    #[test]
    fn another_machine_must_prove_its_name_whatever_the_url_says() {
        let modes = [
            ("postgres://u:p@db.example.com/d", true),
            ("postgres://u:p@db.example.com/d?sslmode=disable", true),
            ("postgresql://u:p@db.example.com/d?sslmode=require&channel_binding=require", true),
            ("postgres://u:p@10.0.0.7/d", true),
            ("postgres://u:p@localhost.example.com/d", true),
            ("postgres://u:p@127.0.0.1:5433/d", false),
            ("postgres://u:p@localhost/d", false),
            ("postgres://u:p@[::1]/d", false),
        ];
        for (url, verified) in modes {
            let options = options(url).expect("a PostgreSQL URL");
            assert_eq!(matches!(options.get_ssl_mode(), PgSslMode::VerifyFull), verified, "{url}");
        }
    }

    #[test]
    fn channel_binding_is_left_out_and_nothing_else() {
        let url = "postgres://u@h/d?sslmode=require&channel_binding=require&application_name=x";
        assert_eq!(without_channel_binding(url), "postgres://u@h/d?sslmode=require&application_name=x");
    }

    #[test]
    fn what_is_no_url_is_refused_without_repeating_it() {
        for url in ["", "secret", "mysql://u:secret@h/d", "postgres://u:secret@h:port/d"] {
            let error = options(url).expect_err("not a PostgreSQL URL");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[tokio::test]
    async fn migrations_refuse_a_pooler() {
        let refused = PostgresStore::open_direct(&"postgres://u:p@ep-cool-1-pooler.eu.neon.tech/d".into());
        assert!(matches!(refused, Err(InvalidDatabaseUrl::Pooler)));
        assert!(PostgresStore::open_direct(&"postgres://u:p@ep-cool-1.eu.neon.tech/d".into()).is_ok());
    }
}
