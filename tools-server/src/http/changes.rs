//! What changed between two days, and what happened with one customer. Reckoned apart from the threads that answer.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use contracts::{
    activity::MAX_ACTIVITIES,
    changes::{ChangesPage, ChangesQuery, MAX_PAGE, Timeline, TimelineQuery},
};
use domain::query;

use super::{
    Service, body,
    callers::SignedRead,
    error::{Answer, ApiError, answer},
    in_flight::Held,
    timings::{Part, Timings},
};
use crate::{
    changes,
    store::{StoreError, Which},
};

/// How many runs a timeline tells of.
const RUNS: u32 = 200;

/// `GET /v1/changes`: a page of the book, or one customer.
pub(super) async fn changes(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<ChangesQuery>>,
) -> Result<Response, ApiError> {
    held.answer_apart(async move { page(&service, &timings, request).await }).await
}

async fn page(service: &Service, timings: &Timings, request: SignedRead<Query<ChangesQuery>>) -> Answer<ChangesPage> {
    let SignedRead { owner, input: Query(query) } = request;
    let as_of = query.as_of.unwrap_or_else(|| service.today());
    if query.since >= as_of {
        return Err(body::invalid(format!("The field since is not valid: it must be a day before {as_of}.")).into());
    }
    let filter = query.filter.as_deref().map(query::parse_filter).transpose();
    let filter = filter
        .map_err(|problem| body::invalid(format!("The field where is not valid: {problem}")))?
        .unwrap_or_default();
    let which = query.customer_id.as_ref().map_or(Which::Page(query.after.as_ref(), MAX_PAGE), Which::One);
    let (pasts, next) = timings.db(service.store.pasts(&owner, which, as_of)).await?;
    if let (Some(customer), []) = (&query.customer_id, pasts.customers.as_slice()) {
        return Err(StoreError::UnknownCustomer(customer.clone()).into());
    }
    answer(timings.time(Part::Tool, || changes::page(pasts, next, &query, &filter, as_of)))
}

/// `GET /v1/timeline`.
pub(super) async fn timeline(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<TimelineQuery>>,
) -> Result<Response, ApiError> {
    held.answer_apart(async move { of_one(&service, &timings, request).await }).await
}

async fn of_one(service: &Service, timings: &Timings, request: SignedRead<Query<TimelineQuery>>) -> Answer<Timeline> {
    let SignedRead { owner, input: Query(TimelineQuery { customer_id, as_of }) } = request;
    let as_of = as_of.unwrap_or_else(|| service.today());
    let (mut pasts, _) = timings.db(service.store.pasts(&owner, Which::One(&customer_id), as_of)).await?;
    let customer = pasts.customers.pop().ok_or_else(|| StoreError::UnknownCustomer(customer_id.clone()))?;
    let done = timings.db(service.store.activity(&owner, &customer_id, MAX_ACTIVITIES)).await?;
    let runs = timings.db(service.store.history(&owner, &customer_id, RUNS)).await?;
    answer(timings.time(Part::Tool, || changes::timeline(customer, &pasts.sources, done, runs, as_of)))
}
