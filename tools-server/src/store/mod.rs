//! Where the rows are. [`Store`] has two implementations, SQLite and PostgreSQL; both pass the same story tests.

mod errors;
mod evals;
mod lost;
mod postgres;
mod relational;
mod rows;
mod seats;
mod sql;
mod sqlite;
mod transaction;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    CustomerId, EvalId, IdempotencyKey, Line, OwnerId,
    db::DbHealth,
    facts::{Money, Source, Trend},
    history::{Message, NewMessage},
    import::{CustomerRecord, ImportReport, ImportRequest},
    signing::Nonce,
    tools::{TicketsReport, UsageReport},
};

pub use evals::{EvalStore, ResultsPage};
pub use postgres::{InvalidDatabaseUrl, Migration, MigrationError, PostgresStore, UnfitRole};
pub use relational::SqlStore;
pub use sqlite::{CannotOpen, SqliteStore};

/// Everything known of one customer, as one query reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerFacts {
    /// The customer itself.
    pub customer: CustomerRecord,
    /// Its usage, with the trend computed at import.
    pub usage: Option<UsageReport>,
    /// Its tickets as of the import.
    pub tickets: Option<TicketsReport>,
    /// Its contract.
    pub contract: Option<StoredContract>,
}

/// A contract as it is stored; days to the renewal are counted when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in contracts::tools::ContractReport")]
pub struct StoredContract {
    pub renewal_date: Option<NaiveDate>,
    pub arr: Option<Money>,
    pub plan: Option<Line>,
    pub seats: Option<u32>,
    pub auto_renew: Option<bool>,
    pub source: Source,
}

impl StoredContract {
    /// Whole days (UTC) from `today` to the renewal; negative once it has passed.
    pub fn days_to_renewal(&self, today: NaiveDate) -> Option<i64> {
        self.renewal_date.map(|date| days_between(today, date))
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// What the book shows of one customer. Lighter than [`CustomerFacts`]: a book of 10,000 customers is read without
/// their points and tickets.
#[derive(Debug, Clone, PartialEq)]
pub struct BookEntry {
    /// The customer's id.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// Which way its usage moves; absent without usage or where there are too few points to say.
    pub trend: Option<Trend>,
    /// The newest values of its usage, oldest first, at most [`SPARK_POINTS`].
    pub spark: Vec<f64>,
    /// Its open tickets; absent where nothing is known of its tickets.
    pub open_tickets: Option<u32>,
    /// When its contract renews.
    pub renewal_date: Option<NaiveDate>,
    /// Its annual recurring revenue.
    pub arr: Option<Money>,
}

impl BookEntry {
    /// Whole days (UTC) from `today` to the renewal; negative once it has passed.
    pub fn days_to_renewal(&self, today: NaiveDate) -> Option<i64> {
        self.renewal_date.map(|date| days_between(today, date))
    }
}

/// How many values of usage the book shows of a customer.
pub const SPARK_POINTS: usize = 12;

/// What a write carries besides its rows: whose they are, and the nonce it spends.
#[derive(Debug, Clone)]
pub struct Write {
    /// The owner, from the verified key alone.
    pub owner: OwnerId,
    /// Spent before anything is written, also where the write then fails; a second one with it is
    /// [`StoreError::Replayed`].
    pub nonce: Nonce,
    /// When the nonce may be forgotten.
    pub nonce_expires: DateTime<Utc>,
    /// The time of the write.
    pub now: DateTime<Utc>,
    /// Under which key it is carried out once, where the caller gave one.
    pub once: Option<Once>,
}

/// A write that is carried out once, however often it is sent. Kept in the write's own transaction, so that the key of a
/// write that failed is free, and it can be tried again under a new nonce.
#[derive(Debug, Clone)]
pub struct Once {
    /// The caller's name for the write; the owner's own.
    pub key: IdempotencyKey,
    /// A digest of the request; the same key with another one is [`StoreError::OtherRequest`].
    pub request: String,
    /// When the key may be forgotten.
    pub expires: DateTime<Utc>,
}

/// The connections to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    /// How many there are.
    pub open: u32,
    /// How many of them wait for work.
    pub idle: u32,
    /// How many there may be.
    pub limit: u32,
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The nonce was spent before.
    #[error("this request was already carried out")]
    Replayed,
    /// The idempotency key was used for another request.
    #[error("this idempotency key was used for another request")]
    OtherRequest,
    /// There is no such customer.
    #[error("there is no customer {0}")]
    UnknownCustomer(CustomerId),
    /// There is one already.
    #[error("there is a customer {0} already")]
    Exists(CustomerId),
    /// There is no such evaluation.
    #[error("there is no evaluation {0}")]
    UnknownEval(EvalId),
    /// There is one already.
    #[error("there is an evaluation {0} already")]
    EvalExists(EvalId),
    /// The database cannot be reached or is busy; it may pass.
    #[error("the database is not available just now; try again in a moment")]
    Unavailable(#[source] sqlx::Error),
    /// The disk has no room left; nothing was changed.
    #[error("nothing was saved: the disk is full; free some space and try again")]
    DiskFull(#[source] sqlx::Error),
    /// The database file, its folder or the server may not be written; nothing was changed.
    #[error("nothing was saved: the database is read-only; allow this program to write to it and try again")]
    ReadOnly(#[source] sqlx::Error),
    /// Anything else; a defect or a broken database.
    #[error("the database failed")]
    Broken(#[source] sqlx::Error),
}

/// The rows of every owner, kept apart by `owner_user_id` in every statement. A write that was carried out before under the
/// key it is to be done [`Once`] gives its first answer again.
#[async_trait]
pub trait Store: EvalStore + Send + Sync {
    /// All that is known of a customer, in one round trip.
    async fn facts(&self, owner: &OwnerId, customer: &CustomerId) -> Result<CustomerFacts, StoreError>;
    /// All customers of the owner, in one query, in no particular order.
    async fn book(&self, owner: &OwnerId) -> Result<Vec<BookEntry>, StoreError>;
    /// Adds a customer.
    async fn create_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError>;
    /// Replaces a customer's record; its usage, tickets and contract stay.
    async fn update_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError>;
    /// Removes a customer and everything of it.
    async fn delete_customer(&self, write: &Write, customer: &CustomerId) -> Result<(), StoreError>;
    /// Imports in one transaction; a dry run counts and rolls back. The request has passed `import::validate`.
    async fn import(&self, write: &Write, request: &ImportRequest) -> Result<ImportReport, StoreError>;
    /// Puts the demo book in (again); returns how many customers it has.
    async fn seed_demo(&self, write: &Write) -> Result<u32, StoreError>;
    /// Takes the demo customers out; returns how many there were.
    async fn remove_demo(&self, write: &Write) -> Result<u32, StoreError>;
    /// Stores a finished run once; the same run id again changes nothing.
    async fn record(&self, write: &Write, message: &NewMessage) -> Result<(), StoreError>;
    /// A customer's history, newest first.
    async fn history(&self, owner: &OwnerId, customer: &CustomerId, limit: u32) -> Result<Vec<Message>, StoreError>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StoreError>;
    /// The state of the database.
    async fn health(&self) -> DbHealth;
    /// The connections it has now.
    fn connections(&self) -> Connections;
    /// Applies the migrations.
    async fn migrate(&self) -> Result<(), StoreError>;
    /// Closes every connection.
    async fn close(&self);
}
