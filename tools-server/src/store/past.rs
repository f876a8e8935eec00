//! Customers on any day of the past: a part of [`Store`](super::Store) of its own.

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId};
use domain::{past::Past, rows::Sources};

use super::{SqlStore, StoreError, sql, statement::Runs};

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
    /// At most so many after one of them, or from the first.
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
            Which::One(customer) => (vec![customer.clone()], None),
            Which::Page(after, limit) => self.ids_after(sql::EVERYBODY_AFTER, owner, after, limit).await?,
        };
        let (assembly, read) = self.read_first(sql::PAST_OF_MANY, owner, &ids, until).await?;
        let next = if read < ids.len() { ids.get(read - 1).cloned() } else { next };
        Ok((assembly.finish_past(until), next))
    }
}
