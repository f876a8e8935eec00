//! What the two databases do differently.

use async_trait::async_trait;
use sqlx::{Database, Pool, database::HasStatementCache, migrate::Migrator};

/// What one database does differently from the other.
#[async_trait]
pub trait Dialect: Database + HasStatementCache {
    /// The name in `DbHealth`.
    const BACKEND: &'static str;
    /// How a transaction that writes begins.
    const BEGIN: &'static str;
    /// How it ends and the next one begins.
    const COMMIT_AND_BEGIN: &'static str;
    /// Spends a nonce: `$1` owner, `$2` nonce, `$3` when it may be forgotten. The first statement of every write.
    const SPEND_NONCE: &'static str;
    /// Names the owner of a transaction, `$1`, where the database asks for it.
    const NAME_OWNER: Option<&'static str>;
    /// Lists the tables that are there, as `name`.
    const LIST_TABLES: &'static str;
    /// Lists those of the tables that are keys of `$1` that are not there, or that the program may not use.
    const LIST_UNUSABLE: &'static str;

    /// Lists the columns, in their order, of the tables that have rows of owners: table and column.
    const LIST_OWNED_COLUMNS: &'static str;
    /// Makes a transaction read what there was at its beginning, where the database asks for it.
    const OF_ONE_MOMENT: Option<&'static str>;

    /// How many connections of so many may write at once.
    fn writers(connections: u32) -> u32;
    /// The migrations of this database.
    fn migrator() -> &'static Migrator;
    /// Applies them; safe where two processes do it at once.
    async fn migrate(pool: &Pool<Self>) -> Result<(), sqlx::Error>;
    /// Runs a statement without parameters that answers with no rows.
    async fn run(connection: &mut Self::Connection, statement: &'static str) -> Result<(), sqlx::Error>;
    /// An expression for a row of the table `t` with these columns: the text of a JSON object.
    fn row_as_json(columns: &[String]) -> String;
}

/// A name as SQL has it.
pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
