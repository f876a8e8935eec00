//! What keeps the server running: sessions, probes and the demo book.

use std::sync::Arc;

use axum::body::Body;
use axum::{Extension, extract::State};
use contracts::{
    ErrorCode,
    db::{DbHealth, DemoReport},
    session::{SessionGrant, SessionRequest},
};

use super::{
    Service,
    body::{self, NoBody},
    error::{Answer, ApiError, answer},
    timings::Timings,
};
use crate::auth::{SignedWrite, session};

/// The longest body of a session request, in bytes.
const MAX_SESSION_BODY: usize = 16 * 1024;

/// `POST /session`: a signing key for a guest.
pub(super) async fn session(State(service): State<Arc<Service>>, body: Body) -> Answer<SessionGrant> {
    let SessionRequest { access_token } = body::json(&body::read(body, MAX_SESSION_BODY).await?)?;
    if access_token.is_some() {
        let message = "This server has no sign-in configured; call it as a guest, without an access token.";
        return Err(ApiError::new(ErrorCode::Unauthorized, message));
    }
    answer(session::guest(&service.settings))
}

/// `GET /livez`: the process answers.
pub(super) async fn livez() -> Answer<&'static str> {
    answer("alive")
}

/// `GET /readyz`: the database answers, too.
pub(super) async fn readyz(State(service): State<Arc<Service>>) -> Answer<&'static str> {
    service.store.ping().await?;
    answer("ready")
}

/// `GET /api/db/health`.
pub(super) async fn db_health(State(service): State<Arc<Service>>) -> Answer<DbHealth> {
    answer(service.store.health().await)
}

/// `POST /api/db/seed-global`: puts the demo book in.
pub(super) async fn seed_demo(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<DemoReport> {
    answer(DemoReport { customers: timings.db(service.store.seed_demo(&write)).await? })
}

/// `DELETE /api/db/seed-global`: takes the demo book out.
pub(super) async fn remove_demo(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<DemoReport> {
    answer(DemoReport { customers: timings.db(service.store.remove_demo(&write)).await? })
}
