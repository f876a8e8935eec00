//! The book: listed, and changed one by one.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use contracts::{
    CustomerId, OwnerId,
    book::{BookPage, BookQuery, BookRevision, CustomerRecord, MAX_PAGE},
};

use super::{
    Service,
    body::{self, JsonBody, NoBody, PathParameter},
    callers::{SignedRead, SignedWrite},
    error::{Answer, ApiError, answer},
    in_flight::Held,
    observe,
    timings::{Part, Timings},
};
use crate::{
    book::{self, Entry},
    import::check,
    store::StoreError,
};

/// Of how many customers the rows are read at once.
const ROWS_AT_ONCE: u32 = 500;

/// `GET /v1/customers`.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<BookQuery>>,
) -> Result<Response, ApiError> {
    held.answer_apart(async move { page(&service, &timings, request).await }).await
}

async fn page(service: &Service, timings: &Timings, request: SignedRead<Query<BookQuery>>) -> Answer<BookPage> {
    let SignedRead { owner, input: Query(query) } = request;
    if query.limit.is_some_and(|limit| !(1..=MAX_PAGE).contains(&limit)) {
        return Err(body::invalid(format!("The field limit is not valid: it must be 1 to {MAX_PAGE}.")).into());
    }
    let facts =
        book::asked(&query).map_err(|error| body::invalid(format!("The field facts is not valid: {error}.")))?;
    let today = query.as_of.unwrap_or_else(|| service.today());
    let (entries, revision) = if facts.is_empty() {
        let known = timings.db(service.store.book(&owner, today)).await?;
        let revision = known.revision;
        (timings.time(Part::Tool, || book::entries(known, today)), revision)
    } else {
        timings.db(entries_with_rows(service, &owner, today)).await?
    };
    answer(timings.time(Part::Tool, || book::page(entries, &query, &facts, today, revision)))
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

/// The customers of the book, each made of all its rows: some facts are not kept anywhere else.
pub(super) async fn entries_with_rows(
    service: &Service,
    owner: &OwnerId,
    today: NaiveDate,
) -> Result<(Vec<Entry>, u64), StoreError> {
    let mut entries = book::demo_entries(&service.store.book(owner, today).await?, today);
    let mut after = None;
    loop {
        let (known, next) = service.store.page(owner, after.as_ref(), ROWS_AT_ONCE, today).await?;
        let revision = known.revision;
        entries.extend(book::entries(known, today));
        match next {
            Some(next) => after = Some(next),
            None => return Ok((entries, revision)),
        }
    }
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
