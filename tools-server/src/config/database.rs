//! Where the rows are.

use std::{path::PathBuf, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::ConfigError;

/// The `database` settings from one source.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseLayer {
    /// `sqlite:PATH` or `postgres://…`. Secret: it may hold a password.
    pub url: Option<SecretString>,
    /// The server's own address and the owner of the tables, for migrations; secret, too.
    pub direct_url: Option<SecretString>,
    /// `auto`, `on` or `off`.
    pub pooled: Option<String>,
}

impl DatabaseLayer {
    pub(super) fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            url: get("DATABASE_URL").map(Into::into),
            direct_url: get("DATABASE_DIRECT_URL").map(Into::into),
            pooled: get("TOOLS_DATABASE_POOLED"),
        }
    }

    pub(super) fn over(self, below: Self) -> Self {
        Self {
            url: self.url.or(below.url),
            direct_url: self.direct_url.or(below.direct_url),
            pooled: self.pooled.or(below.pooled),
        }
    }

    pub(super) fn database(&self) -> Result<Database, ConfigError> {
        let pooled = self.pooled.as_deref().map(str::parse).transpose()?.unwrap_or_default();
        let url = self.url.as_ref().ok_or_else(|| {
            ConfigError::new("no database is configured: set DATABASE_URL to sqlite:PATH or postgres://USER@HOST/NAME")
        })?;
        match url.expose_secret().strip_prefix("sqlite:") {
            Some("") => {
                Err(ConfigError::new("DATABASE_URL names no file: set it to sqlite:PATH, such as sqlite:book.db"))
            }
            Some(path) => Ok(Database::Sqlite(path.strip_prefix("//").unwrap_or(path).into())),
            None => Ok(Database::Postgres(Postgres { url: url.clone(), direct_url: self.direct_url.clone(), pooled })),
        }
    }
}

/// The kinds of database.
#[derive(Debug, Clone)]
pub enum Database {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(Postgres),
}

/// How a PostgreSQL server is reached.
#[derive(Debug, Clone, Default)]
pub struct Postgres {
    /// As the role that serves; may be a pooler's address.
    pub url: SecretString,
    /// As the role that owns the tables, at the server's own address.
    pub direct_url: Option<SecretString>,
    /// Whether `url` is a pooler's.
    pub pooled: Pooled,
}

/// Whether a pooler in transaction mode stands before the server. Without one every connection keeps its prepared
/// statements, and a read is one round trip. With one the next message may meet another server process, which knows no
/// such statement; so every read is a transaction that prepares its statement anew: four round trips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooled {
    /// Yes where the host's first label ends with `-pooler` or the port is 6432.
    #[default]
    Auto,
    /// Yes.
    On,
    /// No; or the pooler keeps track of prepared statements (PgBouncer 1.21, `max_prepared_statements`).
    Off,
}

impl FromStr for Pooled {
    type Err = ConfigError;

    fn from_str(word: &str) -> Result<Self, ConfigError> {
        match word {
            "auto" => Ok(Self::Auto),
            "on" => Ok(Self::On),
            "off" => Ok(Self::Off),
            _ => Err(ConfigError::new(format!("TOOLS_DATABASE_POOLED is {word:?}; it must be auto, on or off"))),
        }
    }
}
