//! What keeps the server running: sessions, probes and the demo book.

use std::{error::Error, sync::Arc};

use axum::{
    Extension,
    extract::{Request, State},
    http::header::CONTENT_TYPE,
    response::IntoResponse,
};
use contracts::{
    ErrorCode,
    db::{DbHealth, DemoReport},
    server::ServerInfo,
    session::{SessionGrant, SessionRequest},
};

use super::{
    Service,
    body::{self, NoBody},
    callers::{SeedWrite, SignedWrite, session},
    error::{Answer, ApiError, answer},
    in_flight::Held,
    limits::Payer,
    observe,
    timings::{Part, Timings},
};
use crate::store::StoreError;

/// The longest body of a session request, in bytes.
const MAX_SESSION_BODY: usize = 16 * 1024;

/// `POST /v1/session`: a signing key for a user or a guest.
pub(super) async fn session(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    request: Request,
) -> Answer<SessionGrant> {
    observe::record_address(Payer::address(&request, service.settings.limits));
    let payer = Payer::session(&request, service.settings.limits);
    let held = Held::of(request.extensions());
    held.begin(&service.in_flight, payer.clone())?;
    service.admit(payer)?;
    let SessionRequest { access_token } = body::json(&body::read(request.into_body(), MAX_SESSION_BODY, &held).await?)?;
    let session = session::open(&service.settings, access_token.as_ref());
    answer(timings.wait(Part::Auth, session).await?)
}

/// `GET /v1`: what the server can do.
pub(super) async fn about() -> Answer<ServerInfo> {
    answer(ServerInfo::of(env!("CARGO_PKG_VERSION")))
}

/// `GET /v1/openapi.json`: what there is.
pub(super) async fn description(State(service): State<Arc<Service>>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], service.description.clone())
}

/// `GET /livez`: the process answers.
pub(super) async fn livez() -> Answer<&'static str> {
    answer("alive")
}

/// `GET /readyz`: the database answers, too, and every table may be used.
pub(super) async fn readyz(State(service): State<Arc<Service>>) -> Answer<&'static str> {
    let log = |error: &StoreError| {
        tracing::error!(%error, source = error.source().map(tracing::field::display), "not ready");
    };
    let ask = async { service.store.ping().await.inspect_err(log).is_ok() };
    if service.ready.answer(ask).await {
        return answer("ready");
    }
    Err(ApiError::new(ErrorCode::Unavailable, "The database is not available just now; try again in a moment."))
}

/// `GET /api/db/health`.
pub(super) async fn db_health(State(service): State<Arc<Service>>) -> Answer<DbHealth> {
    answer(service.health.answer(service.store.health()).await)
}

/// `POST /api/db/seed-global`: puts the demo book in. A service may do so, too.
pub(super) async fn seed_demo(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SeedWrite(write): SeedWrite,
) -> Answer<DemoReport> {
    observe::record_written("demo", "in");
    answer(DemoReport { customers: timings.db(service.store.seed_demo(&write)).await? })
}

/// `DELETE /api/db/seed-global`: takes the demo book out.
pub(super) async fn remove_demo(
    State(service): State<Arc<Service>>,
    Extension(timings): Extension<Timings>,
    SignedWrite { write, input: NoBody }: SignedWrite<NoBody>,
) -> Answer<DemoReport> {
    observe::record_written("demo", "out");
    answer(DemoReport { customers: timings.db(service.store.remove_demo(&write)).await? })
}
