//! How to sign in. Without an issuer and a client there is no sign-in, and everybody is a guest.

use std::{fmt, str::FromStr};

use serde::Deserialize;

use super::{AuthArgs, ConfigError, ServerUrl, TokenStore};

/// The `[auth]` part of a configuration file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthFile {
    /// See [`AuthConfig::issuer`].
    pub issuer: Option<ServerUrl>,
    /// See [`AuthConfig::client_id`].
    pub client_id: Option<String>,
    /// See [`AuthConfig::scopes`].
    pub scopes: Option<Scopes>,
    /// See [`AuthConfig::resource`].
    pub resource: Option<String>,
    /// See [`AuthConfig::store`].
    pub store: Option<TokenStore>,
}

/// Where and as what to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthConfig {
    /// The identity provider, as its tokens name it.
    pub issuer: ServerUrl,
    /// The id under which the provider knows this program; no secret.
    pub client_id: String,
    /// What the user is asked to agree to.
    pub scopes: Scopes,
    /// The audience the tokens are to be for, where the tools server asks for one.
    pub resource: Option<String>,
    /// Where the tokens are kept.
    pub store: TokenStore,
}

/// Scopes, separated by spaces.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Scopes(String);

impl Scopes {
    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ')
    }
}

impl Default for Scopes {
    fn default() -> Self {
        Self("openid profile email offline_access".to_owned())
    }
}

impl From<String> for Scopes {
    fn from(text: String) -> Self {
        Self(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl FromStr for Scopes {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text.to_owned()))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AuthConfig {
    /// Flags and environment over the file over the defaults; none where no issuer is named.
    pub(super) fn merge(given: &AuthArgs, file: AuthFile) -> Result<Option<Self>, ConfigError> {
        let issuer = given.auth_issuer.clone().or(file.issuer);
        let client_id = given.auth_client_id.clone().or(file.client_id).filter(|id| !id.is_empty());
        let (issuer, client_id) = match (issuer, client_id) {
            (Some(issuer), Some(client_id)) => (issuer, client_id),
            (None, None) => return Ok(None),
            (Some(_), None) => return Err(ConfigError::HalfASignIn { missing: "client_id" }),
            (None, Some(_)) => return Err(ConfigError::HalfASignIn { missing: "issuer" }),
        };
        Ok(Some(Self {
            issuer,
            client_id,
            scopes: given.auth_scopes.clone().or(file.scopes).unwrap_or_default(),
            resource: given.auth_resource.clone().or(file.resource).filter(|resource| !resource.is_empty()),
            store: given.auth_store.or(file.store).unwrap_or_default(),
        }))
    }
}
