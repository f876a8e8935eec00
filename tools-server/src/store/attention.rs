//! What became of items of attention, in the store: a part of [`Store`](super::Store) of its own.

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    ItemId, OwnerId,
    attention::{MAX_STATES, NewState, State},
};

use super::{
    SqlStore, StoreError, Write,
    rows::StateRow,
    sql,
    statement::Runs,
    values::{rows, unreadable},
    writes::Begun,
};

/// What became of every owner's items.
#[async_trait]
pub trait AttentionStore {
    /// Keeps what becomes of an item, in place of what became of it before; of an open one nothing is kept. What the user
    /// promised is closed and opened with its item.
    async fn set_item(&self, write: &Write, item: &ItemId, state: &NewState) -> Result<(), StoreError>;
    /// Forgets what became of these items, as if nothing had ever been said of them.
    async fn forget_items(&self, owner: &OwnerId, items: &[ItemId]) -> Result<(), StoreError>;
    /// What became of the owner's items; those of which nothing was said are open.
    async fn item_states(&self, owner: &OwnerId) -> Result<BTreeMap<ItemId, State>, StoreError>;
}

#[async_trait]
impl<DB: Runs> AttentionStore for SqlStore<DB> {
    async fn set_item(&self, write: &Write, item: &ItemId, new: &NewState) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let statement = |text| self.query(text).bind(write.owner.as_str()).bind(item.as_str());
        if new.state == State::Open {
            statement(sql::FORGET_ITEM).execute(&mut tx).await?;
        } else {
            let customer = new.customer_id.as_ref().map_or("", |id| id.as_str());
            let keep = statement(sql::SET_ITEM).bind(customer).bind(write.now).bind(rows(&new.state));
            let kept = keep.execute(&mut tx).await?;
            if let Some(unknown) = new.customer_id.clone().filter(|_| kept == 0) {
                return Err(StoreError::UnknownCustomer(unknown));
            }
            let count = self.query_as::<(i64,)>(sql::COUNT_ITEMS).bind(write.owner.as_str());
            let (states,) = count.bind(i64::from(MAX_STATES) + 1).fetch_one(&mut tx).await?;
            if states > i64::from(MAX_STATES) {
                return Err(StoreError::TooManyItems(MAX_STATES));
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

    async fn forget_items(&self, owner: &OwnerId, items: &[ItemId]) -> Result<(), StoreError> {
        let mut tx = self.act_for(owner, None).await?;
        for item in items {
            self.query(sql::FORGET_ITEM).bind(owner.as_str()).bind(item.as_str()).execute(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn item_states(&self, owner: &OwnerId) -> Result<BTreeMap<ItemId, State>, StoreError> {
        let found = self.read(|| self.query_as::<StateRow>(sql::ITEM_STATES).bind(owner.as_str())).await?;
        found.into_iter().map(|row| row.into_state().map_err(unreadable)).collect()
    }
}
