//! Where a database server is.

use secrecy::SecretString;

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
