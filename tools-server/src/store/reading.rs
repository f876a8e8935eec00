//! Reading rows from any of the databases.

use chrono::NaiveDate;
use contracts::{CustomerId, Line, OwnerId};
use domain::rows::Sources;
use futures::TryStreamExt;

use super::{
    Kept, Known, ROWS_AT_ONCE, SqlStore, StoreError,
    assembly::Assembly,
    portion::Portion,
    rows::PartRow,
    sql,
    statement::{Runs, Statement},
    transaction::Transaction,
    values::{Rows, keyed, unreadable},
};
use crate::{demo, order::Listing, summaries};

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

    /// Reads what `text` says of the first of these customers, as many as there is room for; and of how many it is.
    pub(super) async fn read_first(
        &self,
        text: &'static str,
        owner: &OwnerId,
        customers: &[CustomerId],
        as_of: NaiveDate,
    ) -> Result<(Assembly, usize), StoreError> {
        let mut some = &customers[..customers.len().min(ROWS_AT_ONCE)];
        loop {
            let ids = keys(some);
            let query = || self.query_as::<PartRow>(text).bind(owner.as_str()).bind(ids.clone()).bind(as_of);
            if some.len() <= 1 {
                return Ok((self.fold(query, Assembly::add).await?, some.len()));
            }
            if let Some(assembly) = self.fold(query, Portion::add).await?.assembled() {
                return Ok((assembly, some.len()));
            }
            some = &some[..some.len() / 2];
        }
    }

    /// So many customers after one of them, or from the first, and the last of them where there may be more.
    pub(super) async fn ids_after(
        &self,
        text: &'static str,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
    ) -> Result<(Vec<CustomerId>, Option<CustomerId>), StoreError> {
        let after = after.map(CustomerId::as_str).unwrap_or_default();
        let query = || self.query_as::<(String,)>(text).bind(owner.as_str()).bind(after);
        let found = self.read(|| query().bind(i64::from(limit))).await?;
        let ids = found.into_iter().map(|(id,)| CustomerId::try_from(id)).collect::<Result<Vec<_>, _>>();
        let ids = ids.map_err(|error| unreadable(error.into()))?;
        let next = ids.last().filter(|_| ids.len() == limit as usize).cloned();
        Ok((ids, next))
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
        let ids: Vec<_> = missing.iter().map(|kept| kept.rows.id.clone()).collect();
        let mut summed_up = 0;
        while summed_up < ids.len() {
            let (assembly, read) = self.read_first(sql::ROWS_OF_MANY, owner, &ids[summed_up..], as_of).await?;
            let known = assembly.finish(as_of);
            if known.revision != *revision {
                return Ok(false);
            }
            for (kept, mut whole) in missing[summed_up..].iter_mut().zip(known.customers) {
                whole.sum_up(&known.sources, &known.changes, as_of);
                (kept.usage, kept.tickets) = (whole.usage, whole.tickets);
            }
            summed_up += read;
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
        let (ids, next) = self.ids_after(sql::CUSTOMERS_AFTER, owner, after, limit).await?;
        let (assembly, read) = self.read_first(sql::ROWS_OF_MANY, owner, &ids, as_of).await?;
        let next = if read < ids.len() { ids.get(read - 1).cloned() } else { next };
        Ok((assembly.finish(as_of), next))
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

    /// The same of so many customers, where there is room for all of them; for one there is.
    pub(super) async fn portion_within(
        &self,
        tx: &mut Transaction<DB>,
        text: &'static str,
        owner: &OwnerId,
        (customers, count): (Rows, usize),
        as_of: NaiveDate,
    ) -> Result<Option<Known>, StoreError> {
        if count <= 1 {
            return self.known_within(tx, text, owner, customers, as_of).await.map(Some);
        }
        let query = self.query_as::<PartRow>(text).bind(owner.as_str()).bind(customers).bind(as_of);
        let mut portion = Portion::default();
        let mut found = query.fetch(tx);
        while let Some(row) = found.try_next().await? {
            portion.add(row).map_err(unreadable)?;
        }
        Ok(portion.assembled().map(|assembly| assembly.finish(as_of)))
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
