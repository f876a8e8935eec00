//! The book: listed, and changed one by one.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use contracts::{
    CustomerId, OwnerId,
    book::{BookPage, BookQuery, BookRevision, BookSort, CustomerRecord, CustomerRow, MAX_PAGE},
};
use domain::facts::Fact;

use super::{
    Service,
    body::{self, JsonBody, NoBody, PathParameter},
    callers::{SignedRead, SignedWrite},
    error::{Answer, ApiError, answer},
    in_flight::Held,
    observe, orders,
    timings::{Part, Timings},
};
use crate::{
    book,
    import::check,
    order::Listing,
    store::{Known, ROWS_AT_ONCE, StoreError},
};

/// `GET /v1/customers`.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<BookQuery>>,
) -> Result<Response, ApiError> {
    let holder = held.clone();
    held.answer_apart(async move { page(&service, &timings, &holder, request).await }).await
}

async fn page(
    service: &Arc<Service>,
    timings: &Timings,
    held: &Held,
    request: SignedRead<Query<BookQuery>>,
) -> Answer<BookPage> {
    let SignedRead { owner, input: Query(query) } = request;
    if query.limit.is_some_and(|limit| !(1..=MAX_PAGE).contains(&limit)) {
        return Err(body::invalid(format!("The field limit is not valid: it must be 1 to {MAX_PAGE}.")).into());
    }
    let facts = book::asked(query.facts.as_deref())
        .map_err(|error| body::invalid(format!("The field facts is not valid: {error}.")))?;
    let as_of = query.as_of.unwrap_or_else(|| service.today());
    let (Listing { customers, total, next }, found_in) = listing(service, timings, held, &owner, &query, as_of).await?;
    let (customers, read_in) = rows(service, timings, &owner, &customers, &facts, as_of).await?;
    let revision = found_in.into_iter().chain(read_in).min().unwrap_or_default();
    answer(BookPage { customers, total, next, as_of, revision })
}

/// The rows of these customers, in their order, with these facts; and the oldest revision of the book that they were read
/// in. Who left meanwhile is not there; the revision then says that the page is out of date.
pub(super) async fn rows(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    customers: &[CustomerId],
    facts: &[&'static Fact],
    as_of: NaiveDate,
) -> Result<(Vec<CustomerRow>, Option<u64>), ApiError> {
    let (mut rows, mut revisions) = (HashMap::new(), Vec::new());
    let with_periods = facts.iter().any(|fact| fact.is_of_period());
    let mut rest = customers;
    while !rest.is_empty() {
        let (known, read) = timings.db(read(service, owner, rest, as_of, with_periods)).await?;
        rest = &rest[read..];
        revisions.push(known.revision);
        let read = || book::entries(known, as_of).into_iter().map(|entry| book::row(entry, facts));
        rows.extend(timings.time(Part::Tool, || read().map(|row| (row.id.clone(), row)).collect::<Vec<_>>()));
    }
    Ok((customers.iter().filter_map(|id| rows.remove(id)).collect(), revisions.into_iter().min()))
}

/// What is known of the first of these customers, and of how many; with all of their rows where facts of a period are made of
/// it.
pub(super) async fn read(
    service: &Service,
    owner: &OwnerId,
    customers: &[CustomerId],
    as_of: NaiveDate,
    with_periods: bool,
) -> Result<(Known, usize), StoreError> {
    match with_periods {
        false => {
            let some = &customers[..customers.len().min(ROWS_AT_ONCE)];
            Ok((service.store.entries(owner, some, as_of).await?, some.len()))
        }
        true => service.store.rows_of(owner, customers, as_of).await,
    }
}

/// Whom the page shows; with the revision of the book that it was found in, where it was not found by id alone.
async fn listing(
    service: &Arc<Service>,
    timings: &Timings,
    held: &Held,
    owner: &OwnerId,
    query: &BookQuery,
    as_of: NaiveDate,
) -> Result<(Listing, Option<u64>), ApiError> {
    if query.sort == BookSort::Id && query.filter.is_none() {
        let limit = query.limit.unwrap_or(MAX_PAGE);
        return Ok((timings.db(service.store.customers(owner, query.after.as_ref(), limit)).await?, None));
    }
    let order = timings.db(orders::order(service, held, owner, as_of)).await?;
    match timings.time(Part::Tool, || order.list(query)) {
        Some(listing) => Ok((listing, Some(order.revision))),
        None => {
            Err(body::invalid("The field after is not valid: it names nobody in the book; begin again without it.")
                .into())
        }
    }
}

/// `GET /v1/revision`.
pub(super) async fn revision(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedRead { owner, input: NoBody }: SignedRead<NoBody>,
) -> Answer<BookRevision> {
    let revision = timings.db(service.store.revision(&owner)).await?;
    answer(BookRevision { revision, as_of: service.today() })
}

/// `POST /v1/customers`.
pub(super) async fn create(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedWrite<JsonBody<CustomerRecord>>,
) -> Answer<CustomerRecord> {
    let SignedWrite { write, input: JsonBody(customer) } = request;
    check::record(&customer).map_err(|invalid| body::invalid(invalid.to_string()))?;
    observe::record_written("customer", &customer.id);
    timings.db(service.store.create_customer(&write, &customer)).await?;
    answer(customer)
}

/// `PUT /v1/customers/{id}`.
pub(super) async fn update(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedWrite<JsonBody<CustomerRecord>>,
) -> Answer<CustomerRecord> {
    let SignedWrite { write, input: JsonBody(customer) } = request;
    let id: CustomerId = body::path(id)?;
    if id != customer.id {
        return Err(body::invalid("The field id is not valid: it must be the id in the path.").into());
    }
    check::record(&customer).map_err(|invalid| body::invalid(invalid.to_string()))?;
    observe::record_written("customer", &customer.id);
    timings.db(service.store.update_customer(&write, &customer)).await?;
    answer(customer)
}

/// `DELETE /v1/customers/{id}`; answers the id.
pub(super) async fn delete(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<CustomerId> {
    let id: CustomerId = body::path(id)?;
    observe::record_written("customer", &id);
    timings.db(service.store.delete_customer(&write, &id)).await?;
    answer(id)
}
