//! The orders of the books that were paged through last, kept in this process: a page then costs a page. Each is made again
//! where its book or the day has changed, so that forgetting one changes no answer.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use contracts::OwnerId;

use super::{Service, error::ApiError, in_flight::Held};
use crate::{
    book,
    order::Order,
    store::{ROWS_AT_ONCE, Store, StoreError},
};

/// How many customers are kept in all, of some 250 bytes each; a book with more of them is ordered for every page.
const MOST_CUSTOMERS: usize = 200_000;

/// Whose book, and as of when.
type Key = (OwnerId, NaiveDate);

/// The orders, the one used last in front.
#[derive(Debug, Default)]
pub(crate) struct Orders(Mutex<VecDeque<(Key, Arc<Order>)>>);

/// The order of the owner's book as it is now. It is made to its end, whether or not its request is still there then: who ran
/// out of time and asks again waits for the same work, and finds what came of it.
pub(super) async fn order(
    service: &Arc<Service>,
    held: &Held,
    owner: &OwnerId,
    as_of: NaiveDate,
) -> Result<Arc<Order>, ApiError> {
    let key = (owner.clone(), as_of);
    let revision = service.store.revision(owner).await?;
    if let Some(order) = service.orders.take(&key).filter(|order| order.revision == revision) {
        service.orders.keep(key, Arc::clone(&order));
        return Ok(order);
    }
    let service = Arc::clone(service);
    let make = async move {
        let order = Arc::new(made(&*service.store, &key, revision).await?);
        service.orders.keep(key, Arc::clone(&order));
        Ok(order)
    };
    held.to_the_end(make).await?
}

/// Makes it of some customers at a time. Whoever changes the book meanwhile leaves it out of date, as its revision says.
async fn made(store: &dyn Store, (owner, as_of): &Key, revision: u64) -> Result<Order, StoreError> {
    let everybody = store.customers(owner, None, u32::MAX).await?.customers;
    let mut order = Order::of([], revision);
    for some in everybody.chunks(ROWS_AT_ONCE) {
        let known = store.entries(owner, some, *as_of).await?;
        order.extend(book::entries(known, *as_of).into_iter().map(|entry| book::row(entry, &[])));
    }
    Ok(order)
}

impl Orders {
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
