//! Reading rows from any of the databases.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, OwnerId};
use domain::rows::Sources;
use futures::TryStreamExt;

use super::{
    Kept, Known, SqlStore, StoreError,
    assembly::Assembly,
    rows::PartRow,
    sql,
    statement::{Runs, Statement},
    transaction::Transaction,
    values::{Rows, keyed, unreadable},
};
use crate::{demo, order::Listing, summaries};

/// How many customers are read at once with all of their rows.
pub(super) const CHUNK: usize = 200;

/// How often the book is read again because it changed meanwhile.
const READINGS: usize = 3;

/// An object whose keys are `customers`.
pub(super) fn keys<'a>(customers: impl IntoIterator<Item = &'a CustomerId>) -> Rows {
    keyed(customers.into_iter().map(|id| (id, true)))
}

impl<DB: Runs> SqlStore<DB> {
    /// Reads what a statement of [`sql`] says of a book, row by row.
    async fn known(
        &self,
        query: impl Fn() -> Statement<DB, PartRow> + Sync,
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let assembly = self.fold(query, Assembly::add).await?;
        Ok(assembly.finish(as_of))
    }

    pub(super) async fn read_rows(
        &self,
        owner: &OwnerId,
        customer: &CustomerId,
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let query = || self.query_as::<PartRow>(sql::ROWS).bind(owner.as_str()).bind(customer.as_str()).bind(as_of);
        let known = self.known(query, as_of).await?;
        if known.customers.is_empty() { Err(StoreError::UnknownCustomer(customer.clone())) } else { Ok(known) }
    }

    pub(super) async fn read_many(
        &self,
        owner: &OwnerId,
        customers: &Rows,
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let query = || self.query_as::<PartRow>(sql::ROWS_OF_MANY).bind(owner.as_str());
        self.known(|| query().bind(customers.clone()).bind(as_of), as_of).await
    }

    pub(super) async fn read_book(&self, owner: &OwnerId, as_of: NaiveDate) -> Result<Known, StoreError> {
        let query = || self.query_as::<PartRow>(sql::ENTRIES).bind(owner.as_str()).bind("").bind(as_of);
        self.read_entries(owner, query, as_of).await
    }

    pub(super) async fn read_some(
        &self,
        owner: &OwnerId,
        customers: &[CustomerId],
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let customers = keys(customers);
        let query = || self.query_as::<PartRow>(sql::ENTRIES_OF_MANY).bind(owner.as_str());
        self.read_entries(owner, || query().bind(customers.clone()).bind(as_of), as_of).await
    }

    async fn read_entries(
        &self,
        owner: &OwnerId,
        query: impl Fn() -> Statement<DB, PartRow> + Sync,
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let mut known = self.known(&query, as_of).await?;
        for _ in 0..READINGS {
            match self.sum_up_missing(owner, &mut known, as_of).await? {
                true => break,
                false => known = self.known(&query, as_of).await?,
            }
        }
        Ok(known)
    }

    /// Sums up the usage and the tickets of customers of whom it is not kept for the day. Says whether the book was still
    /// the same.
    async fn sum_up_missing(&self, owner: &OwnerId, book: &mut Known, as_of: NaiveDate) -> Result<bool, StoreError> {
        let Known { revision, customers, .. } = book;
        for kept in customers.iter_mut().filter(|kept| kept.demo) {
            kept.sum_up(&demo::sources(as_of), &[], as_of);
        }
        let mut missing: Vec<_> =
            customers.iter_mut().filter(|kept| kept.usage.is_none() || kept.tickets.is_none()).collect();
        for chunk in missing.chunks_mut(CHUNK) {
            let ids = keys(chunk.iter().map(|kept| &kept.rows.id));
            let known = self.read_many(owner, &ids, as_of).await?;
            if known.revision != *revision {
                return Ok(false);
            }
            for (kept, mut whole) in chunk.iter_mut().zip(known.customers) {
                whole.sum_up(&known.sources, &known.changes, as_of);
                (kept.usage, kept.tickets) = (whole.usage, whole.tickets);
            }
        }
        Ok(true)
    }

