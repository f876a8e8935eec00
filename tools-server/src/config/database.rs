//! Where the rows are.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::ConfigError;
use crate::store::{Pooled, Postgres};

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
        let pooled = self.pooled.as_deref().map(pooled).transpose()?.unwrap_or_default();
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

/// Whether a pooler stands before the server, in the configuration's words.
fn pooled(word: &str) -> Result<Pooled, ConfigError> {
    match word {
        "auto" => Ok(Pooled::Auto),
        "on" => Ok(Pooled::On),
        "off" => Ok(Pooled::Off),
        _ => Err(ConfigError::new(format!("TOOLS_DATABASE_POOLED is {word:?}; it must be auto, on or off"))),
    }
}
