//! [`Store`] on any database that sqlx speaks to and that takes the statements of [`sql`].

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    CustomerId, OwnerId,
    db::DbHealth,
    history::{Message, NewMessage},
    import::{CustomerRecord, ImportReport, ImportRequest},
    tools::UsageReport,
};
use futures::TryStreamExt;
use serde::{Serialize, de::DeserializeOwned};
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
    BookEntry, Connections, CustomerFacts, SPARK_POINTS, Store, StoreError, Write, errors,
    lost::Losses,
    rows::{AnswerRow, BookRow, EvalResultRow, EvalRow, FactsRow, MessageRow},
    seats::{Seat, Seats},
    sql,
    transaction::{Loan, PATIENCE, Transaction, heard},
};
use crate::{
    demo,
    import::{self, Kept},
};

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

    /// The migrations of this database.
    fn migrator() -> &'static Migrator;
    /// Applies them; safe where two processes do it at once.
    async fn migrate(pool: &Pool<Self>) -> Result<(), sqlx::Error>;
    /// Runs a statement without parameters that answers with no rows.
    async fn run(connection: &mut Self::Connection, statement: &'static str) -> Result<(), sqlx::Error>;
    /// How many rows a statement changed.
    fn rows_affected(result: &Self::QueryResult) -> u64;
}

/// How long a probe waits for the database; probes' own patience is a few seconds.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

/// A store on one database.
#[derive(Debug, Clone)]
pub struct SqlStore<DB: Database> {
    pub(super) pool: Pool<DB>,
    losses: Losses,
    seats: Seats,
    /// Whether a connection keeps its prepared statements: not behind a pooler.
    keeps_statements: bool,
}

/// A write that has begun.
pub(super) enum Begun<DB: Dialect, T> {
    /// It is carried out now.
    First(Transaction<DB>),
    /// It was carried out before, and answered this.
    Again(T),
}

/// Rows of a bulk statement: one JSON object keyed by customer id, written once.
pub(super) type Rows = Json<Box<RawValue>>;

pub(super) fn rows(of: &impl Serialize) -> Rows {
    Json(to_raw_value(of).expect("records are plain data with text for keys"))
}

/// Usage with the values that the book shows.
#[derive(Serialize)]
struct UsageRow<'a> {
    #[serde(flatten)]
    report: &'a UsageReport,
    spark: Vec<f64>,
}

impl<'a> From<&'a UsageReport> for UsageRow<'a> {
    fn from(report: &'a UsageReport) -> Self {
        let newest = report.points.len().saturating_sub(SPARK_POINTS);
        Self { report, spark: report.points[newest..].iter().map(|point| point.value).collect() }
    }
}

