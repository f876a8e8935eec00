//! Opaque access tokens, which only Clerk itself can verify.

use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use super::{
    ClerkApi, NumericDate, SignedIn, TokenRefused, TokenRules,
    jwt::Audience,
    owner,
    provider::{self, NoAnswer, Provider},
    record,
};

const PATH: &str = "/oauth_applications/access_tokens/verify";
/// What opaque tokens begin with.
pub(super) const PREFIX: &str = "oat_";

/// Asks Clerk about tokens.
#[derive(Debug)]
pub(super) struct OpaqueTokens {
    provider: Provider,
    clerk: ClerkApi,
}

/// What Clerk says of a token.
#[derive(Deserialize)]
struct Verified {
    client_id: String,
    subject: String,
    revoked: bool,
    expired: bool,
    expiration: Option<NumericDate>,
    #[serde(default)]
    aud: Audience,
}

impl OpaqueTokens {
    pub(super) fn new(clerk: ClerkApi) -> Result<Self, reqwest::Error> {
        Ok(Self { provider: Provider::new(&clerk.url)?, clerk })
    }

    pub(super) async fn verify(
        &self,
        token: &SecretString,
        rules: &TokenRules,
        now: i64,
    ) -> Result<SignedIn, TokenRefused> {
        let body = json!({ "access_token": token.expose_secret() });
        let request = self.provider.post(&self.clerk.url.join(PATH)).bearer_auth(self.clerk.secret_key.expose_secret());
        let verified: Verified = provider::ask(request.json(&body)).await.map_err(|no_answer| match no_answer {
            NoAnswer::Refused(StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY) => {
                TokenRefused::UnknownToken
            }
            NoAnswer::Refused(status) => {
                tracing::error!(status = status.as_u16(), "Clerk refuses to verify tokens; is the secret key right?");
                TokenRefused::ProviderDown
            }
            NoAnswer::Down => TokenRefused::ProviderDown,
        })?;
        record(&verified.client_id, &verified.subject);
        verified.check(rules, now)
    }
}

impl Verified {
    fn check(self, rules: &TokenRules, now: i64) -> Result<SignedIn, TokenRefused> {
        if self.revoked {
            return Err(TokenRefused::Revoked);
        }
        let expires = self.expiration.map(|NumericDate(seconds)| seconds);
        if self.expired || expires.is_some_and(|expires| expires <= now) {
            return Err(TokenRefused::Expired);
        }
        self.aud.check(rules)?;
        if !rules.client_ids.contains(&self.client_id) {
            return Err(TokenRefused::Client);
        }
        Ok(SignedIn { owner: owner(&self.subject)?, organisation: None, expires })
    }
}
