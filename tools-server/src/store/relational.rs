//! [`Store`] on any database that sqlx speaks to and that takes the statements of [`sql`].

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    CustomerId, ImportId, OwnerId,
    book::CustomerRecord,
    db::DbHealth,
    delivery::{Delivery, DeliveryReport, Piece},
    history::{Message, NewMessage},
};
use futures::TryStreamExt;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sqlx::{
    Connection, Database, Encode, Executor, FromRow, IntoArguments, Pool, Type,
    database::HasStatementCache,
    migrate::Migrator,
    query::{Query, QueryAs},
    types::Json,
};
use tokio::time::timeout;

use super::{
    Connections, Known, Store, StoreError, Write,
    activity::DoneRow,
    assembly::PartRow,
    errors,
    lost::Losses,
    quota::Quota,
    reading::keys,
    rows::{AnswerRow, EvalResultRow, EvalRow, MessageRow, StateRow},
    seats::{Seat, Seats},
    sql,
    transaction::{Loan, PATIENCE, Transaction, heard},
    writes::Begun,
    writing::Edit,
};

use crate::order::Listing;

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

/// How long a probe waits for the database; probes' own patience is a few seconds.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

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

/// Rows of a bulk statement: one JSON object keyed by customer id, written once.
pub(super) type Rows = Json<Box<RawValue>>;

pub(super) fn rows(of: &impl Serialize) -> Rows {
    Json(to_raw_value(of).expect("records are plain data with text for keys"))
}

/// Rows under any keys: their own say what they belong to.
pub(super) fn numbered<T: Serialize>(items: impl IntoIterator<Item = T>) -> Rows {
    rows(&items.into_iter().enumerate().collect::<BTreeMap<_, _>>())
}

/// A stored value that the program cannot have written.
pub(super) type Unreadable = Box<dyn std::error::Error + Send + Sync>;

pub(super) fn unreadable(error: Unreadable) -> StoreError {
    StoreError::Broken(sqlx::Error::Decode(error))
}

/// A value that `DB` takes as a parameter.
pub trait Bind<DB: Database>: for<'q> Encode<'q, DB> + Type<DB> {}
impl<DB: Database, T: for<'q> Encode<'q, DB> + Type<DB>> Bind<DB> for T {}