pub(super) fn unreadable(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
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
    bool: Bind<DB>,
    i64: Bind<DB>,
    NaiveDate: Bind<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    FactsRow: Read<DB>,
    BookRow: Read<DB>,
    MessageRow: Read<DB>,
    AnswerRow: Read<DB>,
    (String,): Read<DB>,
    (i64,): Read<DB>,
    (Option<i64>,): Read<DB>,
{
    pub(super) fn new(pool: Pool<DB>, losses: Losses, keeps_statements: bool) -> Self {
        let seats = Seats::of(pool.options().get_max_connections());
        Self { pool, losses, seats, keeps_statements }
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

    async fn transaction(&self, seat: Seat, silence: Duration) -> Result<Transaction<DB>, sqlx::Error> {
        Transaction::begin(self.lend(Some(seat)).await?, silence).await
    }

    /// Reads rows, again where the connection was lost.
    ///
    /// A statement is prepared in one round trip and run in the next. Where a pooler may serve each of them with another
    /// server process, which would know no such statement or, worse, somebody else's, a transaction holds them together.
    pub(super) async fn read<'q, R: Read<DB> + 'q>(
        &self,
        query: impl Fn() -> QueryAs<'q, DB, R, DB::Arguments> + Sync,
    ) -> Result<Vec<R>, sqlx::Error> {
        let read = async |silence| {
            let seat = self.seats.read().await;
            if self.keeps_statements {
                let mut loan = self.lend(Some(seat)).await?;
                let mut rows = fetch(query(), &mut *loan, silence).await;
                if rows.as_ref().is_err_and(errors::is_outdated) {
                    loan.clear_cached_statements().await?;
                    rows = fetch(query(), &mut *loan, silence).await;
                }
                let rows = rows?;
                loan.give_back();
                return Ok(rows);
            }
            let mut tx = self.transaction(seat, silence).await?;
            let rows = fetch(query(), &mut *tx, silence).await?;
            tx.commit().await?;
            Ok(rows)
        };
        self.losses.retry(read).await
    }

    /// Spends a write's nonce in a transaction of its own, so that it stays spent whatever becomes of the write, and begins
    /// the write's; ends that again where the write was carried out before.
    pub(super) async fn begin<T: DeserializeOwned>(&self, write: &Write) -> Result<Begun<DB, T>, StoreError> {
        let begin = async |silence| self.transaction(self.seats.write().await, silence).await;
        let mut tx = self.losses.retry(begin).await?;
        let spend =
            self.query(DB::SPEND_NONCE).bind(write.owner.as_str()).bind(write.nonce.as_str()).bind(write.nonce_expires);
        if DB::rows_affected(&spend.execute(&mut *tx).await?) == 0 {
            return Err(StoreError::Replayed);
        }
        let mut tx = tx.commit_and_begin().await?;
        if let Some(name_owner) = DB::NAME_OWNER {
            self.query(name_owner).bind(write.owner.as_str()).execute(&mut *tx).await?;
        }
        let Some(once) = &write.once else { return Ok(Begun::First(tx)) };
        let begin = self.query(sql::BEGIN_ONCE).bind(write.owner.as_str()).bind(once.key.as_str());
        let begin = begin.bind(once.request.as_str()).bind(once.expires);
        // Where another transaction is at the same write, this waits for its end.
        if DB::rows_affected(&begin.execute(&mut *tx).await?) > 0 {
            return Ok(Begun::First(tx));
        }
        let first = self.query_as::<AnswerRow>(sql::FIRST_ANSWER).bind(write.owner.as_str()).bind(once.key.as_str());
        let first = first.fetch_one(&mut *tx).await?;
        tx.commit().await?;
        if first.request != once.request {
            return Err(StoreError::OtherRequest);
        }
        Ok(Begun::Again(first.into_answer().map_err(unreadable)?))
    }

    /// Ends a write's transaction with its answer. What has expired goes last, so that its locks are held for a moment
    /// only.
    pub(super) async fn commit<T: Serialize>(
        &self,
        mut tx: Transaction<DB>,
        write: &Write,
        answer: T,
    ) -> Result<T, StoreError> {
        if let Some(once) = &write.once {
            let end = self.query(sql::END_ONCE).bind(write.owner.as_str()).bind(once.key.as_str());
            end.bind(rows(&answer)).execute(&mut *tx).await?;
            self.query(sql::FORGET_ONCE).bind(write.now).execute(&mut *tx).await?;
        }
        self.query(sql::FORGET_NONCES).bind(write.now).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(answer)
    }

    /// Runs a write of one statement; `Err` where it changed nothing.
    pub(super) async fn write_one(
        &self,
        write: &Write,
        query: Query<'static, DB, DB::Arguments>,
        unchanged: impl FnOnce() -> StoreError + Send,
    ) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        if DB::rows_affected(&query.execute(&mut *tx).await?) == 0 {
            return Err(unchanged());
        }
        self.commit(tx, write, ()).await
    }

    /// A statement of [`sql`] that writes customers.
    fn customers(
        &self,
        text: &'static str,
        owner: &OwnerId,
        customers: &impl Serialize,
        demo: bool,
    ) -> Query<'static, DB, DB::Arguments> {
        self.query(text).bind(owner.as_str()).bind(rows(customers)).bind(demo)
    }

    /// What the store has of the customers that an import names.
    async fn kept(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        request: &ImportRequest,
    ) -> Result<BTreeMap<CustomerId, Kept>, StoreError> {
        let named: BTreeMap<_, ()> = import::customers_named(request).into_iter().map(|id| (id, ())).collect();
        let query = self.query_as::<FactsRow>(sql::FACTS_OF_MANY).bind(owner.as_str()).bind(rows(&named));
        let kept = query.fetch_all(&mut **tx).await?.into_iter().map(FactsRow::into_kept);
        kept.map(|kept| kept.map(|kept| (kept.facts.customer.id.clone(), kept)).map_err(unreadable)).collect()
    }

    /// Writes what an import changes: one statement a table.
    async fn apply(&self, write: &Write, request: &ImportRequest, demo: bool) -> Result<ImportReport, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let owner = &write.owner;
        let kept = self.kept(&mut tx, owner, request).await?;
        let changes = import::changes(request, &kept, demo).map_err(StoreError::UnknownCustomer)?;
        if !changes.customers.is_empty() {
            self.customers(sql::UPSERT_CUSTOMERS, owner, &changes.customers, demo).execute(&mut *tx).await?;
        }
        let usage: BTreeMap<_, _> = changes.usage.iter().map(|(id, report)| (id, UsageRow::from(report))).collect();
        let parts = [
            (sql::UPSERT_USAGE, usage.len(), rows(&usage)),
            (sql::UPSERT_TICKETS, changes.tickets.len(), rows(&changes.tickets)),
            (sql::UPSERT_CONTRACTS, changes.contracts.len(), rows(&changes.contracts)),
        ];
        for (text, count, rows) in parts {
            if count > 0 {
                let query = self.query(text).bind(owner.as_str()).bind(rows);
                query.bind(request.origin.as_str()).bind(request.as_of).execute(&mut *tx).await?;
            }
        }
        let (demo_customers,) =
            self.query_as::<(i64,)>(sql::COUNT_DEMO).bind(owner.as_str()).fetch_one(&mut *tx).await?;
        let demo_customers = u32::try_from(demo_customers).unwrap_or(u32::MAX);
        let report = ImportReport { demo_customers, ..changes.report };
        if request.dry_run {
            // A transaction that is not committed is rolled back.
            return Ok(report);
        }
        self.commit(tx, write, report).await
    }
}

