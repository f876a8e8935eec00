//! `POST /v1/session`: a short-lived signing key for whoever calls.
//!
//! Who shows a valid access token of the identity provider is a user, and the token's `sub` is the owner as it stands:
//! Clerk's user ids (`user_…`) are owner ids. Any other subject is refused, so no token speaks for `public`.

use std::fmt;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use crate::OwnerId;

/// The longest life of a signing key, in seconds.
pub const MAX_SESSION_SECS: i64 = 15 * 60;

/// What kind of caller a key was given to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CallerKind {
    /// Nobody signed in, or a newer server's word for somebody: owner `public`, read-only except on the caller's own machine.
    #[default]
    Guest,
    /// Somebody signed in: the owner of their own rows, which they read and write.
    User,
}

/// The body of `POST /v1/session`; a guest sends an empty object.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionRequest {
    /// The caller's access token from the identity provider. Secret.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "expose_some")]
    #[schemars(with = "Option<String>")]
    pub access_token: Option<SecretString>,
}

impl fmt::Debug for SessionRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.access_token.is_some() { "SessionRequest(token)" } else { "SessionRequest(guest)" })
    }
}

/// The answer of `POST /v1/session`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionGrant {
    /// Public half of the key: who, until when, under which master key.
    pub keyid: String,
    /// The signing key, base64url without padding. Secret.
    #[serde(serialize_with = "expose")]
    #[schemars(with = "String")]
    pub key: SecretString,
    /// Whose rows the key reads.
    pub owner: OwnerId,
    /// What kind of caller it was given to.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub kind: CallerKind,
    /// Whether the key may write.
    pub writable: bool,
    /// When the key ends, Unix seconds by the server's clock: [`MAX_SESSION_SECS`] from now, and never after the token.
    pub expires: i64,
    /// The server's clock, Unix seconds; the client counts from it.
    pub server_time: i64,
}

fn expose_some<S: Serializer>(token: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

fn expose<S: Serializer>(key: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(key.expose_secret())
}

impl fmt::Debug for SessionGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionGrant").field("owner", &self.owner).field("kind", &self.kind).finish_non_exhaustive()
    }
}
