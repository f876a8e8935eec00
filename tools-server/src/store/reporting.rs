//! What a delivery is told by: the book at a glance, before it and after it, and what the book lacks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId,
    delivery::{MAX_NAMED, Named},
    facts::Part,
};
use domain::health::{inputs_of, judge};
use futures::TryStreamExt;

use super::{
    Known, LAST_DAY, SqlStore, StoreError,
    assembly::part,
    reading::{keys, of_ids},
    sql,
    statement::Runs,
    transaction::Transaction,
    values::{Rows, unreadable},
};
use crate::import::news::{Fields, Glimpse, Glimpses, fields};

/// How many customers are glimpsed at at once.
const GLIMPSED_AT_ONCE: usize = 1_000;

impl<DB: Runs> SqlStore<DB> {
    /// The names of these customers, also of those that are gone.
    pub(super) async fn names(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        customers: &BTreeSet<CustomerId>,
    ) -> Result<BTreeMap<CustomerId, Line>, StoreError> {
        let known = self.known_within(tx, sql::ENTRIES_OF_MANY, owner, keys(customers), LAST_DAY).await?;
        Ok(known.customers.into_iter().map(|kept| (kept.rows.id, kept.name)).collect())
    }

    /// The owner's own customers at a glance, some at a time; with their fields where these are to be told.
    pub(super) async fn glimpses(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        today: NaiveDate,
        with_fields: bool,
    ) -> Result<Glimpses, StoreError> {
        let mut glimpses = Glimpses::new();
        let mut after = String::new();
        loop {
            let ids = self.query_as::<(String,)>(sql::CUSTOMERS_AFTER).bind(owner.as_str()).bind(after.as_str());
            let ids = ids.bind(GLIMPSED_AT_ONCE as i64).fetch_all(tx).await?;
            let Some((last,)) = ids.last() else { return Ok(glimpses) };
            glimpses.extend(self.glimpse(tx, owner, of_ids(&ids), today, with_fields).await?);
            after.clone_from(last);
        }
    }

    /// Those of `before` once more; nothing is told of whoever came since.
    pub(super) async fn glimpses_again(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        today: NaiveDate,
        with_fields: bool,
        before: &Glimpses,
    ) -> Result<Glimpses, StoreError> {
        let mut glimpses = Glimpses::new();
        let customers = before.keys().collect::<Vec<_>>();
        for some in customers.chunks(GLIMPSED_AT_ONCE) {
            let ids = keys(some.iter().copied());
            glimpses.extend(self.glimpse(tx, owner, ids, today, with_fields).await?);
        }
        Ok(glimpses)
    }

    async fn glimpse(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        customers: Rows,
        today: NaiveDate,
        with_fields: bool,
    ) -> Result<Glimpses, StoreError> {
        let known = self.known_within(tx, sql::GLIMPSES_OF_MANY, owner, customers, today).await?;
        let Known { sources, customers, .. } = known;
        let glimpses = customers.into_iter().filter(|kept| !kept.demo).map(|kept| {
            let figures = kept.tickets.as_ref().and_then(|tickets| tickets.figures.as_ref());
            let urgent = figures.map_or(0, |figures| figures.by_priority.urgent);
            let case = kept.into_case(&sources, today, None);
            let risk = judge(&inputs_of(&case)).risk;
            let arr = case.contract.any().map(|contract| contract.arr.clone()).unwrap_or_default();
            let fields = if with_fields { fields(&case) } else { Fields::new() };
            (case.id, Glimpse { name: case.name, risk, arr, urgent, fields })
        });
        Ok(glimpses.collect())
    }

    /// Customers of the book of whom a part is not known.
    pub(super) async fn without(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
    ) -> Result<BTreeMap<Part, Named>, StoreError> {
        let mut without = BTreeMap::<Part, Named>::new();
        let query = self.query_as::<(String, String, String)>(sql::WITHOUT).bind(owner.as_str());
        let mut found = query.fetch(tx);
        while let Some((word, _, name)) = found.try_next().await? {
            let named = without.entry(part(&word).map_err(unreadable)?).or_default();
            named.count += 1;
            if named.names.len() < MAX_NAMED {
                named.names.push(name.into());
            }
        }
        Ok(without)
    }
}
