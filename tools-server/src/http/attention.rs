//! What deserves attention, and what becomes of it.

use std::{collections::BTreeSet, pin::pin, sync::Arc};

use axum::{
    Extension,
    extract::{Query, State},
    response::Response,
};
use chrono::{Days, NaiveDate};
use contracts::{
    ItemId, OwnerId,
    attention::{Attention, AttentionQuery, MAX_SITUATION, NewState, State as ItemState, Until},
    query::Filter,
};
use domain::{query, thresholds::SCORE_LOOKBACK_DAYS};
use futures::{StreamExt, TryStreamExt, stream};

use super::{
    Service,
    apart::beside,
    body::{self, JsonBody, PathParameter},
    callers::{SignedRead, SignedWrite},
    error::{Answer, ApiError, answer},
    evaluated::READ_AHEAD,
    in_flight::Held,
    timings::{Part, Timings},
};
use crate::{
    attention::{self, Book},
    book,
    store::{ROWS_AT_ONCE, StoreError},
};

/// `GET /v1/attention`.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    Extension(held): Extension<Held>,
    request: SignedRead<Query<AttentionQuery>>,
) -> Result<Response, ApiError> {
    held.answer_apart(async move { page(&service, &timings, request).await }).await
}

async fn page(service: &Service, timings: &Timings, request: SignedRead<Query<AttentionQuery>>) -> Answer<Attention> {
    let SignedRead { owner, input: Query(asked) } = request;
    let today = asked.as_of.unwrap_or_else(|| service.today());
    let filter = asked.filter.as_deref().map(query::parse_filter).transpose();
    let filter = filter.map_err(|problem| body::invalid(format!("The field where is not valid: {problem}")))?;
    answer(of_day(service, timings, &owner, today, filter.as_ref()).await?)
}

/// What deserves attention on a day: all of it, or of customers for whom `filter` holds.
async fn of_day(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    today: NaiveDate,
    filter: Option<&Filter>,
) -> Result<Attention, StoreError> {
    let then = today.checked_sub_days(Days::new(SCORE_LOOKBACK_DAYS)).unwrap_or(today);
    // What holds for a customer may rest on facts that are read of all rows alone.
    let now = match filter.is_some_and(query::is_of_period) {
        false => read(service, timings, owner, today).await?,
        true => read_rows(service, timings, owner, today).await?,
    };
    let compared = timings.time(Part::Tool, || attention::compared(&now, filter));
    let groups: Vec<_> = compared.chunks(ROWS_AT_ONCE).map(<[_]>::to_vec).collect();
    let read = stream::iter(groups).map(async |some| {
        let known = timings.db(service.store.entries(owner, &some, then)).await?;
        Ok::<_, StoreError>(timings.wait(Part::Tool, beside(move || book::entries(known, then))).await)
    });
    let mut read = pin!(read.buffered(READ_AHEAD));
    let mut before = Book { entries: Vec::new(), revision: now.revision, as_of: then };
    while let Some(some) = read.try_next().await? {
        before.entries.extend(some);
    }
    let states = timings.db(service.store.item_states(owner)).await?;
    Ok(timings.time(Part::Tool, || attention::page(&now, &before, &states, filter)))
}

/// Forgets that items were done whose cause is gone with a delivery of this day: should it come again, it is to be done again.
pub(super) async fn forget_ended(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    day: NaiveDate,
) -> Result<(), StoreError> {
    let states = timings.db(service.store.item_states(owner)).await?;
    let was_done = |state: &ItemState| matches!(state, ItemState::Done(on) if *on <= day);
    let mut ended: Vec<_> = states.into_iter().filter(|(_, state)| was_done(state)).map(|(id, _)| id).collect();
    if !ended.is_empty() {
        let there: BTreeSet<_> =
            of_day(service, timings, owner, day, None).await?.items.into_iter().map(|it| it.id).collect();
        ended.retain(|id| !there.contains(id));
    }
    if ended.is_empty() { Ok(()) } else { timings.db(service.store.forget_items(owner, &ended)).await }
}

/// The same made of all rows.
async fn read_rows(
    service: &Service,
    timings: &Timings,
    owner: &OwnerId,
    as_of: NaiveDate,
) -> Result<Book, StoreError> {
    let Book { entries, revision, .. } = read(service, timings, owner, as_of).await?;
    let customers: Vec<_> = entries.into_iter().map(|entry| entry.case.id).collect();
    let mut entries = Vec::new();
    let mut rest = customers.as_slice();
    while !rest.is_empty() {
        let (known, read) = timings.db(service.store.rows_of(owner, rest, as_of)).await?;
        entries.extend(timings.time(Part::Tool, || book::entries(known, as_of)));
        rest = &rest[read..];
    }
    Ok(Book { entries, revision, as_of })
}

async fn read(service: &Service, timings: &Timings, owner: &OwnerId, as_of: NaiveDate) -> Result<Book, StoreError> {
    let known = timings.db(service.store.book(owner, as_of)).await?;
    let revision = known.revision;
    Ok(Book { entries: timings.time(Part::Tool, || book::entries(known, as_of)), revision, as_of })
}

/// `PUT /v1/attention/{id}`; answers the id.
pub(super) async fn set(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedWrite<JsonBody<NewState>>,
) -> Answer<ItemId> {
    let SignedWrite { write, input: JsonBody(new) } = request;
    let id: ItemId = body::path(id)?;
    if let ItemState::Snoozed(Until::Change(situation)) = &new.state
        && situation.as_str().chars().count() > MAX_SITUATION
    {
        let message =
            format!("The field state is not valid: a situation may have {MAX_SITUATION} characters at the most.");
        return Err(body::invalid(message).into());
    }
    timings.db(service.store.set_item(&write, &id, &new)).await?;
    answer(id)
}
