//! Health checks of many customers in one call: of those that are named, or of the whole book page by page. They are kept
//! here, too: sent back to be kept they would cost more than they did.

use std::{collections::BTreeMap, pin::pin, sync::Arc, time::Instant};

use axum::{Extension, extract::State, response::Response};
use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId,
    book::{MAX_PAGE, Standing},
    checks::{Check, HealthChecks, HealthRequest, MAX_CHECKED},
    history::NewMessage,
    signing::Nonce,
};
use domain::health;
use futures::{StreamExt, TryStreamExt, stream};
use tokio::{sync::mpsc, try_join};

use super::{
    Service,
    body::{self, JsonBody},
    callers::{SignedRead, SignedWrite},
    error::{ApiError, answer},
    evaluated::READ_AHEAD,
    in_flight::Held,
    timings::{Part, Timings, ms},
};
use crate::{
    book::{self, Entry},
    kept,
    store::StoreError,
    tools,
};

/// So many customers are checked together: few, so that what is read, scored and written of others overlaps.
const CHECKED_TOGETHER: usize = 250;

/// `POST /v1/health`.
pub(super) async fn check(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<JsonBody<HealthRequest>>,
) -> Result<Response, ApiError> {
    let SignedRead { owner, input: JsonBody(request) } = request;
    held.answer_apart(async move { answer(checks(&service, &timings, &owner, request, None).await?) }).await
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
        // What is checked is written while the next customers are read, in one transaction that ends with the last of them;
        // where they cannot be read it is dropped before it could see that no more will come.
        // No check waits to be written, which would keep the connections that read until there is one that writes: all of them
        // are in the answer anyway.
        let (messages, to_keep) = mpsc::unbounded_channel();
        let checking = async {
            let history = History { nonce: &write.nonce, messages };
            Ok((checks(&service, &timings, &write.owner, request, Some(history)).await?, Instant::now()))
        };
        let keeping = async { service.store.record_many(&write, to_keep).await.map_err(ApiError::from) };
        let ((checks, checked_at), _) = try_join!(checking, keeping)?;
        timings.add(Part::Db, checked_at.elapsed());
        answer(checks)
    };
    held.answer_apart(work).await
}

/// What is being kept of the checks of a call.
struct History<'a> {
    nonce: &'a Nonce,
    messages: mpsc::UnboundedSender<Vec<NewMessage>>,
}

async fn checks(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    request: HealthRequest,
    history: Option<History<'_>>,
) -> Result<HealthChecks, ApiError> {
    let started = Instant::now();
    let as_of = request.as_of.unwrap_or_else(|| service.today());
    let is_of_all = request.customer_ids.is_none();
    let (customers, next) = whom(service, timings, owner, request).await?;
    let groups: Vec<_> = customers.chunks(CHECKED_TOGETHER).map(<[_]>::to_vec).collect();
    let checked = stream::iter(groups).map(async |some| checks_of(service, timings, owner, &some, as_of).await);
    let mut checked = pin!(checked.buffered(READ_AHEAD));
    let mut all = HealthChecks { checks: Vec::new(), next, as_of, revision: u64::MAX };
    while let Some(mut some) = checked.try_next().await? {
        some.checks.retain(|check| !is_of_all || check.customer.standing == Standing::Active);
        if let Some(History { nonce, messages }) = &history {
            let took_ms = ms(started.elapsed());
            let more = timings.time(Part::Tool, || kept::messages(&some, all.checks.len(), nonce, took_ms));
            // Nobody takes them where all were kept when this was sent before.
            let _ = messages.send(more);
        }
        all.revision = all.revision.min(some.revision);
        all.checks.extend(some.checks);
    }
    // Of an empty page nothing was read, and it has no revision but the book's own.
    if customers.is_empty() {
        all.revision = timings.db(service.store.revision(owner)).await?;
    }
    Ok(all)
}

/// Who is checked, and after whom the next page begins.
async fn whom(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    request: HealthRequest,
) -> Result<(Vec<CustomerId>, Option<CustomerId>), ApiError> {
    let HealthRequest { customer_ids, after, .. } = request;
    match customer_ids {
        None => {
            let listing = timings.db(service.store.customers(owner, after.as_ref(), MAX_PAGE)).await?;
            Ok((listing.customers, listing.next))
        }
        Some(_) if after.is_some() => {
            Err(body::invalid("The field after is not valid: it is of the whole book, and customerIds names some.")
                .into())
        }
        Some(customers) if !(1..=MAX_CHECKED).contains(&customers.len()) => {
            let message = format!("The field customerIds is not valid: it must name 1 to {MAX_CHECKED} customers.");
            Err(body::invalid(message).into())
        }
        Some(customers) => Ok((customers, None)),
    }
}

async fn checks_of(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    customers: &[CustomerId],
    as_of: NaiveDate,
) -> Result<HealthChecks, StoreError> {
    let known = timings.db(service.store.entries(owner, customers, as_of)).await?;
    let revision = known.revision;
    let mut checks: Vec<_> =
        timings.time(Part::Tool, || book::entries(known, as_of).into_iter().map(checked).collect());
    for (day, customers) in last_heard(&checks) {
        let known = timings.db(service.store.entries(owner, &customers, day)).await?;
        timings.time(Part::Tool, || remember(&mut checks, &book::entries(known, day)));
    }
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