/// Reads rows, each of which comes within `silence` of the one before.
async fn fetch<'c, 'q: 'c, DB: Database, R: Read<DB> + 'c>(
    query: QueryAs<'q, DB, R, DB::Arguments>,
    connection: impl Executor<'c, Database = DB> + 'c,
    silence: Duration,
) -> Result<Vec<R>, sqlx::Error>
where
    DB::Arguments: IntoArguments<DB> + 'c,
{
    let mut found = query.fetch(connection);
    let mut rows = Vec::new();
    while let Some(row) = heard(silence, found.try_next()).await? {
        rows.push(row);
    }
    Ok(rows)
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
    FactsRow: Read<DB>,
    BookRow: Read<DB>,
    MessageRow: Read<DB>,
    AnswerRow: Read<DB>,
    EvalRow: Read<DB>,
    EvalResultRow: Read<DB>,
    (String,): Read<DB>,
    (i64,): Read<DB>,
    (Option<i64>,): Read<DB>,
{
    async fn facts(&self, owner: &OwnerId, customer: &CustomerId) -> Result<CustomerFacts, StoreError> {
        let query = || self.query_as::<FactsRow>(sql::FACTS).bind(owner.as_str()).bind(customer.as_str());
        let row = self.read(query).await?.pop();
        let row = row.ok_or_else(|| StoreError::UnknownCustomer(customer.clone()))?;
        Ok(row.into_kept().map_err(unreadable)?.facts)
    }

    async fn book(&self, owner: &OwnerId) -> Result<Vec<BookEntry>, StoreError> {
        let rows = self.read(|| self.query_as::<BookRow>(sql::BOOK).bind(owner.as_str())).await?;
        rows.into_iter().map(|row| row.into_entry().map_err(unreadable)).collect()
    }

    async fn create_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        let rows = BTreeMap::from([(&customer.id, customer)]);
        let insert = self.customers(sql::INSERT_CUSTOMERS, &write.owner, &rows, false);
        self.write_one(write, insert, || StoreError::Exists(customer.id.clone())).await
    }

    async fn update_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        let rows = BTreeMap::from([(&customer.id, customer)]);
        let update = self.customers(sql::UPDATE_CUSTOMERS, &write.owner, &rows, false);
        self.write_one(write, update, || StoreError::UnknownCustomer(customer.id.clone())).await
    }

    async fn delete_customer(&self, write: &Write, customer: &CustomerId) -> Result<(), StoreError> {
        let delete = self.query(sql::DELETE_CUSTOMER).bind(write.owner.as_str()).bind(customer.as_str());
        self.write_one(write, delete, || StoreError::UnknownCustomer(customer.clone())).await
    }

    async fn import(&self, write: &Write, request: &ImportRequest) -> Result<ImportReport, StoreError> {
        self.apply(write, request, false).await
    }

    async fn seed_demo(&self, write: &Write) -> Result<u32, StoreError> {
        let report = self.apply(write, &demo::book(write.now.date_naive()), true).await?;
        Ok(report.demo_customers)
    }

    async fn remove_demo(&self, write: &Write) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let deleted = self.query(sql::DELETE_DEMO).bind(write.owner.as_str()).execute(&mut *tx).await?;
        let deleted = u32::try_from(DB::rows_affected(&deleted)).unwrap_or(u32::MAX);
        self.commit(tx, write, deleted).await
    }

    async fn record(&self, write: &Write, message: &NewMessage) -> Result<(), StoreError> {
        let customer = &message.result.customer_id;
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let insert = self.query(sql::RECORD).bind(write.owner.as_str()).bind(message.run_id.as_str());
        let insert = insert.bind(customer.as_str()).bind(write.now).bind(rows(&message.result));
        insert.execute(&mut *tx).await.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                StoreError::UnknownCustomer(customer.clone())
            }
            _ => error.into(),
        })?;
        self.commit(tx, write, ()).await
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
