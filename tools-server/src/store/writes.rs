//! How a write begins and ends: its nonce spent first, carried out once however often it is sent, and nothing kept beyond
//! the owner's share.

use contracts::OwnerId;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    StoreError, Write, quota,
    relational::SqlStore,
    rows::AnswerRow,
    sql,
    statement::{Runs, Statement},
    transaction::Transaction,
    values::{rows, unreadable},
};

/// A write that has begun.
pub(super) enum Begun<DB: Runs, T> {
    /// It is carried out now.
    First(Transaction<DB>),
    /// It was carried out before, and answered this.
    Again(T),
}

impl<DB: Runs> SqlStore<DB> {
    /// Begins a transaction, with this statement before any other, that acts for the owner.
    pub(super) async fn act_for(
        &self,
        owner: &OwnerId,
        first: Option<&'static str>,
    ) -> Result<Transaction<DB>, sqlx::Error> {
        let begin = async |silence| self.transaction(Some(self.seats.write().await), silence).await;
        let mut tx = self.losses.retry(begin).await?;
        if let Some(first) = first {
            DB::run(&mut tx, first).await?;
        }
        self.name_owner(&mut tx, owner).await?;
        Ok(tx)
    }

    async fn name_owner(&self, tx: &mut Transaction<DB>, owner: &OwnerId) -> Result<(), sqlx::Error> {
        let Some(name_owner) = DB::NAME_OWNER else { return Ok(()) };
        self.query(name_owner).bind(owner.as_str()).execute(tx).await.map(drop)
    }

    /// Spends a write's nonce in a transaction of its own, so that it stays spent whatever becomes of the write, and begins
    /// the write's; ends that again where the write was carried out before.
    pub(super) async fn begin<T: DeserializeOwned>(&self, write: &Write) -> Result<Begun<DB, T>, StoreError> {
        let begin = async |silence| self.transaction(Some(self.seats.write().await), silence).await;
        let mut tx = self.losses.retry(begin).await?;
        let spend =
            self.query(DB::SPEND_NONCE).bind(write.owner.as_str()).bind(write.nonce.as_str()).bind(write.nonce_expires);
        if spend.execute(&mut tx).await? == 0 {
            return Err(StoreError::Replayed);
        }
        let mut tx = tx.commit_and_begin().await?;
        self.name_owner(&mut tx, &write.owner).await?;
        let Some(once) = &write.once else { return Ok(Begun::First(tx)) };
        let begin = self.query(sql::BEGIN_ONCE).bind(write.owner.as_str()).bind(once.key.as_str());
        let begin = begin.bind(once.request.as_str()).bind(once.expires);
        // Where another transaction is at the same write, this waits for its end.
        if begin.execute(&mut tx).await? > 0 {
            return Ok(Begun::First(tx));
        }
        let first = self.query_as::<AnswerRow>(sql::FIRST_ANSWER).bind(write.owner.as_str()).bind(once.key.as_str());
        let first = first.fetch_one(&mut tx).await?;
        tx.commit().await?;
        if first.request != once.request {
            return Err(StoreError::OtherRequest);
        }
        Ok(Begun::Again(first.into_answer().map_err(unreadable)?))
    }

    /// Ends the transaction of a write that brings no rows, with its answer. What has expired goes last, so that its locks are held for a moment only.
    pub(super) async fn commit_less<T: Serialize>(
        &self,
        mut tx: Transaction<DB>,
        write: &Write,
        answer: T,
    ) -> Result<T, StoreError> {
        if let Some(once) = &write.once {
            let end = self.query(sql::END_ONCE).bind(write.owner.as_str()).bind(once.key.as_str());
            end.bind(rows(&answer)).execute(&mut tx).await?;
            self.query(sql::FORGET_ONCE).bind(write.now).execute(&mut tx).await?;
        }
        self.query(sql::FORGET_NONCES).bind(write.now).execute(&mut tx).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// Ends a write's transaction with its answer, unless its owner would have too many rows.
    pub(super) async fn commit<T: Serialize>(
        &self,
        mut tx: Transaction<DB>,
        write: &Write,
        answer: T,
    ) -> Result<T, StoreError> {
        if let Some(most) = self.quota.to_check(&write.owner) {
            let count = quota::count(self.owned(&mut tx).await?.keys(), most);
            let count = Statement::<DB, (i64,)>::made(count);
            let (rows,) = count.bind(write.owner.as_str()).fetch_one(&mut tx).await?;
            if !self.quota.allows(&write.owner, rows.unsigned_abs()) {
                return Err(StoreError::TooManyRows(most));
            }
        }
        self.commit_less(tx, write, answer).await
    }

    /// Runs a write of one statement; `Err` where it changed nothing.
    pub(super) async fn write_one(
        &self,
        write: &Write,
        query: Statement<DB>,
        unchanged: impl FnOnce() -> StoreError + Send,
    ) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        if query.execute(&mut tx).await? == 0 {
            return Err(unchanged());
        }
        self.commit(tx, write, ()).await
    }
}
