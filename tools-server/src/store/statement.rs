//! Statements on any of the databases: what they are given, how they are run and how their rows are read. What that asks of
//! a database stands here, once.

use std::marker::PhantomData;

use chrono::{DateTime, NaiveDate, Utc};
use futures::{FutureExt, StreamExt, TryFutureExt, TryStreamExt, future::BoxFuture, stream::BoxStream};
use sqlx::{AssertSqlSafe, Database, Error, FromRow, SqlSafeStr, query, query::Query};

use super::{
    dialect::Dialect,
    rows::{AnswerRow, ColumnRow, DoneRow, EvalResultRow, EvalRow, MessageRow, PartRow, StateRow},
    values::Rows,
};

/// What a statement is given in the place of a parameter.
pub enum Value<'v> {
    /// A text.
    Text(&'v str),
    /// A number.
    Number(i64),
    /// A yes or a no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// A moment.
    Time(DateTime<Utc>),
    /// Many rows at once.
    Rows(Rows),
}

macro_rules! value_of {
    ($($kind:ident: $of:ty),*) => {
        $(impl<'v> From<$of> for Value<'v> {
            fn from(value: $of) -> Self {
                Self::$kind(value)
            }
        })*
    };
}
value_of!(Text: &'v str, Number: i64, Flag: bool, Day: NaiveDate, Time: DateTime<Utc>, Rows: Rows);

/// A statement of sqlx.
type Prepared<DB> = Query<'static, DB, <DB as Database>::Arguments>;

/// A database that answers with rows of this kind.
pub trait Gives<R>: Database {
    /// Reads one.
    fn row(row: &Self::Row) -> Result<R, Error>;
}

impl<DB: Database, R: for<'r> FromRow<'r, DB::Row>> Gives<R> for DB {
    fn row(row: &DB::Row) -> Result<R, Error> {
        R::from_row(row)
    }
}

/// A database that runs the statements of [`sql`](super::sql), and answers with what they read.
pub trait Runs:
    Dialect
    + Gives<PartRow>
    + Gives<DoneRow>
    + Gives<ColumnRow>
    + Gives<MessageRow>
    + Gives<AnswerRow>
    + Gives<EvalRow>
    + Gives<EvalResultRow>
    + Gives<StateRow>
    + Gives<(i64,)>
    + Gives<(Option<i64>,)>
    + Gives<(Option<NaiveDate>,)>
    + Gives<(String,)>
    + Gives<(String, String)>
    + Gives<(String, NaiveDate)>
    + Gives<(String, String, String)>
{
    /// Gives the statement its next parameter.
    fn bind(statement: Prepared<Self>, value: Value<'_>) -> Prepared<Self>;
    /// Runs it; answers how many rows it changed.
    fn execute(statement: Prepared<Self>, on: &mut Self::Connection) -> BoxFuture<'_, Result<u64, Error>>;
    /// Runs it; its rows, as they come.
    fn fetch(statement: Prepared<Self>, on: &mut Self::Connection) -> BoxStream<'_, Result<Self::Row, Error>>;
}

/// The same words for each database: sqlx names no bounds that would say it once for all of them.
macro_rules! runs {
    ($database:ty) => {
        impl Runs for $database {
            fn bind(statement: Prepared<Self>, value: Value<'_>) -> Prepared<Self> {
                match value {
                    Value::Text(text) => statement.bind(text),
                    Value::Number(number) => statement.bind(number),
                    Value::Flag(flag) => statement.bind(flag),
                    Value::Day(day) => statement.bind(day),
                    Value::Time(time) => statement.bind(time),
                    Value::Rows(rows) => statement.bind(rows),
                }
            }

            fn execute(statement: Prepared<Self>, on: &mut Self::Connection) -> BoxFuture<'_, Result<u64, Error>> {
                statement.execute(on).map_ok(|done| done.rows_affected()).boxed()
            }

            fn fetch(statement: Prepared<Self>, on: &mut Self::Connection) -> BoxStream<'_, Result<Self::Row, Error>> {
                statement.fetch(on)
            }
        }
    };
}

runs!(sqlx::Sqlite);
#[cfg(feature = "postgres")]
runs!(sqlx::Postgres);

/// A statement with what it was given so far, whose rows are read as `R`.
pub(super) struct Statement<DB: Runs, R = ()> {
    prepared: Prepared<DB>,
    rows: PhantomData<fn() -> R>,
}

impl<DB: Runs, R> Statement<DB, R> {
    /// A statement that connections keep prepared, where `kept` says so.
    pub(super) fn new(text: &'static str, kept: bool) -> Self {
        Self { prepared: query(text).persistent(kept), rows: PhantomData }
    }

    /// One that is made for this once, of nothing that a caller sent.
    pub(super) fn made(text: String) -> Self {
        Self { prepared: query(AssertSqlSafe(text).into_sql_str()).persistent(false), rows: PhantomData }
    }

    /// Gives it its next parameter.
    pub(super) fn bind<'v>(self, value: impl Into<Value<'v>>) -> Self {
        Self { prepared: DB::bind(self.prepared, value.into()), ..self }
    }

    /// Runs it; answers how many rows it changed.
    pub(super) async fn execute(self, on: &mut DB::Connection) -> Result<u64, Error> {
        DB::execute(self.prepared, on).await
    }
}

impl<DB: Runs + Gives<R>, R: Send> Statement<DB, R> {
    /// Its rows, as they come.
    pub(super) fn fetch<'c>(self, on: &'c mut DB::Connection) -> BoxStream<'c, Result<R, Error>>
    where
        R: 'c,
    {
        DB::fetch(self.prepared, on).map(|row| DB::row(&row?)).boxed()
    }

    /// All of its rows.
    pub(super) async fn fetch_all(self, on: &mut DB::Connection) -> Result<Vec<R>, Error> {
        self.fetch(on).try_collect().await
    }

    /// The one row it has at most. It is run to its end: what is wrong with it may come after the row.
    pub(super) async fn fetch_optional(self, on: &mut DB::Connection) -> Result<Option<R>, Error> {
        Ok(self.fetch_all(on).await?.pop())
    }

    /// Its one row.
    pub(super) async fn fetch_one(self, on: &mut DB::Connection) -> Result<R, Error> {
        self.fetch_optional(on).await?.ok_or(Error::RowNotFound)
    }
}
