//! Access tokens of the identity provider: who has signed in.

mod issuer;
mod jwt;
mod keys;
mod opaque;
mod provider;
mod refused;
mod rs256;

use contracts::{Line, OrganisationId, OwnerId};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

pub use issuer::{InvalidUrl, ProviderUrl};
pub(crate) use refused::TokenRefused;

use keys::IssuerKeys;
use opaque::OpaqueTokens;

/// What users' ids begin with; nothing else speaks for an owner.
const USER_PREFIX: &str = "user_";

/// Which access tokens are accepted.
#[derive(Debug, Clone)]
pub struct TokenRules {
    /// The one issuer, whose keys are at `/.well-known/jwks.json` below it.
    pub issuer: ProviderUrl,
    /// The applications whose tokens are accepted.
    pub client_ids: Vec<String>,
    /// Whom tokens must be meant for, where that is asked for.
    pub audience: Option<String>,
    /// Who verifies opaque tokens; without it they are refused.
    pub clerk: Option<ClerkApi>,
}

/// Opaque tokens are verified by Clerk itself.
#[derive(Debug, Clone)]
pub struct ClerkApi {
    /// The base address, such as `https://api.clerk.com`.
    pub url: ProviderUrl,
    /// The instance's secret key.
    pub secret_key: SecretString,
}

/// Who a token was given to.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// The user, and so the owner of their rows.
    pub(crate) owner: OwnerId,
    /// The organisation the token was given for, where it says.
    pub(crate) organisation: Option<OrganisationId>,
    /// When the token ends, Unix seconds; unknown of some opaque ones.
    pub(crate) expires: Option<i64>,
}

/// Verifies access tokens.
#[derive(Debug)]
pub struct SignIn {
    rules: TokenRules,
    keys: IssuerKeys,
    opaque: Option<OpaqueTokens>,
}

impl SignIn {
    /// Nothing is fetched before the first token. Fails where this machine has no usable TLS.
    pub fn new(rules: TokenRules) -> Result<Self, reqwest::Error> {
        rs256::install();
        let keys = IssuerKeys::new(&rules.issuer)?;
        let opaque = rules.clerk.clone().map(OpaqueTokens::new).transpose()?;
        Ok(Self { rules, keys, opaque })
    }

    /// Who `token` was given to. `now` is in Unix seconds.
    pub(crate) async fn verify(&self, token: &SecretString, now: i64) -> Result<SignedIn, TokenRefused> {
        let text = token.expose_secret();
        if text.starts_with(opaque::PREFIX) {
            let opaque = self.opaque.as_ref().ok_or(TokenRefused::Opaque)?;
            return opaque.verify(token, &self.rules, now).await;
        }
        let unverified = jwt::Unverified::read(text)?;
        let key = self.keys.find(&unverified.key_id, now).await?;
        match unverified.verify(&key, &self.rules, now) {
            Err(TokenRefused::Signature) => {
                let key = self.keys.find_again(&unverified.key_id, now).await?;
                unverified.verify(&key, &self.rules, now)
            }
            verified => verified,
        }
    }
}

/// A time as tokens have it, which may have a fraction (RFC 7519, section 2): Unix seconds, whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "f64")]
struct NumericDate(i64);

impl From<f64> for NumericDate {
    fn from(seconds: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a time out of range becomes the first or the last one")]
        Self(seconds.floor() as i64)
    }
}

/// Adds to the log's lines of the current request the application that a token was given to, and whom, as soon as it is
/// certain that the issuer says so: also where it is then refused.
fn record(client: &str, subject: &str) {
    let span = tracing::Span::current();
    span.record("client", Line::new(client).as_str());
    span.record("subject", Line::new(subject).as_str());
}

/// The owner that `subject` is.
fn owner(subject: &str) -> Result<OwnerId, TokenRefused> {
    let user = subject.strip_prefix(USER_PREFIX).is_some_and(|rest| !rest.is_empty());
    subject.parse().ok().filter(|_| user).ok_or(TokenRefused::Subject)
}
