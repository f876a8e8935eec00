//! Where the rows are. [`Store`] has two implementations, SQLite and PostgreSQL; both pass the same story tests.

mod activity;
mod assembly;
mod attention;
mod columns;
mod crowded;
mod delivering;
mod dialect;
mod errors;
mod evals;
mod lost;
mod owners;
mod past;
mod points;
mod portion;
#[cfg(feature = "postgres")]
mod postgres;
mod quota;
mod reading;
mod relational;
mod reporting;
mod rows;
mod seats;
mod server;
mod sql;
mod sqlite;
mod statement;
mod storing;
mod summing_up;
mod taking_in;
mod transaction;
mod values;
mod writes;
mod writing;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    ActivityId, CustomerId, EvalId, IdempotencyKey, ImportId, Line, OwnerId, RunId,
    book::CustomerRecord,
    db::DbHealth,
    delivery::{Delivery, DeliveryReport, Piece},
    facts::Part,
    history::{Message, NewMessage},
    signing::Nonce,
};
use domain::{
    case::{Case, Figures, Period},
    rows::{CustomerRows, Sources},
};
use tokio::sync::mpsc;

use crate::{
    import::intake::Refused,
    order::Listing,
    summaries::{TicketSummary, UsageSummary},
};

pub use activity::ActivityStore;
pub use attention::AttentionStore;
pub use columns::ColumnStore;
pub use evals::{EvalStore, ResultsPage};
pub use owners::{HandOutError, OwnerStore, TakeRow};
pub use past::{PastOf, PastStore, Pasts, Which};
#[cfg(feature = "postgres")]
pub use postgres::{InvalidDatabaseUrl, Migration, MigrationError, PostgresStore, UnfitRole};
pub use relational::SqlStore;
pub use server::{Pooled, Postgres};
pub use sqlite::{BackupError, CannotOpen, SqliteStore};

/// Of how many customers the rows are read at once.
pub(crate) const ROWS_AT_ONCE: usize = 500;

/// The last day that the databases keep: as of it nothing is still to come.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

/// What is read of a book, or of some of its customers, as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Grows with every write that changes rows.
    pub revision: u64,
    /// What is known of all sources.
    pub sources: Sources,
    /// The days on which a source delivers or reaches further, of those before and after the as-of day the nearest.
    pub changes: Vec<NaiveDate>,
    /// The customers, by id.
    pub customers: Vec<Kept>,
}

/// What is kept of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its name.
    pub name: Line,
    /// Whether it belongs to the demo book, whose rows are made for the day they are read.
    pub demo: bool,
    /// Its rows; without usage and tickets where the book is read.
    pub rows: CustomerRows,
    /// What its usage comes to, where the book is read.
    pub usage: Option<UsageSummary>,
    /// What its tickets come to, where the book is read.
    pub tickets: Option<TicketSummary>,
    /// Whether it is in the book; rows may be read of one that is just being removed.
    listed: bool,
}

impl Kept {
    /// The customer as of a day: of its sums where they were read, else of its rows.
    /// Only of rows can another period be told of than the last 90 days.
    pub fn into_case(self, sources: &Sources, as_of: NaiveDate, period: Option<Period>) -> Case {
        let Self { rows, usage, tickets, .. } = self;
        if usage.is_none() && tickets.is_none() {
            return Case::of(&rows, sources, as_of, period);
        }
        let (usage, tickets) = (usage.unwrap_or_default(), tickets.unwrap_or_default());
        let figures = Figures { usage: usage.figures, tickets: tickets.figures };
        Case::with(&rows, figures, sources, as_of, Period::up_to(as_of))
    }