    /// Who is in the book, by id: one more than asked for tells whether there is another page.
    pub(super) async fn list(
        &self,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
    ) -> Result<Listing, StoreError> {
        let after = after.map(CustomerId::as_str).unwrap_or_default();
        let query = || self.query_as::<(String,)>(sql::EVERYBODY_AFTER).bind(owner.as_str()).bind(after);
        let found = self.read(|| query().bind(i64::from(limit) + 1)).await?;
        let customers = found.into_iter().map(|(id,)| CustomerId::try_from(id)).collect::<Result<Vec<_>, _>>();
        let mut customers = customers.map_err(|error| unreadable(error.into()))?;
        let more = customers.len() > limit as usize;
        customers.truncate(limit as usize);
        let count = self.read(|| self.query_as::<(i64,)>(sql::HOW_MANY).bind(owner.as_str())).await?;
        let total = count.first().map_or(Ok(0), |&(count,)| u32::try_from(count));
        let total = total.map_err(|error| unreadable(error.into()))?;
        let next = customers.last().filter(|_| more).cloned();
        Ok(Listing { customers, total, next })
    }

    pub(super) async fn read_page(
        &self,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
        as_of: NaiveDate,
    ) -> Result<(Known, Option<CustomerId>), StoreError> {
        let after = after.map(CustomerId::as_str).unwrap_or_default();
        let query = || self.query_as::<(String,)>(sql::CUSTOMERS_AFTER).bind(owner.as_str()).bind(after);
        let ids = self.read(|| query().bind(i64::from(limit))).await?;
        let full = ids.len() == limit as usize;
        let known = self.read_many(owner, &of_ids(&ids), as_of).await?;
        let last = ids.into_iter().next_back().map(|(id,)| CustomerId::try_from(id)).transpose();
        let last = last.map_err(|error| unreadable(error.into()))?;
        Ok((known, last.filter(|_| full)))
    }

    /// What is known of some customers, inside of a write.
    pub(super) async fn known_within(
        &self,
        tx: &mut Transaction<DB>,
        text: &'static str,
        owner: &OwnerId,
        customers: Rows,
        as_of: NaiveDate,
    ) -> Result<Known, StoreError> {
        let query = self.query_as::<PartRow>(text).bind(owner.as_str()).bind(customers).bind(as_of);
        let mut assembly = Assembly::default();
        let mut found = query.fetch(tx);
        while let Some(row) = found.try_next().await? {
            assembly.add(row).map_err(unreadable)?;
        }
        Ok(assembly.finish(as_of))
    }
}

/// Ids as the database gives them, as an object whose keys they are.
pub(super) fn of_ids(ids: &[(String,)]) -> Rows {
    keyed(ids.iter().map(|(id,)| (id, true)))
}

impl Kept {
    /// The name that its sources say now, the first that counts.
    pub(super) fn said_name(&self, sources: &Sources) -> Option<Line> {
        let said = self.rows.fields.iter().filter(|version| {
            !self.rows.fields.iter().any(|other| other.source == version.source && other.from > version.from)
        });
        let named = said.filter_map(|version| Some((&version.source, version.says.as_ref()?.name.as_ref()?)));
        named.min_by_key(|(source, _)| sources.rank(source)).map(|(_, name)| name.clone())
    }

    /// Sums up its usage and its tickets, and forgets the rows of them.
    fn sum_up(&mut self, sources: &Sources, changes: &[NaiveDate], as_of: NaiveDate) {
        self.usage = Some(summaries::of_usage(&self.rows, sources, changes, as_of).says);
        self.tickets = Some(summaries::of_tickets(&self.rows, sources, changes, as_of).says);
        self.rows.usage.clear();
        self.rows.tickets.clear();
        self.rows.counted_tickets = None;
    }
}
