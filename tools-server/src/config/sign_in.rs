//! How users sign in: `[auth]`.

use secrecy::SecretString;
use serde::Deserialize;

use super::ConfigError;
use crate::auth::{ClerkApi, ProviderUrl, TokenRules};

const CLERK_API_URL: &str = "https://api.clerk.com";

/// The settings of `[auth]` from one source.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthLayer {
    /// Whose tokens are accepted, letter by letter as they name it.
    pub issuer: Option<String>,
    /// The applications whose tokens are accepted.
    pub client_ids: Option<Vec<String>>,
    /// Whom tokens must be meant for.
    pub audience: Option<String>,
    /// Clerk's secret key; only opaque tokens need it.
    pub clerk_secret_key: Option<SecretString>,
    /// Where Clerk's own API is.
    pub clerk_api_url: Option<String>,
}

impl AuthLayer {
    pub(super) fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let list = |text: String| text.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
        Self {
            issuer: get("TOOLS_AUTH_ISSUER"),
            client_ids: get("TOOLS_AUTH_CLIENT_IDS").map(list),
            audience: get("TOOLS_AUTH_AUDIENCE"),
            clerk_secret_key: get("TOOLS_AUTH_CLERK_SECRET_KEY").map(Into::into),
            clerk_api_url: get("TOOLS_AUTH_CLERK_API_URL"),
        }
    }

    pub(super) fn over(self, below: Self) -> Self {
        Self {
            issuer: self.issuer.or(below.issuer),
            client_ids: self.client_ids.or(below.client_ids),
            audience: self.audience.or(below.audience),
            clerk_secret_key: self.clerk_secret_key.or(below.clerk_secret_key),
            clerk_api_url: self.clerk_api_url.or(below.clerk_api_url),
        }
    }

    /// The rules for tokens; `None` where nobody signs in.
    pub(super) fn rules(&self) -> Result<Option<TokenRules>, ConfigError> {
        let Some(issuer) = &self.issuer else {
            let others = self.client_ids.is_some() || self.audience.is_some() || self.clerk_secret_key.is_some();
            let message = "there are settings for sign-in, but no issuer: set TOOLS_AUTH_ISSUER to your Clerk address";
            return if others { Err(ConfigError::new(message)) } else { Ok(None) };
        };
        let client_ids = self.client_ids.clone().unwrap_or_default();
        if client_ids.is_empty() {
            let message = "sign-in accepts no application yet: set TOOLS_AUTH_CLIENT_IDS to the client id of your OAuth application";
            return Err(ConfigError::new(message));
        }
        let url = |name: &str, text: &str| -> Result<ProviderUrl, ConfigError> {
            text.parse().map_err(|error| ConfigError(format!("{name} is {text:?}; that is {error}")))
        };
        let clerk_api_url = self.clerk_api_url.as_deref().unwrap_or(CLERK_API_URL);
        let clerk = self
            .clerk_secret_key
            .clone()
            .map(|secret_key| Ok(ClerkApi { url: url("TOOLS_AUTH_CLERK_API_URL", clerk_api_url)?, secret_key }));
        Ok(Some(TokenRules {
            issuer: url("TOOLS_AUTH_ISSUER", issuer)?,
            client_ids,
            audience: self.audience.clone(),
            clerk: clerk.transpose()?,
        }))
    }
}
