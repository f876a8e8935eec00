//! What surrounds every request: its id, its timings, its deadline and its one line in the log.

use std::{
    any::Any,
    fmt,
    net::IpAddr,
    time::{Duration, Instant},
};

use axum::{
    body::{Bytes, HttpBody, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header::CACHE_CONTROL},
    middleware::Next,
    response::{IntoResponse, Response},
};
use contracts::{ErrorCode, OwnerId, server::CLIENT_VERSION};
use tracing::{Instrument, field::Empty};

use super::{
    error::{ApiError, Reason},
    in_flight::Held,
    timings::{self, Part, Timings},
};

/// Shorter answers, as all of those to writes, are not counted, in bytes.
const LONG_ANSWER: usize = 64 * 1024;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Gives the request an id, times it and logs it, with whose key it came. Of what was sent it logs the ids of what a
/// write writes, and nothing else: no path, no body, no name, no key.
pub(super) async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let timings = Timings::default();
    request.extensions_mut().insert(timings.clone());
    // Until there is an answer.
    let held = Held::default();
    request.extensions_mut().insert(held.clone());
    let method = known(request.method());
    let version = harmless(request.headers().get(CLIENT_VERSION)).cloned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id_text = id.to_str().unwrap_or_default();
    let span = tracing::info_span!(
        "request",
        id = id_text,
        owner = Empty,
        service = Empty,
        client = Empty,
        subject = Empty,
        address = Empty,
        wrote = Empty
    );

    let response = next.run(request).instrument(span.clone()).await;
    let mut response = hold(&held, response).await;
    drop(held);

    let auth = timings.ms(Part::Auth);
    span.in_scope(|| {
        tracing::info!(
            method,
            route = route.as_ref().map_or("-", MatchedPath::as_str),
            version = version.as_ref().and_then(|version| version.to_str().ok()),
            status = response.status().as_u16(),
            code = response.extensions().get::<ErrorCode>().map_or("-", |code| code.as_str()),
            reason = response.extensions().get::<Reason>().map(|reason| reason.0),
            auth_ms = auth,
            db_ms = timings.ms(Part::Db),
            tool_ms = timings.ms(Part::Tool),
            total_ms = timings::ms(started.elapsed()),
            "answered"
        );
    });
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if auth > 0.0 {
        headers.extend(HeaderValue::try_from(timings.to_string()).map(|value| (SERVER_TIMING, value)));
    }
    response
}

/// A long answer counts for whoever asked for it until it has been sent, however slowly they read.
async fn hold(held: &Held, response: Response) -> Response {
    let length = response.body().size_hint().exact().and_then(|length| length.try_into().ok()).unwrap_or_default();
    if length <= LONG_ANSWER {
        return response;
    }
    let held = match held.of_answer(length) {
        Ok(held) => held,
        Err(too_much) => return too_much.into_response(),
    };
    let (parts, body) = response.into_parts();
    match to_bytes(body, length).await {
        Ok(bytes) => Response::from_parts(parts, Bytes::from_owner(Answer { bytes, _held: held }).into()),
        Err(_) => ApiError::internal().into_response(),
    }
}

/// The bytes of an answer, with what they hold.
struct Answer {
    bytes: Bytes,
    _held: Held,
}

impl AsRef<[u8]> for Answer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The name of a method that HTTP itself has. Any token is a method, so any other is text from outside and becomes `-`.
pub(super) fn known(method: &Method) -> &'static str {
    const KNOWN: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("-")
}

/// Adds to the log's lines of the current request whose rows it is about, as its verified key says.
pub(crate) fn record_owner(owner: &OwnerId) {
    tracing::Span::current().record("owner", owner.as_str());
}

/// Adds to the log's lines of the current request where somebody asks for a session from.
pub(crate) fn record_address(address: IpAddr) {
    tracing::Span::current().record("address", tracing::field::display(address));
}

/// Adds to the log's lines of the current request what it writes: the kind of thing, and its id.
pub(crate) fn record_written(kind: &str, id: impl fmt::Display) {
    tracing::Span::current().record("wrote", tracing::field::display(format_args!("{kind} {id}")));
}

/// Adds to the log's lines of the current request which service signed it.
pub(crate) fn record_service(name: &str) {
    tracing::Span::current().record("service", name);
}

/// The caller's own id where it is harmless, so that a request can be followed through proxies; otherwise a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    harmless(headers.get(REQUEST_ID))
        .cloned()
        .unwrap_or_else(|| HeaderValue::try_from(new_id()).expect("hexadecimal digits are a valid header value"))
}

/// A word that the caller chose, where it can stand in a log.
fn harmless(word: Option<&HeaderValue>) -> Option<&HeaderValue> {
    let can_stand = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    word.filter(|word| (1..=64).contains(&word.len()) && word.as_bytes().iter().all(can_stand))
}

/// The id of a request that has none.
pub(super) fn new_id() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// Answers `UNAVAILABLE` when the request takes longer than `limit`. A write that is stopped is rolled back.
pub(super) async fn deadline(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| {
        let message = format!("The server did not manage this within {} s; try again soon.", limit.as_secs());
        ApiError::new(ErrorCode::Unavailable, message).into_response()
    })
}

/// Answers a handler's panic. Its message may hold a customer's data, so it goes nowhere.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    ApiError::internal().into_response()
}
