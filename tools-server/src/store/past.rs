//! Customers on any day of the past: a part of [`Store`](super::Store) of its own.

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId};
use domain::{past::Past, rows::Sources};

use super::{
    SqlStore, StoreError,
    assembly::Assembly,
    reading::{keys, of_ids},
    rows::PartRow,
    sql,
    statement::Runs,
    values::unreadable,
};
/// Customers that can be read as of any day up to the one they were read for.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasts {
    /// What is known of all sources, with every delivery.
    pub sources: Sources,
    /// The customers, by id.
    pub customers: Vec<PastOf>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PastOf {
    /// Whether it belongs to the demo book, which was always known.
    pub demo: bool,
    /// The customer.
    pub past: Past,
}

/// Which customers are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// One.
    One(&'a CustomerId),
    /// So many after one of them, or from the first.
    Page(Option<&'a CustomerId>, u32),
}

/// The past of every owner's customers.
#[async_trait]
pub trait PastStore {
    /// Some customers up to a day, and after whom there may be more.
    async fn pasts(
        &self,
        owner: &OwnerId,
        which: Which<'_>,
        until: NaiveDate,
    ) -> Result<(Pasts, Option<CustomerId>), StoreError>;
}

#[async_trait]
impl<DB: Runs> PastStore for SqlStore<DB> {
    async fn pasts(
        &self,
        owner: &OwnerId,
        which: Which<'_>,
        until: NaiveDate,
    ) -> Result<(Pasts, Option<CustomerId>), StoreError> {
        let (ids, next) = match which {
            Which::One(customer) => (keys([customer]), None),
            Which::Page(after, limit) => {
                let after = after.map(CustomerId::as_str).unwrap_or_default();
                let query = || self.query_as::<(String,)>(sql::EVERYBODY_AFTER).bind(owner.as_str()).bind(after);
                let ids = self.read(|| query().bind(i64::from(limit))).await?;
                let last = ids.last().filter(|_| ids.len() == limit as usize);
                let last = last.map(|(id,)| id.parse()).transpose();
                (of_ids(&ids), last.map_err(|error: contracts::InvalidId| unreadable(error.into()))?)
            }
        };
        let query = || self.query_as::<PartRow>(sql::PAST_OF_MANY).bind(owner.as_str()).bind(ids.clone()).bind(until);
        let assembly = self.fold(query, Assembly::add).await?;
        Ok((assembly.finish_past(until), next))
    }
}
