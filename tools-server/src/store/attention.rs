//! What became of items of attention, in the store: a part of [`Store`](super::Store) of its own.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    ItemId, OwnerId,
    attention::{NewState, State},
};
use sqlx::{Encode, Executor, IntoArguments, Type};

use super::{
    SqlStore, StoreError, Write,
    activity::DoneRow,
    dialect::{Bind, Dialect, Read},
    rows::{AnswerRow, StateRow},
    sql,
    values::{Rows, rows, unreadable},
    writes::Begun,
};

/// What became of every owner's items.
#[async_trait]
pub trait AttentionStore {
    /// Keeps what becomes of an item, in place of what became of it before; of an open one nothing is kept. What the user
    /// promised is closed and opened with its item.
    async fn set_item(&self, write: &Write, item: &ItemId, state: &NewState) -> Result<(), StoreError>;
    /// What became of the owner's items; those of which nothing was said are open.
    async fn item_states(&self, owner: &OwnerId) -> Result<BTreeMap<ItemId, State>, StoreError>;
}

#[async_trait]
impl<DB> AttentionStore for SqlStore<DB>
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
    DoneRow: Read<DB>,
    StateRow: Read<DB>,
    (i64,): Read<DB>,
    (String, String): Read<DB>,
{
    async fn set_item(&self, write: &Write, item: &ItemId, new: &NewState) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let statement = |text| self.query(text).bind(write.owner.as_str()).bind(item.as_str());
        if new.state == State::Open {
            statement(sql::FORGET_ITEM).execute(&mut *tx).await?;
        } else {
            let customer = new.customer_id.as_ref().map_or("", |id| id.as_str());
            let keep = statement(sql::SET_ITEM).bind(customer).bind(write.now).bind(rows(&new.state));
            let kept = keep.execute(&mut *tx).await?;
            if let Some(unknown) = new.customer_id.clone().filter(|_| DB::rows_affected(&kept) == 0) {
                return Err(StoreError::UnknownCustomer(unknown));
            }
        }
        if let (Some(customer), Some(promised)) = (&new.customer_id, &new.promised) {
            let closed_on = match new.state {
                State::Done(day) => Some(day),
                State::Open | State::Snoozed(_) => None,
            };
            self.close_follow_up(&mut tx, &write.owner, (customer, promised), closed_on).await?;
        }
        self.commit(tx, write, ()).await
    }

    async fn item_states(&self, owner: &OwnerId) -> Result<BTreeMap<ItemId, State>, StoreError> {
        let found = self.read(|| self.query_as::<StateRow>(sql::ITEM_STATES).bind(owner.as_str())).await?;
        found.into_iter().map(|row| row.into_state().map_err(unreadable)).collect()
    }
}
