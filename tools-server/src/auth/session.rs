//! `POST /session`: a short-lived signing key.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{
    ErrorCode, OwnerId, WireError,
    session::{CallerKind, MAX_SESSION_SECS, SessionGrant},
    signing::{KeyClaims, SigningKey},
};
use secrecy::SecretString;

use super::access_token::SignedIn;
use crate::http::{Settings, error::ApiError};

/// A key for whom the access token was given to; for a guest, whose rows are the public ones, where there is none.
pub(crate) async fn open(settings: &Settings, access_token: Option<&SecretString>) -> Result<SessionGrant, ApiError> {
    let now = (settings.clock)().timestamp();
    let longest = now + MAX_SESSION_SECS;
    let Some(token) = access_token else {
        return Ok(grant(settings, OwnerId::public(), CallerKind::Guest, now, longest));
    };
    let sign_in = settings.sign_in.as_ref().ok_or_else(|| {
        let message = "This server has no sign-in configured; sign out, or ask its operator to set auth.issuer.";
        WireError::new(ErrorCode::Unauthorized, message)
    })?;
    let SignedIn { owner, expires } = sign_in.verify(token, now).await?;
    let expires = expires.unwrap_or(longest).min(longest);
    Ok(grant(settings, owner, CallerKind::User, now, expires))
}

fn grant(settings: &Settings, owner: OwnerId, kind: CallerKind, now: i64, expires: i64) -> SessionGrant {
    let master = &settings.masters.current;
    let jti = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let claims = KeyClaims::new(master, owner, kind, now, expires, jti);
    let keyid = claims.keyid();
    SessionGrant {
        key: SigningKey::derive(master, &claims.jti, &keyid).to_base64(),
        keyid,
        owner: claims.owner,
        kind,
        writable: settings.writable(kind),
        expires,
        server_time: now,
    }
}