    fn new(id: CustomerId) -> Self {
        let name = Line::new(id.as_str());
        let rows = CustomerRows::none(id);
        Self { name, demo: false, rows, usage: None, tickets: None, listed: false }
    }
}

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
    /// The delivery cannot be carried out.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Pieces of the import are not there.
    #[error("the import {import} has {there} of {wanted} pieces")]
    MissingPieces {
        /// Which import.
        import: ImportId,
        /// How many pieces are there.
        there: u32,
        /// How many it is to have.
        wanted: u32,
    },
    /// The user wrote no such activity.
    #[error("there is no activity {0} that was written here")]
    UnknownActivity(ActivityId),
    /// The owner would have more rows than may be kept of one.
    #[error("no more than {0} rows are kept of one owner")]
    TooManyRows(u64),
    /// A customer would have more rows of a part than may be kept of one, or more points of usage.
    #[error("no more than {most} rows of {} are kept of one customer, and {customer} would have more", part.as_str())]
    Crowded {
        /// Whose rows they are.
        customer: CustomerId,
        /// What they are of.
        part: Part,
        /// How many rows may be kept.
        most: u32,
    },
    /// More items would be done or snoozed than are kept of one owner.
    #[error("no more than {0} items of one owner are kept as done or snoozed")]
    TooManyItems(u32),
    /// There is no such evaluation.
    #[error("there is no evaluation {0}")]
    UnknownEval(EvalId),
    /// There is one already.
    #[error("there is an evaluation {0} already")]
    EvalExists(EvalId),
    /// There is a finished run of this id.
    #[error("there is a run {0} already")]
    RunExists(RunId),
    /// The database cannot be reached or is busy; it may pass.
    #[error("the database is not available just now; try again in a moment")]
    Unavailable(#[source] sqlx::Error),
    /// The disk has no room left; nothing was changed.
    #[error("nothing was saved: the disk is full; free some space and try again")]
    DiskFull(#[source] sqlx::Error),
    /// The database file, its folder or the server may not be written; nothing was changed.
    #[error("nothing was saved: the database is read-only; allow this program to write to it and try again")]
    ReadOnly(#[source] sqlx::Error),
    /// The database has no such tables, or does not let this program use them.
    #[error(
        "the database is not set up for this program; run `tools-server migrate`, and check the role of DATABASE_URL"
    )]
    Unfit(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else; a defect or a broken database.
    #[error("the database failed")]
    Broken(#[source] sqlx::Error),
}

/// The rows of every owner, kept apart by `owner_user_id` in every statement. A write that was carried out before under the
/// key it is to be done [`Once`] gives its first answer again.
#[async_trait]
pub trait Store:
    ActivityStore + AttentionStore + ColumnStore + EvalStore + OwnerStore + PastStore + Send + Sync
{
    /// What is known of a customer as of a day, in one round trip. The answer has this customer alone.
    async fn rows(&self, owner: &OwnerId, customer: &CustomerId, as_of: NaiveDate) -> Result<Known, StoreError>;
    /// All customers of the owner as of a day, with what their usage and tickets come to instead of the rows of them. One
    /// round trip, where that is kept for the day.
    async fn book(&self, owner: &OwnerId, as_of: NaiveDate) -> Result<Known, StoreError>;
    /// The same of some customers alone.
    async fn entries(&self, owner: &OwnerId, customers: &[CustomerId], as_of: NaiveDate) -> Result<Known, StoreError>;
    /// The rows of the first of these customers, at least of one and of as many as fit into memory; and of how many they are.
    async fn rows_of(
        &self,
        owner: &OwnerId,
        customers: &[CustomerId],
        as_of: NaiveDate,
    ) -> Result<(Known, usize), StoreError>;
    /// Who is in the book, by id: `limit` customers after `after`, or from the first.
    async fn customers(&self, owner: &OwnerId, after: Option<&CustomerId>, limit: u32) -> Result<Listing, StoreError>;
    /// The revision of the owner's book; 0 before its first write.
    async fn revision(&self, owner: &OwnerId) -> Result<u64, StoreError>;
    /// The rows of some customers of the owner's own: at most `limit` of them after `after`, or from the first; and after whom
    /// there may be more.
    async fn page(
        &self,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
        as_of: NaiveDate,
    ) -> Result<(Known, Option<CustomerId>), StoreError>;
    /// Adds a customer.
    async fn create_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError>;
    /// Replaces what the user says of a customer; everything that its sources say stays.
    async fn update_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError>;
    /// Removes a customer and everything of it.
    async fn delete_customer(&self, write: &Write, customer: &CustomerId) -> Result<(), StoreError>;
    /// Keeps a piece of an import until the import ends, an hour at the most; one with the same number gives way to it.
    async fn put_piece(&self, write: &Write, import: &ImportId, number: u32, piece: &Piece) -> Result<(), StoreError>;
    /// Carries out an import of these pieces, in one transaction and after any other of the owner. A dry run, and one that
    /// would lose too much, change nothing and keep the pieces.
    async fn deliver(
        &self,
        write: &Write,
        import: &ImportId,
        delivery: &Delivery,
    ) -> Result<DeliveryReport, StoreError>;
    /// Puts the demo book in (again); returns how many customers it has.
    async fn seed_demo(&self, write: &Write) -> Result<u32, StoreError>;
    /// Takes the demo customers out; returns how many there were.
    async fn remove_demo(&self, write: &Write) -> Result<u32, StoreError>;
    /// Stores a finished run, whose id no other has.
    async fn record(&self, write: &Write, message: &NewMessage) -> Result<(), StoreError>;
    /// Stores finished runs in one transaction as they come, each once, until no more will; those of customers that are not
    /// in the book are dropped. Returns how many are new.
    async fn record_many(
        &self,
        write: &Write,
        messages: mpsc::UnboundedReceiver<Vec<NewMessage>>,
    ) -> Result<u32, StoreError>;
    /// A customer's history, newest first.
    async fn history(&self, owner: &OwnerId, customer: &CustomerId, limit: u32) -> Result<Vec<Message>, StoreError>;
    /// Whether the database answers, and every table may be used.
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
