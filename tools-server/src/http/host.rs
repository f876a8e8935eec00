//! `Host`, of which a request has one: what stands before a server may go by the first where this program goes by the last.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Version, header::HOST, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{body, error::ApiError, limits::Peer};

/// Refuses a request that HTTP wants to be refused (RFC 9112, section 3.2). What is called in the process has no host.
pub(super) async fn named(request: Request, next: Next) -> Response {
    let is_over_http = request.extensions().get::<Peer>().is_some();
    if is_over_http && !is_named(request.headers(), request.version()) {
        return ApiError::from(body::invalid("A request names its host in one Host header.")).into_response();
    }
    next.run(request).await
}

fn is_named(headers: &HeaderMap, version: Version) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => is_host(host),
        (Some(_), Some(_)) => false,
    }
}

/// A host with or without a port; nothing, where the request is for nobody in particular.
fn is_host(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    bytes.is_empty() || (Authority::try_from(bytes).is_ok() && !bytes.contains(&b'@'))
}
