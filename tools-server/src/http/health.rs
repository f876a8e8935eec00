//! Health checks of many customers in one call: of those that are named, or of the whole book page by page.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId,
    book::MAX_PAGE,
    checks::{Check, HealthChecks, HealthQuery, HealthRequest, MAX_CHECKED, Outcome},
};
use domain::health;

use super::{
    Service,
    body::{self, JsonBody},
    callers::SignedRead,
    customers::ROWS_AT_ONCE,
    error::{Answer, ApiError, answer},
    in_flight::Held,
    timings::{Part, Timings},
};
use crate::{
    book::{self, Entry},
    order::Listing,
    tools,
};

/// `POST /v1/health`.
pub(super) async fn check(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<JsonBody<HealthRequest>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: JsonBody(HealthRequest { customer_ids, as_of }) } = request;
    if !(1..=MAX_CHECKED).contains(&customer_ids.len()) {
        let message = format!("The field customerIds is not valid: it must name 1 to {MAX_CHECKED} customers.");
        return Err(body::invalid(message).into());
    }
    let work = async move { checks(&service, &timings, &owner, &customer_ids, as_of, None).await };
    held.answer_apart(work).await
}

/// `GET /v1/health`.
pub(super) async fn page(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<HealthQuery>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: Query(HealthQuery { after, as_of }) } = request;
    let work = async move {
        let Listing { customers, next, .. } =
            timings.db(service.store.customers(&owner, after.as_ref(), MAX_PAGE)).await?;
        checks(&service, &timings, &owner, &customers, as_of, next).await
    };
    held.answer_apart(work).await
}

async fn checks(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    customers: &[CustomerId],
    as_of: Option<NaiveDate>,
    next: Option<CustomerId>,
) -> Answer<HealthChecks> {
    let as_of = as_of.unwrap_or_else(|| service.today());
    let (mut checks, mut revisions) = (Vec::new(), Vec::new());
    for some in customers.chunks(ROWS_AT_ONCE) {
        let known = timings.db(service.store.entries(owner, some, as_of)).await?;
        revisions.push(known.revision);
        checks.extend(
            timings.time(Part::Tool, || book::entries(known, as_of).into_iter().map(checked).collect::<Vec<_>>()),
        );
    }
    for (day, customers) in last_heard(&checks) {
        let known = timings.db(service.store.rows_of(owner, &customers, day)).await?;
        timings.time(Part::Tool, || remember(&mut checks, &book::entries(known, day)));
    }
    // Of an empty page nothing was read, and it has no revision but the book's own.
    let revision = match revisions.into_iter().min() {
        Some(revision) => revision,
        None => timings.db(service.store.revision(owner)).await?,
    };
    answer(HealthChecks { checks, next, as_of, revision })
}

fn checked(entry: Entry) -> Check {
    let outcome = match tools::health(&entry.case) {
        Ok(report) => Outcome::Report(report),
        Err(missing) => Outcome::Missing { what: Line::from(missing.0) },
    };
    Check { outcome: Some(outcome), customer: book::row(entry, &[]) }
}

/// The customers whose risk is unknown because their data went stale, by the day that was heard of last.
fn last_heard(checks: &[Check]) -> BTreeMap<NaiveDate, Vec<CustomerId>> {
    let mut days = BTreeMap::<_, Vec<_>>::new();
    for Check { customer, outcome } in checks {
        if let Some(Outcome::Report(report)) = outcome
            && let Some(day) = health::last_heard(report)
        {
            days.entry(day).or_default().push(customer.id.clone());
        }
    }
    days
}

/// Adds to unknown risks what they were when something was heard of the customer last.
fn remember(checks: &mut [Check], earlier: &[Entry]) {
    let earlier: BTreeMap<_, _> = earlier.iter().map(|entry| (&entry.case.id, &entry.case)).collect();
    for Check { customer, outcome } in checks {
        if let (Some(Outcome::Report(report)), Some(case)) = (outcome, earlier.get(&customer.id)) {
            *report = health::remembering(report.clone(), case);
        }
    }
}
