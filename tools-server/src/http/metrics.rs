//! Counts and times of requests, and the state of the pool, for Prometheus. Served on a listener of their own, which is
//! for operators alone.
//!
//! Every label is one of a closed set: what callers make up is counted as `-`.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::header::CONTENT_TYPE,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use contracts::ErrorCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use super::{error::ApiError, observe};
use crate::store::{Connections, Store};

/// Upper bounds of the histogram's buckets, in seconds: from a read on a near database to a request's deadline.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is counted. Labels hold routes and codes, never a path, an owner or a customer.
pub struct Metrics {
    store: Arc<dyn Store>,
    registry: Registry,
    requests: Family<Outcome, Counter>,
    seconds: Family<Route, Histogram>,
    open: Gauge,
    idle: Gauge,
    limit: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    method: &'static str,
    route: String,
    status: u16,
    code: &'static str,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new(store: Arc<dyn Store>) -> Arc<Self> {
        let mut registry = Registry::with_prefix("tools_server");
        let requests = Family::<Outcome, Counter>::default();
        registry.register("requests", "Requests answered, by route, status and error code", requests.clone());
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        registry.register("request_duration_seconds", "Time from a request to its answer", seconds.clone());
        let [open, idle, limit] = [
            ("database_connections_open", "Connections to the database"),
            ("database_connections_idle", "Connections that wait for work"),
            ("database_connections_limit", "Connections there may be at most"),
        ]
        .map(|(name, help)| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        });
        Arc::new(Self { store, registry, requests, seconds, open, idle, limit })
    }

    /// `router`, with its requests counted.
    pub fn watch(self: &Arc<Self>, router: Router) -> Router {
        router.layer(from_fn_with_state(Arc::clone(self), count))
    }

    /// `GET /metrics`.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new().route("/metrics", get(scrape)).with_state(Arc::clone(self))
    }
}

async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = if route == "-" { "-" } else { observe::known(request.method()) };
    let response = next.run(request).await;
    let code = response.extensions().get::<ErrorCode>().map_or("-", |code| code.as_str());
    let taken = started.elapsed().as_secs_f64();
    metrics.seconds.get_or_create(&Route { method, route: route.clone() }).observe(taken);
    metrics.requests.get_or_create(&Outcome { method, route, status: response.status().as_u16(), code }).inc();
    response
}

async fn scrape(State(metrics): State<Arc<Metrics>>) -> Response {
    let Connections { open, idle, limit } = metrics.store.connections();
    for (gauge, value) in [(&metrics.open, open), (&metrics.idle, idle), (&metrics.limit, limit)] {
        gauge.set(value.into());
    }
    let mut text = String::new();
    match encode(&mut text, &metrics.registry) {
        Ok(()) => ([(CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => ApiError::internal().into_response(),
    }
}
