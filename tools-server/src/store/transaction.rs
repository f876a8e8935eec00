//! Connections on loan from the pool, and transactions on them.
//!
//! Whatever ends a request (its deadline, a caller who hangs up, the end of the process) drops its future at some `await`.
//! A connection that is dropped half used is closed; a transaction that is dropped is rolled back first, where the
//! server still answers. sqlx counts a transaction only once `BEGIN` was answered and would give one that was dropped
//! before back to the pool, open: here transactions are plain statements, and sqlx counts none.

use std::{
    io,
    ops::{Deref, DerefMut},
    time::Duration,
};

use sqlx::{Connection, Database, Error, pool::PoolConnection};
use tokio::time::timeout;

use super::{dialect::Dialect, seats::Seat};

/// How long a server may take for what costs it nothing: to say that it is there, and to roll back.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// What `work` answers; a lost connection where the server says nothing for `silence`.
pub(super) async fn heard<T>(silence: Duration, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    timeout(silence, work).await.unwrap_or_else(|_| Err(Error::Io(io::ErrorKind::TimedOut.into())))
}

/// A connection that is closed unless it is given back.
pub(super) struct Loan<DB: Database> {
    connection: Option<PoolConnection<DB>>,
    /// The right to it; probes need none.
    _seat: Option<Seat>,
}

impl<DB: Database> Loan<DB> {
    pub(super) fn new(connection: PoolConnection<DB>, seat: Option<Seat>) -> Self {
        Self { connection: Some(connection), _seat: seat }
    }

    /// Gives it back, with nothing under way. The pool asks whether it is well, for as long as it takes; here one that
    /// does not answer is closed.
    pub(super) fn give_back(mut self) {
        if let Some(mut connection) = self.connection.take() {
            tokio::spawn(timeout(PATIENCE, connection.return_to_pool()));
        }
    }
}

impl<DB: Database> Deref for Loan<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        self.connection.as_ref().expect("it is there until the loan ends")
    }
}

impl<DB: Database> DerefMut for Loan<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        self.connection.as_mut().expect("it is there until the loan ends")
    }
}

impl<DB: Database> Drop for Loan<DB> {
    fn drop(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.close_on_drop();
        }
    }
}

/// A transaction that always ends: committed, rolled back, or with its connection.
pub(super) struct Transaction<DB: Dialect>(Option<Loan<DB>>);

impl<DB: Dialect> Transaction<DB> {
    /// Begins one, where the server answers within `silence`.
    pub(super) async fn begin(mut loan: Loan<DB>, silence: Duration) -> Result<Self, Error> {
        heard(silence, DB::run(&mut loan, DB::BEGIN)).await?;
        Ok(Self(Some(loan)))
    }

    /// Commits.
    pub(super) async fn commit(mut self) -> Result<(), Error> {
        DB::run(&mut self, "COMMIT").await?;
        self.0.take().into_iter().for_each(Loan::give_back);
        Ok(())
    }

    /// Commits, and begins another one on the same connection.
    pub(super) async fn commit_and_begin(mut self) -> Result<Self, Error> {
        DB::run(&mut self, DB::COMMIT_AND_BEGIN).await?;
        Ok(self)
    }
}

impl<DB: Dialect> Deref for Transaction<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        self.0.as_ref().expect("it is there until the transaction ends")
    }
}

impl<DB: Dialect> DerefMut for Transaction<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        self.0.as_mut().expect("it is there until the transaction ends")
    }
}

impl<DB: Dialect> Drop for Transaction<DB> {
    fn drop(&mut self) {
        if let Some(mut loan) = self.0.take() {
            tokio::spawn(async move {
                // Its statements are prepared anew: an outdated one may be why it was not committed.
                let rolled_back = async {
                    DB::run(&mut loan, "ROLLBACK").await?;
                    loan.clear_cached_statements().await
                };
                if let Ok(Ok(())) = timeout(PATIENCE, rolled_back).await {
                    loan.give_back();
                }
            });
        }
    }
}
