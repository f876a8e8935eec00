//! The `Idempotency-Key` of a write.

use axum::{
    extract::Request,
    http::{HeaderMap, uri::PathAndQuery},
};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::{IdempotencyKey, WireError, idempotency::IDEMPOTENCY_KEY, signing::content_digest};

use super::verify::only;
use crate::{http::body, store::Once};

/// How long a write is remembered, in hours.
const KEPT_HOURS: i64 = 24;

/// A write that asks to be carried out once.
pub(super) struct Asked {
    key: IdempotencyKey,
    /// Method and target of the request.
    what: String,
}

/// What the header asks for, if it is there.
pub(super) fn asked(request: &Request) -> Result<Option<Asked>, WireError> {
    if !request.headers().contains_key(IDEMPOTENCY_KEY) {
        return Ok(None);
    }
    let key = key(request.headers()).ok_or_else(|| {
        body::invalid("The header idempotency-key is not valid: it must be one of 16 to 64 of A-Z a-z 0-9 - _.")
    })?;
    let target = request.uri().path_and_query().map_or("/", PathAndQuery::as_str);
    Ok(Some(Asked { key, what: format!("{} {target}", request.method()) }))
}

fn key(headers: &HeaderMap) -> Option<IdempotencyKey> {
    only(headers, IDEMPOTENCY_KEY)?.parse().ok()
}

impl Asked {
    /// The same for this body, of which `digest` is the `Content-Digest`.
    pub(super) fn of(self, digest: &str, now: DateTime<Utc>) -> Once {
        let request = content_digest(format!("{} {digest}", self.what).as_bytes());
        Once { key: self.key, request, expires: now + TimeDelta::hours(KEPT_HOURS) }
    }
}
