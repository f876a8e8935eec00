//! Signs requests with the session's key (signature v2).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::signing::{MAX_SKEW_SECS, Nonce, SignedRequest, SigningKey, SigningParameters, content_digest, sign};
use reqwest::{
    Request,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
};

const CONTENT_TYPE_JSON: &str = "application/json";

/// How long a signature is good for, in seconds; a call's own deadline is far shorter.
const LIFETIME_SECS: i64 = MAX_SKEW_SECS / 5;

/// Signs `request` with a fresh nonce. `now` is the server's time. `None` where the keyid fits no header, which the
/// keyids of a tools server always do.
pub(super) fn signed(
    mut request: Request,
    keyid: &str,
    key: &SigningKey,
    authority: &str,
    now: i64,
) -> Option<Request> {
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let digest = content_digest(body);
    let components = SignedRequest {
        method: request.method().as_str(),
        authority,
        path: request.url().path(),
        query: request.url().query(),
        content_type: CONTENT_TYPE_JSON,
        content_digest: &digest,
    };
    let parameters =
        SigningParameters { created: now, expires: now + LIFETIME_SECS, nonce: nonce(), keyid: keyid.to_owned() };
    let (input, signature) = sign(key, &components, &parameters)?;
    let headers = [("content-digest", digest), ("signature-input", input), ("signature", signature)];
    for (name, value) in headers {
        request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::try_from(value).ok()?);
    }
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE_JSON));
    Some(request)
}

/// A fresh random nonce.
pub(super) fn nonce() -> Nonce {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()).parse().expect("22 characters of base64url")
}
