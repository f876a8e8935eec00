//! The history of finished runs.

use std::sync::{Arc, LazyLock};

use axum::{
    Extension,
    extract::{Query, State},
    http::Uri,
};
use contracts::{
    RunId, WireError,
    history::{HistoryQuery, MAX_HISTORY, MAX_RESULT, Message, NewMessage},
};

use super::{
    Service,
    body::{self, Input, JsonBody},
    callers::{SignedRead, SignedWrite},
    error::{Answer, answer},
    observe,
    timings::Timings,
    told::Told,
};

const DEFAULT_LIMIT: u32 = 20;

/// What a finished run may say.
static TOLD: LazyLock<Told> = LazyLock::new(Told::by::<NewMessage>);

/// A finished run, which has tagged enums in it.
impl Input for NewMessage {
    fn parse(uri: &Uri, body: &[u8]) -> Result<Self, WireError> {
        let JsonBody(message) = JsonBody::parse(uri, body)?;
        TOLD.check(body)?;
        check_length(&message)?;
        Ok(message)
    }
}

/// `POST /v1/messages`; answers the run's id.
pub(super) async fn record(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedWrite { write, input: message }: SignedWrite<NewMessage>,
) -> Answer<RunId> {
    observe::record_written("run", &message.run_id);
    timings.db(service.store.record(&write, &message)).await?;
    answer(message.run_id)
}

/// Whoever reads a history reads many of them at once.
fn check_length(message: &NewMessage) -> Result<(), WireError> {
    let length = serde_json::to_vec(&message.result).map_or(usize::MAX, |json| json.len());
    if length <= MAX_RESULT {
        return Ok(());
    }
    Err(body::invalid(format!("The run is too long: at most {} KiB are kept of its result.", MAX_RESULT / 1024)))
}

/// `GET /v1/messages`, newest first.
pub(super) async fn list(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: SignedRead<Query<HistoryQuery>>,
) -> Answer<Vec<Message>> {
    let SignedRead { owner, input: Query(query) } = request;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_HISTORY).contains(&limit) {
        return Err(body::invalid(format!("The field limit is not valid: it must be 1 to {MAX_HISTORY}.")).into());
    }
    answer(timings.db(service.store.history(&owner, &query.customer_id, limit)).await?)
}
