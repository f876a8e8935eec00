//! The orders of the books that were paged through last, kept in this process: a page then costs a page. Each is made again
//! where its book or the day has changed, so that forgetting one changes no answer.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use contracts::OwnerId;

use crate::{
    book,
    order::Order,
    store::{Store, StoreError},
};

/// How many customers are kept in all, of some 250 bytes each; a book with more of them is ordered for every page.
const MOST_CUSTOMERS: usize = 200_000;

/// Whose book, and as of when.
type Key = (OwnerId, NaiveDate);

/// The orders, the one used last in front.
#[derive(Debug, Default)]
pub(crate) struct Orders(Mutex<VecDeque<(Key, Arc<Order>)>>);

impl Orders {
    /// The order of the owner's book as it is now.
    pub(super) async fn of(
        &self,
        store: &dyn Store,
        owner: &OwnerId,
        as_of: NaiveDate,
    ) -> Result<Arc<Order>, StoreError> {
        let key = (owner.clone(), as_of);
        let revision = store.revision(owner).await?;
        if let Some(order) = self.take(&key).filter(|order| order.revision == revision) {
            self.keep(key, Arc::clone(&order));
            return Ok(order);
        }
        let known = store.book(owner, as_of).await?;
        let revision = known.revision;
        let rows = book::entries(known, as_of).into_iter().map(|entry| book::row(entry, &[]));
        let order = Arc::new(Order::of(rows, revision));
        self.keep(key, Arc::clone(&order));
        Ok(order)
    }

    fn take(&self, key: &Key) -> Option<Arc<Order>> {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = orders.iter().position(|(kept, _)| kept == key)?;
        orders.remove(place).map(|(_, order)| order)
    }

    fn keep(&self, key: Key, order: Arc<Order>) {
        let mut orders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        orders.retain(|(kept, _)| *kept != key);
        orders.push_front((key, order));
        let mut customers = 0;
        orders.retain(|(_, order)| {
            customers += order.len();
            customers <= MOST_CUSTOMERS
        });
    }
}
