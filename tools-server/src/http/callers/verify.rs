//! From a request's headers to who is calling. Pure: no body, no clock, no store.

use axum::http::{HeaderMap, request::Parts};
use contracts::{
    ErrorCode, OwnerId, WireError,
    session::CallerKind,
    signing::{KeyClaims, MasterKeys, Nonce, Presented, SignatureError, SignedRequest, content_digest},
};

use crate::auth::Authority;

const JSON: &str = "application/json";

/// Who signed a request, and what its body must hash to.
pub(super) struct Caller {
    pub(super) owner: OwnerId,
    pub(super) kind: CallerKind,
    pub(super) nonce: Nonce,
    /// As `Content-Digest` has it.
    pub(super) digest: String,
}

/// Verifies the signature over everything but the body. `now` is in Unix seconds.
pub(super) fn headers(
    parts: &Parts,
    masters: &MasterKeys,
    authority: &Authority,
    now: i64,
) -> Result<Caller, WireError> {
    let header = |name| only(&parts.headers, name).ok_or_else(|| malformed(name));
    let presented = Presented::parse(header("signature-input")?, header("signature")?)
        .map_err(|error| refused(error, authority, now))?;
    presented.check_time(now).map_err(|error| refused(error, authority, now))?;
    let (claims, key) = KeyClaims::open(&presented.parameters.keyid, masters).map_err(|_| {
        unauthorized("The signing key is not one of this server's; get a new one from POST /v1/session.")
    })?;
    let request = SignedRequest {
        method: parts.method.as_str(),
        authority: authority.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query(),
        content_type: header("content-type")?,
        content_digest: header("content-digest")?,
    };
    presented.verify(&key, &request).map_err(|error| refused(error, authority, now))?;
    // Only now is it certain that this server wrote the claims.
    if claims.expires <= now {
        return Err(unauthorized("The signing key has expired; get a new one from POST /v1/session."));
    }
    if request.content_type != JSON {
        return Err(WireError::new(ErrorCode::InvalidInput, "The content-type must be application/json."));
    }
    let digest = request.content_digest.to_owned();
    Ok(Caller { owner: claims.owner, kind: claims.kind, nonce: presented.parameters.nonce, digest })
}

impl Caller {
    /// Verifies that `body` is the one that was signed.
    pub(super) fn check_body(&self, body: &[u8]) -> Result<(), WireError> {
        if content_digest(body) == self.digest {
            Ok(())
        } else {
            Err(unauthorized("The body is not the one that was signed: its content-digest differs."))
        }
    }
}

/// The value of a header that is there once. Twice would leave open which of them was signed.
pub(super) fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

pub(super) fn unauthorized(message: impl AsRef<str>) -> WireError {
    WireError::new(ErrorCode::Unauthorized, message)
}

fn malformed(header: &str) -> WireError {
    unauthorized(format!("The request must be signed (signature v2) and have one {header} header."))
}

fn refused(error: SignatureError, authority: &Authority, now: i64) -> WireError {
    match error {
        SignatureError::Malformed => {
            unauthorized("The request is not signed as this server expects: signature v2, a key from POST /v1/session.")
        }
        SignatureError::ClockOff | SignatureError::Expired => {
            let message = "The request's time does not fit the server's; set the clock of this machine and try again.";
            WireError { server_time: Some(now), ..unauthorized(message) }
        }
        SignatureError::Mismatch => {
            unauthorized(format!("The signature does not match the request; it must be made for {authority}."))
        }
    }
}
