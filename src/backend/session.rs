//! The session: fetched at the first call, shared by all, renewed before it ends.

use std::sync::Arc;

use contracts::{
    ErrorCode, Line,
    failure::{Failure, Stage},
    session::{SessionGrant, SessionRequest},
    signing::SigningKey,
};
use tokio::sync::Mutex;

use super::{
    Identity, SignIn,
    clock::Clock,
    endpoint::Endpoint,
    failure::{FailedAttempt, Remedy},
};
use crate::auth::{AuthError, Authenticator};

/// A session is renewed this many seconds before it ends.
const RENEW_BEFORE_SECS: i64 = 60;

/// A signing key and whom the server takes its holder for.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) keyid: String,
    pub(super) key: SigningKey,
    pub(super) identity: Identity,
    expires: i64,
}

/// The current session. The lock is held while one is fetched, so calls that start together share one.
#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<Option<Arc<Session>>>);

impl Sessions {
    /// The session in use, or a new one where there is none or it is about to end: for whoever `authenticator` has signed in,
    /// else for a guest.
    pub(super) async fn current(
        &self,
        endpoint: &Endpoint,
        clock: &Clock,
        authenticator: Option<&Authenticator>,
    ) -> Result<Arc<Session>, FailedAttempt> {
        let mut current = self.0.lock().await;
        if let Some(session) = current.as_ref().filter(|session| clock.now() < session.expires - RENEW_BEFORE_SECS) {
            return Ok(Arc::clone(session));
        }
        let session = fetch(endpoint, clock, authenticator)
            .await
            .map_err(|failed| FailedAttempt { remedy: unsigned(failed.remedy), ..failed })?;
        let session = Arc::new(session);
        *current = Some(Arc::clone(&session));
        Ok(session)
    }

    /// Forgets whichever session there is.
    pub(super) async fn clear(&self) {
        *self.0.lock().await = None;
    }

    /// Drops a session that the server did not accept, unless another call has already replaced it.
    pub(super) async fn forget(&self, refused: &Session) {
        let mut current = self.0.lock().await;
        if current.as_ref().is_some_and(|session| session.keyid == refused.keyid) {
            *current = None;
        }
    }
}

/// What may help after a session was refused: nothing was signed yet.
fn unsigned(remedy: Remedy) -> Remedy {
    match remedy {
        Remedy::Wait { .. } => remedy,
        Remedy::SetClock(_) | Remedy::NewSession | Remedy::Nothing => Remedy::Nothing,
    }
}

async fn fetch(
    endpoint: &Endpoint,
    clock: &Clock,
    authenticator: Option<&Authenticator>,
) -> Result<Session, FailedAttempt> {
    let tokens = match authenticator {
        Some(authenticator) => authenticator.current().await.map_err(|error| not_signed_in(&error))?,
        None => None,
    };
    let access_token = tokens.as_ref().map(|tokens| tokens.access().clone());
    let request = endpoint.post("/v1/session").json(&SessionRequest { access_token }).build();
    let request =
        request.map_err(|_| FailedAttempt::new(Stage::Sign, "The session request cannot be sent.", Remedy::Nothing))?;
    let received = endpoint.exchange(request).await?;
    let grant: SessionGrant = received.answer.open(&endpoint.place).map_err(|failed| match tokens {
        Some(_) => not_accepted(failed, &endpoint.place),
        None => failed,
    })?;
    clock.set(grant.server_time);
    let key = SigningKey::from_base64(&grant.key).ok_or_else(|| {
        FailedAttempt::new(
            Stage::Sign,
            format!("The signing key of {} cannot be read.", endpoint.place),
            Remedy::Nothing,
        )
    })?;
    let sign_in = tokens.map(|tokens| SignIn {
        ends: (!tokens.is_renewable()).then(|| tokens.expires.timestamp()),
        account: tokens.account,
    });
    let identity = Identity { owner: grant.owner, kind: grant.kind, writable: grant.writable, sign_in };
    Ok(Session { keyid: grant.keyid, key, identity, expires: grant.expires })
}

/// The token could not be had. Nobody is taken for a guest because of that: the demo book is not theirs.
fn not_signed_in(error: &AuthError) -> FailedAttempt {
    let remedy = match error {
        AuthError::Unreachable(_) => Remedy::Wait { at_least: None },
        _ => Remedy::Nothing,
    };
    FailedAttempt::new(Stage::Auth, error.to_string(), remedy)
}

/// The server refused the token; its own reason is for its operator.
fn not_accepted(failed: FailedAttempt, place: &str) -> FailedAttempt {
    if failed.failure.code != Some(ErrorCode::Unauthorized) {
        return failed;
    }
    let message = format!(
        "Your sign-in was not accepted by {place} ({}); sign in again with `cs-copilot login`.",
        failed.failure.message.as_str().trim_end_matches('.')
    );
    FailedAttempt { failure: Failure { message: Line::new(&message), ..failed.failure }, ..failed }
}