/// A row that `DB` answers with.
pub trait Read<DB: Database>: for<'r> FromRow<'r, DB::Row> + Send + Unpin {}
impl<DB: Database, T: for<'r> FromRow<'r, DB::Row> + Send + Unpin> Read<DB> for T {}

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
        let seats = Seats::of(pool.options().get_max_connections());
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
    async fn lend(&self, seat: Option<Seat>) -> Result<Loan<DB>, sqlx::Error> {
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

#[async_trait]
impl<DB> Store for SqlStore<DB>
where
    DB: Dialect<Arguments: IntoArguments<DB>>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    bool: Bind<DB>,
    i64: Bind<DB>,
    NaiveDate: Bind<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    PartRow: Read<DB>,
    DoneRow: Read<DB>,
    MessageRow: Read<DB>,
    AnswerRow: Read<DB>,
    EvalRow: Read<DB>,
    EvalResultRow: Read<DB>,
    StateRow: Read<DB>,
    (String,): Read<DB>,
    (i64,): Read<DB>,
    (String, String): Read<DB>,
    (String, NaiveDate): Read<DB>,
    (String, String, String): Read<DB>,
    (Option<i64>,): Read<DB>,
    (Option<NaiveDate>,): Read<DB>,
{
    async fn rows(&self, owner: &OwnerId, customer: &CustomerId, as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_rows(owner, customer, as_of).await
    }

    async fn book(&self, owner: &OwnerId, as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_book(owner, as_of).await
    }

    async fn entries(&self, owner: &OwnerId, customers: &[CustomerId], as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_some(owner, customers, as_of).await
    }

    async fn rows_of(&self, owner: &OwnerId, customers: &[CustomerId], as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_many(owner, &keys(customers), as_of).await
    }

    async fn customers(&self, owner: &OwnerId, after: Option<&CustomerId>, limit: u32) -> Result<Listing, StoreError> {
        self.list(owner, after, limit).await
    }

    async fn revision(&self, owner: &OwnerId) -> Result<u64, StoreError> {
        let found = self.read(|| self.query_as::<(i64,)>(sql::REVISION).bind(owner.as_str())).await?;
        let revision = found.first().map_or(Ok(0), |&(revision,)| u64::try_from(revision));
        revision.map_err(|error| unreadable(error.into()))
    }

    async fn page(
        &self,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
        as_of: NaiveDate,
    ) -> Result<(Known, Option<CustomerId>), StoreError> {
        self.read_page(owner, after, limit, as_of).await
    }

    async fn create_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        self.write_customer(write, customer, Edit::Add).await
    }

    async fn update_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        self.write_customer(write, customer, Edit::Replace).await
    }

    async fn delete_customer(&self, write: &Write, customer: &CustomerId) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let delete = self.query(sql::DELETE_CUSTOMER).bind(write.owner.as_str()).bind(customer.as_str());
        if DB::rows_affected(&delete.execute(&mut *tx).await?) == 0 {
            return Err(StoreError::UnknownCustomer(customer.clone()));
        }
        self.take_book(&mut tx, &write.owner, 1).await?;
        self.commit_less(tx, write, ()).await
    }

    async fn put_piece(&self, write: &Write, import: &ImportId, number: u32, piece: &Piece) -> Result<(), StoreError> {
        self.keep_piece(write, import, number, piece).await
    }

    async fn deliver(
        &self,
        write: &Write,
        import: &ImportId,
        delivery: &Delivery,
    ) -> Result<DeliveryReport, StoreError> {
        self.carry_out(write, import, delivery).await
    }

    async fn seed_demo(&self, write: &Write) -> Result<u32, StoreError> {
        self.add_demo(write).await
    }

    async fn remove_demo(&self, write: &Write) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let deleted = self.query(sql::DELETE_DEMO).bind(write.owner.as_str()).execute(&mut *tx).await?;
        let deleted = u32::try_from(DB::rows_affected(&deleted)).unwrap_or(u32::MAX);
        self.take_book(&mut tx, &write.owner, i64::from(deleted > 0)).await?;
        self.commit_less(tx, write, deleted).await
    }

    async fn record(&self, write: &Write, message: &NewMessage) -> Result<(), StoreError> {
        let customer = &message.result.customer_id;
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let insert = self.query(sql::RECORD).bind(write.owner.as_str()).bind(message.run_id.as_str());
        let insert = insert.bind(customer.as_str()).bind(write.now).bind(rows(&message.result));
        let inserted = insert.execute(&mut *tx).await.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                StoreError::UnknownCustomer(customer.clone())
            }
            _ => error.into(),
        })?;
        if DB::rows_affected(&inserted) == 0 {
            return Err(StoreError::RunExists(message.run_id.clone()));
        }
        self.commit(tx, write, ()).await
    }

    async fn record_many(&self, write: &Write, messages: &[NewMessage]) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let runs: BTreeMap<_, _> = messages.iter().map(|message| (&message.run_id, message)).collect();
        let insert = self.query(sql::RECORD_MANY).bind(write.owner.as_str()).bind(write.now).bind(rows(&runs));
        let new = DB::rows_affected(&insert.execute(&mut *tx).await?);
        self.commit(tx, write, u32::try_from(new).unwrap_or(u32::MAX)).await
    }

    async fn history(&self, owner: &OwnerId, customer: &CustomerId, limit: u32) -> Result<Vec<Message>, StoreError> {
        let query = || self.query_as::<MessageRow>(sql::HISTORY).bind(owner.as_str()).bind(customer.as_str());
        let rows = self.read(|| query().bind(i64::from(limit))).await?;
        rows.into_iter().map(|row| row.into_message().map_err(unreadable)).collect()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let answer = async |_| {
            let mut loan = self.lend(None).await?;
            heard(PATIENCE, DB::run(&mut loan, "SELECT 1")).await?;
            loan.give_back();
            Ok(())
        };
        timeout(PING_TIMEOUT, self.losses.retry(answer)).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        Ok(())
    }

    async fn health(&self) -> DbHealth {
        let found = self.read(|| self.query_as::<(String,)>(DB::LIST_TABLES)).await;
        let connected = found.is_ok();
        let found: BTreeSet<String> = found.unwrap_or_default().into_iter().map(|(name,)| name).collect();
        let version = self.read(|| self.query_as::<(Option<i64>,)>(sql::SCHEMA_VERSION));
        let (tables, missing_tables) =
            sql::TABLES.into_iter().map(str::to_owned).partition(|table| found.contains(table));
        DbHealth {
            backend: DB::BACKEND.to_owned(),
            connected,
            schema_version: if connected { version.await.ok().and_then(|mut rows| rows.pop()?.0) } else { None },
            expected_version: DB::migrator().iter().map(|migration| migration.version).max().unwrap_or_default(),
            tables,
            missing_tables,
        }
    }

    fn connections(&self) -> Connections {
        Connections {
            open: self.pool.size(),
            idle: u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX),
            limit: self.pool.options().get_max_connections(),
        }
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        Ok(DB::migrate(&self.pool).await?)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}
