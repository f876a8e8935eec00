//! `POST /v1/session`: a short-lived signing key.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{
    ErrorCode, OwnerId, WireError,
    session::{CallerKind, MAX_SESSION_SECS, SessionGrant},
    signing::{KeyClaims, SigningKey},
};
use secrecy::SecretString;

use crate::{
    auth::SignedIn,
    http::{Settings, error::ApiError, observe},
};

/// A key for whom the access token was given to; for a guest, whose rows are the public ones, where there is none.
pub(crate) async fn open(settings: &Settings, access_token: Option<&SecretString>) -> Result<SessionGrant, ApiError> {
    let now = (settings.clock)().timestamp();
    let Some(token) = access_token else {
        observe::record_owner(&OwnerId::public());
        let guest = SignedIn { owner: OwnerId::public(), organisation: None, expires: None };
        return Ok(grant(settings, CallerKind::Guest, guest, now));
    };
    let sign_in = settings.sign_in.as_ref().ok_or_else(|| {
        let message = "This server has no sign-in configured; sign out, or ask its operator to set auth.issuer.";
        WireError::new(ErrorCode::Unauthorized, message)
    })?;
    let user = sign_in.verify(token, now).await?;
    observe::record_owner(&user.owner);
    Ok(grant(settings, CallerKind::User, user, now))
}

fn grant(settings: &Settings, kind: CallerKind, caller: SignedIn, now: i64) -> SessionGrant {
    let SignedIn { owner, organisation, expires } = caller;
    let longest = now + MAX_SESSION_SECS;
    let expires = expires.unwrap_or(longest).min(longest);
    let master = &settings.masters.current;
    let jti = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let claims = KeyClaims::new(master, owner, kind, now, expires, jti).within(organisation);
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
