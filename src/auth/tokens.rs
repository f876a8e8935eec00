//! What a sign-in leaves behind. The secrets are never in a log, an error or a debug print.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use contracts::Line;
use oauth2::{ExtraTokenFields, StandardTokenResponse, TokenResponse, basic::BasicTokenType};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

/// What comes with the tokens where OpenID is among the scopes.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct IdToken {
    #[serde(skip_serializing)]
    pub(super) id_token: Option<SecretString>,
}

impl ExtraTokenFields for IdToken {}

/// What the token endpoint answers.
pub(super) type Granted = StandardTokenResponse<IdToken, BasicTokenType>;

/// How long an access token is taken to live when nobody says.
const SHORT_LIFE: Duration = Duration::from_secs(300);

/// Who signed in, for people to read. Who may do what is the tools server's business, which checks the token itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The address or name the provider knows the user by, or else its id.
    pub name: Line,
    /// The provider's id of the user, where it said.
    pub subject: Option<Line>,
}

/// The tokens of one sign-in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// What the tools server is shown.
    #[serde(serialize_with = "expose")]
    pub(super) access: SecretString,
    /// What gets the next tokens, once.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_some")]
    pub(super) refresh: Option<SecretString>,
    /// When the access token ends.
    pub expires: DateTime<Utc>,
    /// Who signed in.
    pub account: Account,
}

/// The claims that are read here, of an ID token or of an access token that is a JWT.
#[derive(Debug, Default, Deserialize)]
struct Claims {
    sub: Option<Line>,
    email: Option<Line>,
    name: Option<Line>,
    exp: Option<i64>,
}

impl Tokens {
    /// What the provider granted at `now`. `before` are the tokens that this grant renews: what it leaves out stays.
    pub(super) fn granted(granted: &Granted, now: DateTime<Utc>, before: Option<&Self>) -> Self {
        let access = granted.access_token().secret();
        let claims = Claims::of(access);
        let by_claim = || claims.exp.and_then(|exp| DateTime::from_timestamp(exp, 0));
        let expires = match granted.expires_in() {
            Some(life) => now + life,
            None => by_claim().unwrap_or(now + SHORT_LIFE),
        };
        let id = granted.extra_fields().id_token.as_ref().map(|token| Claims::of(token.expose_secret()));
        let account = match (id, before) {
            (Some(id), _) => id.account(),
            (None, Some(before)) => before.account.clone(),
            (None, None) => claims.account(),
        };
        let refresh = granted.refresh_token().map(|token| SecretString::from(token.secret().as_str()));
        let refresh = refresh.or_else(|| before.and_then(|before| before.refresh.clone()));
        Self { access: SecretString::from(access.as_str()), refresh, expires, account }
    }

    /// What the tools server is shown.
    pub fn access(&self) -> &SecretString {
        &self.access
    }

    /// Whether new tokens can be had without the user.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some()
    }

    /// Whether both came from the same exchange.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.access.expose_secret() == other.access.expose_secret()
    }
}

impl Claims {
    /// Reads a JWT's claims without checking its signature: it came from the provider itself over a protected
    /// connection, and only words for the screen are taken from it. Empty for an opaque token.
    fn of(token: &str) -> Self {
        let claims = token.split('.').nth(1).and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
        claims.and_then(|claims| serde_json::from_slice(&claims).ok()).unwrap_or_default()
    }

    fn account(self) -> Account {
        let names = [self.email, self.name, self.sub.clone()];
        let name = names.into_iter().flatten().find(|name| !name.is_empty());
        Account { name: name.unwrap_or_else(|| Line::new("a user whom the provider does not name")), subject: self.sub }
    }
}

fn expose<S: Serializer>(token: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(token.expose_secret())
}

fn expose_some<S: Serializer>(token: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}
