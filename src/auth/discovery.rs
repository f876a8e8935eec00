//! What the provider says of itself. No address of it is ever made up here.

use contracts::Line;
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;

use super::{AuthError, wire};
use crate::config::ServerUrl;

/// RFC 8414 first, then OpenID Connect's older place.
const PLACES: [&str; 2] = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];

/// The provider's endpoints. One that is left out is not offered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) token_endpoint: Url,
    pub(super) authorization_endpoint: Option<Url>,
    pub(super) device_authorization_endpoint: Option<Url>,
    pub(super) revocation_endpoint: Option<Url>,
}

/// Asks the provider at `issuer`.
pub(super) async fn discover(http: &Client, issuer: &ServerUrl) -> Result<Metadata, AuthError> {
    for place in PLACES {
        let request = http.get(format!("{issuer}{place}"));
        let (status, body) = wire::answer(request).await.map_err(|_| AuthError::Unreachable(issuer.clone()))?;
        if status == StatusCode::NOT_FOUND {
            continue;
        }
        let metadata = serde_json::from_slice(&body).ok().filter(|_| status.is_success());
        let metadata = metadata.ok_or_else(|| not_usable(issuer, "it does not describe itself as one"))?;
        check(&metadata, issuer)?;
        return Ok(metadata);
    }
    Err(not_usable(issuer, "there is none; check auth.issuer"))
}

/// RFC 8414, section 3.3: a provider that names another issuer is not the one that was asked.
fn check(metadata: &Metadata, issuer: &ServerUrl) -> Result<(), AuthError> {
    if metadata.issuer.trim_end_matches('/') != issuer.as_str() {
        return Err(not_usable(issuer, &format!("it calls itself {}", metadata.issuer)));
    }
    let optional =
        [&metadata.authorization_endpoint, &metadata.device_authorization_endpoint, &metadata.revocation_endpoint];
    let mut endpoints = optional.into_iter().flatten().chain([&metadata.token_endpoint]);
    if let Some(endpoint) = endpoints.find(|endpoint| !issuer.vouches_for(endpoint)) {
        return Err(not_usable(issuer, &format!("its endpoint {endpoint} is not protected")));
    }
    Ok(())
}

pub(super) fn not_usable(issuer: &ServerUrl, why: &str) -> AuthError {
    AuthError::NotUsable { issuer: issuer.clone(), why: Line::new(why) }
}
