//! Health checks of many customers in one call: of those that are named, or of the whole book page by page. They are kept
//! here, too: sent back to be kept they would cost more than they did.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Extension, extract::State, response::Response};
use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId,
    book::{MAX_PAGE, Standing},
    checks::{Check, HealthChecks, HealthRequest, MAX_CHECKED},
};
use domain::health;

use super::{
    Service,
    body::{self, JsonBody},
    callers::{SignedRead, SignedWrite},
    error::{ApiError, answer},
    in_flight::Held,
    timings::{Part, Timings},
};
use crate::{
    book::{self, Entry, ROWS_AT_ONCE},
    kept, tools,
};

/// `POST /v1/health`.
pub(super) async fn check(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<JsonBody<HealthRequest>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: JsonBody(request) } = request;
    held.answer_apart(async move { answer(checks(&service, &timings, &owner, request).await?) }).await
}

/// `POST /v1/checks`. Sent again, it checks anew and keeps nothing twice.
pub(super) async fn keep(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedWrite<JsonBody<HealthRequest>>,
) -> Result<Response, ApiError> {
    let SignedWrite { write, input: JsonBody(request) } = request;
    let work = async move {
        let checks = checks(&service, &timings, &write.owner, request).await?;
        let took_ms = timings.ms(Part::Db) + timings.ms(Part::Tool);
        let kept = timings.time(Part::Tool, || kept::messages(&checks, &write.nonce, took_ms));
        timings.db(service.store.record_many(&write, &kept)).await?;
        answer(checks)
    };
    held.answer_apart(work).await
}

async fn checks(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    request: HealthRequest,
) -> Result<HealthChecks, ApiError> {
    let HealthRequest { customer_ids, after, as_of } = request;
    let as_of = as_of.unwrap_or_else(|| service.today());
    match customer_ids {
        None => {
            let listing = timings.db(service.store.customers(owner, after.as_ref(), MAX_PAGE)).await?;
            let page = checks_of(service, timings, owner, &listing.customers, as_of).await?;
            let counts = |check: &Check| check.customer.standing == Standing::Active;
            let checks = page.checks.into_iter().filter(counts).collect();
            Ok(HealthChecks { checks, next: listing.next, ..page })
        }
        Some(_) if after.is_some() => {
            Err(body::invalid("The field after is not valid: it is of the whole book, and customerIds names some.")
                .into())
        }
        Some(customers) if !(1..=MAX_CHECKED).contains(&customers.len()) => {
            let message = format!("The field customerIds is not valid: it must name 1 to {MAX_CHECKED} customers.");
            Err(body::invalid(message).into())
        }
        Some(customers) => checks_of(service, timings, owner, &customers, as_of).await,
    }
}

async fn checks_of(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    customers: &[CustomerId],
    as_of: NaiveDate,
) -> Result<HealthChecks, ApiError> {
    let (mut checks, mut revisions) = (Vec::new(), Vec::new());
    for some in customers.chunks(ROWS_AT_ONCE) {
        let known = timings.db(service.store.entries(owner, some, as_of)).await?;
        revisions.push(known.revision);
        checks.extend(
            timings.time(Part::Tool, || book::entries(known, as_of).into_iter().map(checked).collect::<Vec<_>>()),
        );
    }
    for (day, customers) in last_heard(&checks) {
        let mut rest = customers.as_slice();
        while !rest.is_empty() {
            let (known, read) = timings.db(service.store.rows_of(owner, rest, day)).await?;
            timings.time(Part::Tool, || remember(&mut checks, &book::entries(known, day)));
            rest = &rest[read..];
        }
    }
    // Of an empty page nothing was read, and it has no revision but the book's own.
    let revision = match revisions.into_iter().min() {
        Some(revision) => revision,
        None => timings.db(service.store.revision(owner)).await?,
    };
    Ok(HealthChecks { checks, next: None, as_of, revision })
}

fn checked(entry: Entry) -> Check {
    let customer = health::essentials(&entry.case);
    match tools::health(&entry.case) {
        Ok(report) => Check { customer, report: Some(report), missing: None },
        Err(missing) => Check { customer, report: None, missing: Some(Line::from(missing.0)) },
    }
}

/// The customers whose risk is unknown because their data went stale, by the day that was heard of last.
fn last_heard(checks: &[Check]) -> BTreeMap<NaiveDate, Vec<CustomerId>> {
    let mut days = BTreeMap::<_, Vec<_>>::new();
    for Check { customer, report, .. } in checks {
        if let Some(day) = report.as_ref().and_then(health::last_heard) {
            days.entry(day).or_default().push(customer.id.clone());
        }
    }
    days
}

/// Adds to unknown risks what they were when something was heard of the customer last.
fn remember(checks: &mut [Check], earlier: &[Entry]) {
    let earlier: BTreeMap<_, _> = earlier.iter().map(|entry| (&entry.case.id, &entry.case)).collect();
    for Check { customer, report, .. } in checks {
        if let (Some(report), Some(case)) = (report, earlier.get(&customer.id)) {
            *report = health::remembering(report.clone(), case);
        }
    }
}
