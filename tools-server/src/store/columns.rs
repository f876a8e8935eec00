//! Keeps what is known of every fact, so that a query of a book of any size reads only those that it names: a part of
//! [`Store`](super::Store) of its own. All of it may be deleted at any time. A write forgets what it makes wrong.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId};
use domain::facts::{Fact, find};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{
    SqlStore, StoreError,
    rows::ColumnRow,
    sql,
    statement::Runs,
    transaction::Transaction,
    values::{Unreadable, keyed, numbered, rows},
};
use crate::columns::{Bucket, Column, MADE_BY, Member, bucket_of};

/// The column of the customers themselves.
const MEMBERS: &str = "";

/// The kept facts of every owner's customers.
#[async_trait]
pub trait ColumnStore {
    /// The buckets of the owner's book of which these facts are kept as of the day, all of one moment.
    async fn columns(
        &self,
        owner: &OwnerId,
        facts: &[&'static Fact],
        as_of: NaiveDate,
    ) -> Result<Vec<Bucket>, StoreError>;
    /// Keeps buckets that were made of the book at this revision, in place of those of any other day; says whether they are
    /// kept. Nothing is where the book has changed since.
    async fn keep_columns(
        &self,
        owner: &OwnerId,
        revision: u64,
        as_of: NaiveDate,
        buckets: &[Bucket],
    ) -> Result<bool, StoreError>;
}

#[derive(Serialize)]
struct NewRow<'a> {
    bucket: u32,
    fact: &'a str,
    says: Box<RawValue>,
}

/// Whose facts a write makes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed<'a> {
    /// Nobody's.
    Nobody,
    /// Those of these customers.
    These(&'a [CustomerId]),
    /// Perhaps everybody's.
    Everybody,
}

impl Changed<'_> {
    /// Everybody's, where there was anything.
    pub(super) fn everybody(anything: bool) -> Self {
        if anything { Self::Everybody } else { Self::Nobody }
    }
}

/// Puts buckets together.
#[derive(Default)]
struct Buckets(BTreeMap<u32, Bucket>);

impl Buckets {
    fn add(&mut self, row: ColumnRow) -> Result<(), Unreadable> {
        let number = u32::try_from(row.bucket)?;
        let empty = || Bucket { number, members: Vec::new(), columns: Vec::new() };
        let bucket = self.0.entry(number).or_insert_with(empty);
        if row.fact == MEMBERS {
            bucket.members = row.says::<Vec<Member>>()?;
        } else {
            let fact = find(&row.fact).ok_or_else(|| format!("there is no fact {}", row.fact))?;
            bucket.columns.push((fact.id.clone(), row.says::<Column>()?));
        }
        Ok(())
    }
}

fn new_rows(bucket: &Bucket) -> impl Iterator<Item = NewRow<'_>> {
    let row = |fact, says| NewRow { bucket: bucket.number, fact, says };
    let columns = bucket.columns.iter().map(move |(id, column)| row(id.as_str(), rows(column).0));
    [row(MEMBERS, rows(&bucket.members).0)].into_iter().chain(columns)
}

#[async_trait]
impl<DB: Runs> ColumnStore for SqlStore<DB> {
    async fn columns(
        &self,
        owner: &OwnerId,
        facts: &[&'static Fact],
        as_of: NaiveDate,
    ) -> Result<Vec<Bucket>, StoreError> {
        let ids = [MEMBERS].into_iter().chain(facts.iter().map(|fact| fact.id.as_str()));
        let ids = keyed(ids.map(|id| (id, true)));
        let query = || self.query_as::<ColumnRow>(sql::COLUMNS).bind(owner.as_str()).bind(as_of).bind(MADE_BY);
        let Buckets(buckets) = self.fold(|| query().bind(ids.clone()), Buckets::add).await?;
        Ok(buckets.into_values().filter(|bucket| bucket.has(facts)).collect())
    }

    async fn keep_columns(
        &self,
        owner: &OwnerId,
        revision: u64,
        as_of: NaiveDate,
        buckets: &[Bucket],
    ) -> Result<bool, StoreError> {
        let mut tx = self.act_for(owner, None).await?;
        self.query(sql::TAKE_BOOK).bind(owner.as_str()).bind(0_i64).execute(&mut tx).await?;
        let (now,) = self.query_as::<(i64,)>(sql::REVISION).bind(owner.as_str()).fetch_one(&mut tx).await?;
        if u64::try_from(now).ok() != Some(revision) {
            return Ok(false);
        }
        for bucket in buckets {
            self.forget_bucket(&mut tx, owner, bucket.number).await?;
            let insert = self.query(sql::INSERT_COLUMNS).bind(owner.as_str()).bind(as_of).bind(MADE_BY);
            insert.bind(numbered(new_rows(bucket))).execute(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

impl<DB: Runs> SqlStore<DB> {
    /// Forgets what a write makes wrong.
    pub(super) async fn forget_columns(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        changed: Changed<'_>,
    ) -> Result<(), StoreError> {
        match changed {
            Changed::Nobody => {}
            Changed::These(customers) => {
                for bucket in customers.iter().map(bucket_of).collect::<BTreeSet<_>>() {
                    self.forget_bucket(tx, owner, bucket).await?;
                }
            }
            Changed::Everybody => {
                self.query(sql::FORGET_COLUMNS).bind(owner.as_str()).execute(tx).await?;
            }
        }
        Ok(())
    }

    async fn forget_bucket(&self, tx: &mut Transaction<DB>, owner: &OwnerId, bucket: u32) -> Result<(), StoreError> {
        let forget = self.query(sql::FORGET_BUCKET).bind(owner.as_str()).bind(i64::from(bucket));
        forget.execute(tx).await?;
        Ok(())
    }
}
