//! The HTTP edge: routes, and what surrounds every one of them.

mod activity;
mod apart;
mod attention;
pub(crate) mod body;
mod callers;
mod changes;
mod connections;
mod customers;
mod endpoint;
mod endpoints;
pub(crate) mod error;
mod evals;
mod evaluated;
mod forwarded;
mod health;
mod host;
mod imports;
pub(crate) mod in_flight;
pub(crate) mod legacy;
pub(crate) mod limits;
mod messages;
pub mod metrics;
pub(crate) mod observe;
mod openapi;
mod operations;
mod orders;
mod probe;
mod processors;
mod queries;
pub mod serve;
mod strict;
pub(crate) mod timings;
mod told;
mod tools;
pub(crate) mod turns;
mod wire;

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use axum::{
    Extension, Router,
    body::Bytes,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use contracts::{ErrorCode, db::DbHealth, session::CallerKind, signing::MasterKeys};
use tower_http::catch_panic::CatchPanicLayer;

use self::{
    error::ApiError,
    in_flight::InFlight,
    limits::{Limiter, Limits, Payer},
    orders::Orders,
    probe::Probe,
    queries::Answers,
};
use crate::{
    auth::{Authority, ServiceClient, SignIn, SpentNonces},
    store::Store,
};

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What a server must know besides its store.
#[derive(Clone)]
pub struct Settings {
    /// The keys from which every signing key is derived.
    pub masters: MasterKeys,
    /// The host that signatures must name.
    pub authority: Authority,
    /// Whether guests may write: only where the machine is their own.
    pub guest_writes: bool,
    /// How users sign in; without it everybody is a guest.
    pub sign_in: Option<Arc<SignIn>>,
    /// The services that may act for others.
    pub service_clients: Vec<ServiceClient>,
    /// How many requests are accepted; any number where the machine is the caller's own.
    pub limits: Option<Limits>,
    /// The server's clock.
    pub clock: Clock,
}

impl Settings {
    /// A server by this machine's clock, for guests who read as much as they like.
    pub fn new(masters: MasterKeys, authority: Authority) -> Self {
        Self {
            masters,
            authority,
            guest_writes: false,
            sign_in: None,
            service_clients: Vec::new(),
            limits: None,
            clock: Arc::new(Utc::now),
        }
    }

    /// Whether callers of this kind may write.
    pub(crate) fn writable(&self, kind: CallerKind) -> bool {
        match kind {
            CallerKind::Guest => self.guest_writes,
            CallerKind::User => true,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { masters, authority, guest_writes, sign_in, service_clients, limits, clock: _ } = self;
        f.debug_struct("Settings")
            .field("masters", masters)
            .field("authority", authority)
            .field("guest_writes", guest_writes)
            .field("sign_in", sign_in)
            .field("service_clients", service_clients)
            .field("limits", limits)
            .finish_non_exhaustive()
    }
}

/// What every handler works with.
pub(crate) struct Service {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) settings: Settings,
    pub(crate) nonces: SpentNonces,
    pub(crate) in_flight: InFlight,
    limiter: Option<Limiter>,
    orders: Orders,
    answers: Answers,
    ready: Probe<bool>,
    health: Probe<DbHealth>,
    /// The document of the API, made when it is first asked for.
    description: LazyLock<Bytes>,
}

impl Service {
    /// The day (UTC) by the server's clock.
    pub(crate) fn today(&self) -> NaiveDate {
        (self.settings.clock)().date_naive()
    }

    /// Counts a request; an error where its payer has had too many.
    pub(crate) fn admit(&self, payer: Payer) -> Result<(), ApiError> {
        self.limiter.as_ref().map_or(Ok(()), |limiter| limiter.admit(payer))
    }
}

/// The whole service, ready to be served.
pub fn router(store: Arc<dyn Store>, settings: Settings) -> Router {
    let limiter = settings.limits.map(|limits| Limiter::new(limits, &settings.clock));
    let service = Arc::new(Service {
        store,
        settings,
        nonces: SpentNonces::new(),
        in_flight: InFlight::default(),
        limiter,
        orders: Orders::default(),
        answers: Answers::default(),
        ready: Probe::default(),
        health: Probe::default(),
        description: LazyLock::new(|| openapi::document(&endpoints::endpoints()).to_string().into()),
    });
    let routes = endpoints::endpoints().into_iter().fold(Router::new(), |routes, endpoint| {
        let deadline = from_fn_with_state(endpoint.deadline, observe::deadline);
        routes.route(&endpoint.path, endpoint.handler.route_layer(deadline).route_layer(Extension(endpoint.work)))
    });
    routes
        .fallback(unknown_route)
        .method_not_allowed_fallback(unknown_method)
        .layer(from_fn(host::named))
        .layer(CatchPanicLayer::custom(observe::panicked))
        .layer(from_fn(observe::observe))
        .with_state(service)
}

async fn unknown_route() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "There is nothing at this path; GET /v1/openapi.json lists what there is.")
}

async fn unknown_method() -> Response {
    let error = ApiError::new(ErrorCode::NotFound, "This path does not answer to this method.");
    (StatusCode::METHOD_NOT_ALLOWED, error).into_response()
}
