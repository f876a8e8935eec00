//! All that is kept of one owner: handed out, and removed. Which tables have rows of owners is asked of the database itself,
//! so that a new one cannot be forgotten.

use std::{collections::BTreeMap, io};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::OwnerId;
use futures::TryStreamExt;
use sqlx::{AssertSqlSafe, Encode, Executor, IntoArguments, Type};

use super::{
    SqlStore, StoreError,
    columns::Changed,
    dialect::{Bind, Dialect, Read, identifier},
    rows::AnswerRow,
    transaction::Transaction,
    values::Rows,
};

/// Takes a row: its table, and the row as a JSON object.
pub type TakeRow<'a> = dyn FnMut(&str, &str) -> io::Result<()> + Send + 'a;

/// Why the rows of an owner could not be handed out.
#[derive(Debug, thiserror::Error)]
pub enum HandOutError {
    /// They could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// They could not be taken.
    #[error("a row could not be written")]
    Taken(#[from] io::Error),
}

/// The rows of an owner in all tables.
#[async_trait]
pub trait OwnerStore {
    /// Removes every row of the owner; answers how many there were in each table that had any.
    async fn erase(&self, owner: &OwnerId) -> Result<BTreeMap<String, u64>, StoreError>;
    /// Hands out every row of the owner, table by table, all of one moment.
    async fn hand_out(&self, owner: &OwnerId, take: &mut TakeRow<'_>) -> Result<(), HandOutError>;
}

#[async_trait]
impl<DB> OwnerStore for SqlStore<DB>
where
    DB: Dialect<Arguments: IntoArguments<DB>>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    bool: Bind<DB>,
    i64: Bind<DB>,
    NaiveDate: Bind<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    AnswerRow: Read<DB>,
    (i64,): Read<DB>,
    (String,): Read<DB>,
    (String, String): Read<DB>,
{
    async fn erase(&self, owner: &OwnerId) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut tx = self.act_for(owner, None).await?;
        let tables = self.owned(&mut tx).await?;
        let mut had = BTreeMap::new();
        for table in tables.keys() {
            let count = format!("SELECT COUNT(*) FROM {} WHERE owner_user_id = $1", identifier(table));
            let count = sqlx::query_as::<DB, (i64,)>(AssertSqlSafe(count)).persistent(false).bind(owner.as_str());
            let (count,) = count.fetch_one(&mut *tx).await?;
            had.insert(table.clone(), count.unsigned_abs());
        }
        // After an import that is under way; its rows go, too.
        self.take_book(&mut tx, owner, Changed::Nobody).await?;
        for table in tables.keys() {
            let delete = format!("DELETE FROM {} WHERE owner_user_id = $1", identifier(table));
            let delete = sqlx::query::<DB>(AssertSqlSafe(delete)).persistent(false).bind(owner.as_str());
            delete.execute(&mut *tx).await?;
        }
        tx.commit().await?;
        had.retain(|_, count| *count > 0);
        Ok(had)
    }

    async fn hand_out(&self, owner: &OwnerId, take: &mut TakeRow<'_>) -> Result<(), HandOutError> {
        let mut tx = self.act_for(owner, DB::OF_ONE_MOMENT).await.map_err(StoreError::from)?;
        for (table, columns) in self.owned(&mut tx).await.map_err(StoreError::from)? {
            let row = DB::row_as_json(&columns.iter().map(|column| identifier(column)).collect::<Vec<_>>());
            let read = format!("SELECT {row} FROM {} AS t WHERE owner_user_id = $1", identifier(&table));
            let read = sqlx::query_as::<DB, (String,)>(AssertSqlSafe(read)).persistent(false).bind(owner.as_str());
            let mut rows = read.fetch(&mut *tx);
            while let Some((row,)) = rows.try_next().await.map_err(StoreError::from)? {
                take(&table, &row)?;
            }
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(())
    }
}

impl<DB> SqlStore<DB>
where
    DB: Dialect<Arguments: IntoArguments<DB>>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    AnswerRow: Read<DB>,
    (String, String): Read<DB>,
{
    /// The tables that have rows of owners, and the columns of each.
    pub(super) async fn owned(&self, tx: &mut Transaction<DB>) -> Result<BTreeMap<String, Vec<String>>, sqlx::Error> {
        let found = self.query_as::<(String, String)>(DB::LIST_OWNED_COLUMNS).fetch_all(&mut **tx).await?;
        let mut tables = BTreeMap::<_, Vec<_>>::new();
        for (table, column) in found {
            tables.entry(table).or_default().push(column);
        }
        Ok(tables)
    }
}
