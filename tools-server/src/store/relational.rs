//! A store on any database that sqlx speaks to: its connections, and how rows are read.

use std::{pin::pin, time::Duration};

use futures::TryStreamExt;
use sqlx::{Connection, Database, Pool};
use tokio::time::timeout;

use super::{
    StoreError, errors,
    lost::Losses,
    quota::Quota,
    seats::{Seat, Seats},
    statement::{Gives, Runs, Statement},
    transaction::{Loan, PATIENCE, Transaction, heard},
    values::Unreadable,
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

impl<DB: Runs> SqlStore<DB> {
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

    /// A statement that changes rows.
    pub(super) fn query(&self, text: &'static str) -> Statement<DB> {
        Statement::new(text, self.keeps_statements)
    }

    /// A statement that answers with rows.
    pub(super) fn query_as<R>(&self, text: &'static str) -> Statement<DB, R> {
        Statement::new(text, self.keeps_statements)
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

    pub(super) async fn transaction(
        &self,
        seat: Option<Seat>,
        silence: Duration,
    ) -> Result<Transaction<DB>, sqlx::Error> {
        Transaction::begin(self.lend(seat).await?, silence).await
    }

    /// Reads rows, again where the connection was lost.
    pub(super) async fn read<R: Send>(
        &self,
        statement: impl Fn() -> Statement<DB, R> + Sync,
    ) -> Result<Vec<R>, sqlx::Error>
    where
        DB: Gives<R>,
    {
        let read = async |silence| self.fold_once(Some(self.seats.read().await), &statement, push, silence).await;
        self.losses.retry(read).await
    }

    /// Reads rows for a probe, which needs no seat.
    pub(super) async fn probe<R: Send>(
        &self,
        statement: impl Fn() -> Statement<DB, R> + Sync,
    ) -> Result<Vec<R>, sqlx::Error>
    where
        DB: Gives<R>,
    {
        self.losses.retry(async |_| self.fold_once(None, &statement, push, PATIENCE).await).await
    }

    /// Reads rows and makes something of them one by one, again where the connection was lost.
    pub(super) async fn fold<R: Send, T: Default + Send>(
        &self,
        statement: impl Fn() -> Statement<DB, R> + Sync,
        add: impl Fn(&mut T, R) -> Result<(), Unreadable> + Sync,
    ) -> Result<T, StoreError>
    where
        DB: Gives<R>,
    {
        let add = |made: &mut T, row| add(made, row).map_err(sqlx::Error::Decode);
        let fold = async |silence| self.fold_once(Some(self.seats.read().await), &statement, add, silence).await;
        Ok(self.losses.retry(fold).await?)
    }

    /// A statement is prepared in one round trip and run in the next. Where a pooler may serve each of them with another
    /// server process, which would know no such statement or, worse, somebody else's, a transaction holds them together.
    async fn fold_once<R: Send, T: Default>(
        &self,
        seat: Option<Seat>,
        statement: impl Fn() -> Statement<DB, R>,
        add: impl Fn(&mut T, R) -> Result<(), sqlx::Error>,
        silence: Duration,
    ) -> Result<T, sqlx::Error>
    where
        DB: Gives<R>,
    {
        if self.keeps_statements {
            let mut loan = self.lend(seat).await?;
            let mut made = folded(statement(), &mut loan, &add, silence).await;
            if made.as_ref().is_err_and(errors::is_outdated) {
                loan.clear_cached_statements().await?;
                made = folded(statement(), &mut loan, &add, silence).await;
            }
            let made = made?;
            loan.give_back();
            return Ok(made);
        }
        let mut tx = self.transaction(seat, silence).await?;
        let made = folded(statement(), &mut tx, &add, silence).await?;
        tx.commit().await?;
        Ok(made)
    }
}

fn push<R>(rows: &mut Vec<R>, row: R) -> Result<(), sqlx::Error> {
    rows.push(row);
    Ok(())
}

/// Reads rows, each of which comes within `silence` of the one before, and makes something of them.
async fn folded<DB: Runs + Gives<R>, R: Send, T: Default>(
    statement: Statement<DB, R>,
    connection: &mut DB::Connection,
    add: impl Fn(&mut T, R) -> Result<(), sqlx::Error>,
    silence: Duration,
) -> Result<T, sqlx::Error> {
    let mut found = statement.fetch(connection);
    let mut made = T::default();
    while let Some(row) = heard(silence, found.try_next()).await? {
        add(&mut made, row)?;
    }
    Ok(made)
}
