//! What deserves attention, and what becomes of it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use chrono::Days;
use contracts::{
    ItemId,
    attention::{Attention, AttentionQuery, MAX_SITUATION, NewState, State as ItemState, Until},
};
use domain::thresholds::SCORE_LOOKBACK_DAYS;

use super::{
    Service,
    body::{self, JsonBody, PathParameter},
    error::{Answer, answer},
    timings::{Part, Timings},
};
use crate::{
    attention,
    auth::{SignedRead, SignedWrite},
};

/// `GET /v1/attention`.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<Query<AttentionQuery>>,
) -> Answer<Attention> {
    let SignedRead { owner, input: Query(query) } = request;
    let today = query.as_of.unwrap_or_else(|| service.today());
    let then = today.checked_sub_days(Days::new(SCORE_LOOKBACK_DAYS)).unwrap_or(today);
    let now = timings.db(service.store.book(&owner, today)).await?;
    let before = timings.db(service.store.book(&owner, then)).await?;
    let states = timings.db(service.store.item_states(&owner)).await?;
    answer(timings.time(Part::Tool, || attention::page(now, (before, then), states, today)))
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
