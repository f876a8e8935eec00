//! `POST /session`: a short-lived signing key.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use contracts::{
    OwnerId,
    session::{CallerKind, MAX_SESSION_SECS, SessionGrant},
    signing::{KeyClaims, SigningKey},
};

use crate::http::Settings;

/// A key for a guest, whose rows are the public ones.
pub(crate) fn guest(settings: &Settings) -> SessionGrant {
    let master = &settings.masters.current;
    let now = (settings.clock)().timestamp();
    let expires = now + MAX_SESSION_SECS;
    let jti = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>());
    let claims = KeyClaims::new(master, OwnerId::public(), CallerKind::Guest, now, expires, jti);
    let keyid = claims.keyid();
    SessionGrant {
        key: SigningKey::derive(master, &claims.jti, &keyid).to_base64(),
        keyid,
        owner: claims.owner,
        kind: claims.kind,
        writable: settings.guest_writes,
        expires,
        server_time: now,
    }
}
