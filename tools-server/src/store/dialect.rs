//! What the two databases do differently, and what a statement takes from both.

use async_trait::async_trait;
use sqlx::{Database, Encode, FromRow, Pool, Type, database::HasStatementCache, migrate::Migrator};

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
    /// How many rows a statement changed.
    fn rows_affected(result: &Self::QueryResult) -> u64;
    /// An expression for a row of the table `t` with these columns: the text of a JSON object.
    fn row_as_json(columns: &[String]) -> String;
}

/// A value that `DB` takes as a parameter.
pub trait Bind<DB: Database>: for<'q> Encode<'q, DB> + Type<DB> {}
impl<DB: Database, T: for<'q> Encode<'q, DB> + Type<DB>> Bind<DB> for T {}

/// A row that `DB` answers with.
pub trait Read<DB: Database>: for<'r> FromRow<'r, DB::Row> + Send + Unpin {}
impl<DB: Database, T: for<'r> FromRow<'r, DB::Row> + Send + Unpin> Read<DB> for T {}

/// A name as SQL has it.
pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
