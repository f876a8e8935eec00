//! All that is kept of one owner: handed out, and removed. Which tables have rows of owners is asked of the database itself,
//! so that a new one cannot be forgotten.

use std::{collections::BTreeMap, io};

use async_trait::async_trait;
use contracts::OwnerId;
use futures::TryStreamExt;

use super::{
    SqlStore, StoreError,
    columns::Changed,
    dialect::identifier,
    statement::{Runs, Statement},
    transaction::Transaction,
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
impl<DB: Runs> OwnerStore for SqlStore<DB> {
    async fn erase(&self, owner: &OwnerId) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut tx = self.act_for(owner, None).await?;
        let tables = self.owned(&mut tx).await?;
        let mut had = BTreeMap::new();
        for table in tables.keys() {
            let count = format!("SELECT COUNT(*) FROM {} WHERE owner_user_id = $1", identifier(table));
            let count = Statement::<DB, (i64,)>::made(count).bind(owner.as_str());
            let (count,) = count.fetch_one(&mut tx).await?;
            had.insert(table.clone(), count.unsigned_abs());
        }
        // After an import that is under way; its rows go, too.
        self.take_book(&mut tx, owner, Changed::Nobody).await?;
        for table in tables.keys() {
            let delete = format!("DELETE FROM {} WHERE owner_user_id = $1", identifier(table));
            let delete = Statement::<DB>::made(delete).bind(owner.as_str());
            delete.execute(&mut tx).await?;
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
            let read = Statement::<DB, (String,)>::made(read).bind(owner.as_str());
            let mut rows = read.fetch(&mut tx);
            while let Some((row,)) = rows.try_next().await.map_err(StoreError::from)? {
                take(&table, &row)?;
            }
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(())
    }
}

impl<DB: Runs> SqlStore<DB> {
    /// The tables that have rows of owners, and the columns of each.
    pub(super) async fn owned(&self, tx: &mut Transaction<DB>) -> Result<BTreeMap<String, Vec<String>>, sqlx::Error> {
        let found = self.query_as::<(String, String)>(DB::LIST_OWNED_COLUMNS).fetch_all(tx).await?;
        let mut tables = BTreeMap::<_, Vec<_>>::new();
        for (table, column) in found {
            tables.entry(table).or_default().push(column);
        }
        Ok(tables)
    }
}
