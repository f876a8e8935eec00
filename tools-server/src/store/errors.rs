//! What a database's error means for whoever asked.

use sqlx::{Error, error::DatabaseError};

use super::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match kind(&error) {
            Kind::Passing => Self::Unavailable(error),
            Kind::DiskFull => Self::DiskFull(error),
            Kind::ReadOnly => Self::ReadOnly(error),
            Kind::Unfit => Self::Unfit(error.into()),
            Kind::Other => Self::Broken(error),
        }
    }
}

enum Kind {
    /// Trying again later can help.
    Passing,
    DiskFull,
    ReadOnly,
    /// Nothing helps but whoever runs the server.
    Unfit,
    Other,
}

fn kind(error: &Error) -> Kind {
    match error {
        Error::Database(error) => database_kind(error.as_ref()),
        Error::Migrate(error) => match error.as_ref() {
            sqlx::migrate::MigrateError::Execute(error) | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => {
                kind(error)
            }
            _ => Kind::Other,
        },
        Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => Kind::Passing,
        _ => Kind::Other,
    }
}

/// Whether trying again later can help.
pub(super) fn is_passing(error: &Error) -> bool {
    matches!(kind(error), Kind::Passing)
}

fn database_kind(error: &dyn DatabaseError) -> Kind {
    let code = error.code().unwrap_or_default();
    // SQLite's codes are numbers, whose low byte is the primary one; PostgreSQL's have five characters.
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        let code = code.parse::<u32>().unwrap_or_default();
        return match code & 0xff {
            _ if code == SQLITE_IOERR_SHMSIZE => Kind::DiskFull,
            SQLITE_BUSY | SQLITE_LOCKED | SQLITE_IOERR | SQLITE_PROTOCOL => Kind::Passing,
            SQLITE_FULL => Kind::DiskFull,
            SQLITE_READONLY | SQLITE_CANTOPEN | SQLITE_PERM => Kind::ReadOnly,
            _ => Kind::Other,
        };
    }
    match code.as_ref() {
        "53100" => Kind::DiskFull,
        "25006" => Kind::ReadOnly,
        // Connection trouble, out of resources, cancelled, shutting down or starting up, and a clash with another
        // transaction; a lock that was not to be had, and a transaction that rested for too long.
        code if ["08", "53", "57", "40"].iter().any(|class| code.starts_with(class)) => Kind::Passing,
        "55P03" | "25P03" => Kind::Passing,
        CHANGED_RESULT => Kind::Passing,
        // A foreign key can only fail where a customer was deleted meanwhile.
        "23503" => Kind::Passing,
        // The role may not connect or not use a table; there is no such database, schema, table or column.
        code if code.starts_with("28") => Kind::Unfit,
        "42501" | "3D000" | "3F000" | "42P01" | "42703" => Kind::Unfit,
        _ => Kind::Other,
    }
}

/// Whether a prepared statement has grown old, because the type of a column it reads was changed.
pub(super) fn is_outdated(error: &Error) -> bool {
    matches!(error, Error::Database(error) if error.code().is_some_and(|code| code == CHANGED_RESULT))
}

/// No statement of ours asks PostgreSQL for a feature that it lacks, but for one: "cached plan must not change result type".
const CHANGED_RESULT: &str = "0A000";

const SQLITE_PERM: u32 = 3;
const SQLITE_BUSY: u32 = 5;
const SQLITE_LOCKED: u32 = 6;
const SQLITE_READONLY: u32 = 8;
const SQLITE_IOERR: u32 = 10;
const SQLITE_FULL: u32 = 13;
const SQLITE_CANTOPEN: u32 = 14;
/// Others were at the file again and again when it was to be locked.
const SQLITE_PROTOCOL: u32 = 15;
/// There is no room for the file that the connections share, which even reading needs.
const SQLITE_IOERR_SHMSIZE: u32 = SQLITE_IOERR | (19 << 8);
