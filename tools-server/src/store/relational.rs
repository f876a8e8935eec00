//! A store on any database that sqlx speaks to: its connections, and how rows are read.

use std::{pin::pin, time::Duration};

use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use sqlx::{
    Connection, Database, Encode, Executor, IntoArguments, Pool, Type,
    query::{Query, QueryAs},
};
use tokio::time::timeout;

use super::{
    StoreError,
    dialect::{Bind, Dialect, Read},
    errors,
    lost::Losses,
    quota::Quota,
    rows::AnswerRow,
    seats::{Seat, Seats},
    transaction::{Loan, PATIENCE, Transaction, heard},
    values::{Rows, Unreadable},
};

/// A store on one database.
#[derive(Debug, Clone)]
pub struct SqlStore<DB: Database> {
    pub(super) pool: Pool<DB>,
    pub(super) losses: Losses,
    pub(super) seats: Seats,
    pub(super) quota: Quota,
    /// Whether a connection keeps its prepared statements: not behind a pooler.
    keeps_statements: bool,
}

impl<DB> SqlStore<DB>
where
    DB: Dialect<Arguments: IntoArguments<DB>>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    AnswerRow: Read<DB>,
{
    pub(super) fn new(pool: Pool<DB>, losses: Losses, keeps_statements: bool) -> Self {
        let connections = pool.options().get_max_connections();
        let seats = Seats::of(connections, DB::writers(connections));
        Self { pool, losses, seats, quota: Quota::default(), keeps_statements }
    }

    /// The same store, which keeps at most `rows` rows of each owner.
    #[must_use]
    pub fn with_quota(self, rows: u64) -> Self {
        Self { quota: Quota::of(rows), ..self }
    }

    pub(super) fn query(&self, text: &'static str) -> Query<'static, DB, DB::Arguments> {
        sqlx::query(text).persistent(self.keeps_statements)
    }

    pub(super) fn query_as<'q, R: Read<DB>>(&self, text: &'static str) -> QueryAs<'q, DB, R, DB::Arguments> {
        sqlx::query_as(text).persistent(self.keeps_statements)
    }

    /// A connection, which whoever has it gives back or leaves to be closed.
    pub(super) async fn lend(&self, seat: Option<Seat>) -> Result<Loan<DB>, sqlx::Error> {
        let mut acquired = pin!(self.pool.acquire());
        let connection = match timeout(PATIENCE, &mut acquired).await {
            Ok(connection) => connection?,
            Err(_) => {
                self.losses.say_waiting();
                acquired.await?
            }
        };
        Ok(Loan::new(connection, seat))
    }

    pub(super) async fn transaction(&self, seat: Seat, silence: Duration) -> Result<Transaction<DB>, sqlx::Error> {
        Transaction::begin(self.lend(Some(seat)).await?, silence).await
    }

    /// Reads rows, again where the connection was lost.
    pub(super) async fn read<'q, R: Read<DB> + 'q>(
        &self,
        query: impl Fn() -> QueryAs<'q, DB, R, DB::Arguments> + Sync,
    ) -> Result<Vec<R>, sqlx::Error> {
        let push = |rows: &mut Vec<R>, row| {
            rows.push(row);
            Ok(())
        };
        self.losses.retry(async |silence| self.fold_once(&query, push, silence).await).await
    }

    /// Reads rows and makes something of them one by one, again where the connection was lost.
    pub(super) async fn fold<'q, R: Read<DB> + 'q, T: Default + Send>(
        &self,
        query: impl Fn() -> QueryAs<'q, DB, R, DB::Arguments> + Sync,
        add: impl Fn(&mut T, R) -> Result<(), Unreadable> + Sync,
    ) -> Result<T, StoreError> {
        let add = |made: &mut T, row| add(made, row).map_err(sqlx::Error::Decode);
        Ok(self.losses.retry(async |silence| self.fold_once(&query, add, silence).await).await?)
    }

    /// A statement is prepared in one round trip and run in the next. Where a pooler may serve each of them with another
    /// server process, which would know no such statement or, worse, somebody else's, a transaction holds them together.
    async fn fold_once<'q, R: Read<DB> + 'q, T: Default>(
        &self,
        query: impl Fn() -> QueryAs<'q, DB, R, DB::Arguments>,
        add: impl Fn(&mut T, R) -> Result<(), sqlx::Error>,
        silence: Duration,
    ) -> Result<T, sqlx::Error> {
        let seat = self.seats.read().await;
        if self.keeps_statements {
            let mut loan = self.lend(Some(seat)).await?;
            let mut made = folded(query(), &mut *loan, &add, silence).await;
            if made.as_ref().is_err_and(errors::is_outdated) {
                loan.clear_cached_statements().await?;
                made = folded(query(), &mut *loan, &add, silence).await;
            }
            let made = made?;
            loan.give_back();
            return Ok(made);
        }
        let mut tx = self.transaction(seat, silence).await?;
        let made = folded(query(), &mut *tx, &add, silence).await?;
        tx.commit().await?;
        Ok(made)
    }
}

/// Reads rows, each of which comes within `silence` of the one before, and makes something of them.
async fn folded<'c, 'q: 'c, DB: Database, R: Read<DB> + 'c, T: Default>(
    query: QueryAs<'q, DB, R, DB::Arguments>,
    connection: impl Executor<'c, Database = DB> + 'c,
    add: impl Fn(&mut T, R) -> Result<(), sqlx::Error>,
    silence: Duration,
) -> Result<T, sqlx::Error>
where
    DB::Arguments: IntoArguments<DB> + 'c,
{
    let mut found = query.fetch(connection);
    let mut made = T::default();
    while let Some(row) = heard(silence, found.try_next()).await? {
        add(&mut made, row)?;
    }
    Ok(made)
}
