//! What users do with their customers, and when they looked last.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use contracts::{
    ActivityId,
    activity::{Activity, ActivityQuery, ActivityRow, MAX_ACTIVITIES},
    changes::Visit,
};

use super::{
    Service,
    body::{self, JsonBody, NoBody, PathParameter},
    callers::{SignedRead, SignedWrite},
    error::{Answer, answer},
    timings::Timings,
};
use crate::import::check;

const DEFAULT_LIMIT: u32 = 100;

/// `GET /v1/activity`, newest first.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<Query<ActivityQuery>>,
) -> Answer<Vec<ActivityRow>> {
    let SignedRead { owner, input: Query(query) } = request;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_ACTIVITIES).contains(&limit) {
        return Err(body::invalid(format!("The field limit is not valid: it must be 1 to {MAX_ACTIVITIES}.")).into());
    }
    answer(timings.db(service.store.activity(&owner, &query.customer_id, limit)).await?)
}

/// `PUT /v1/activity/{id}`.
pub(super) async fn keep(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    request: SignedWrite<JsonBody<Activity>>,
) -> Answer<Activity> {
    let SignedWrite { write, input: JsonBody(activity) } = request;
    let id: ActivityId = body::path(id)?;
    if id != activity.id {
        return Err(body::invalid("The field id is not valid: it must be the id in the path.").into());
    }
    check::activity(&activity).map_err(|invalid| body::invalid(invalid.to_string()))?;
    timings.db(service.store.keep_activity(&write, &activity)).await?;
    answer(activity)
}

/// `DELETE /v1/activity/{id}`; answers the id.
pub(super) async fn delete(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    id: PathParameter,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<ActivityId> {
    let id = body::path(id)?;
    timings.db(service.store.delete_activity(&write, &id)).await?;
    answer(id)
}

/// `POST /v1/visits`: counts a visit today, and answers the day of the one before.
pub(super) async fn visit(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<Visit> {
    let today = service.today();
    let before = timings.db(service.store.visit(&write, today)).await?;
    answer(Visit { today, before })
}
