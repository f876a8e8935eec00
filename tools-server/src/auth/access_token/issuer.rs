//! Addresses of the identity provider.

use std::{fmt, str::FromStr};

use reqwest::Url;

/// An address at the provider: `https`, or `http` on this machine. Kept as it was written, as issuers are compared
/// letter by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderUrl(String);

/// A text that is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an https address, such as https://clerk.example.com")]
pub struct InvalidUrl;

impl ProviderUrl {
    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of `path`, which begins with a slash, below this one.
    pub(super) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0.trim_end_matches('/'))
    }

    /// Whether it is on this machine, without TLS.
    pub(super) fn is_plain(&self) -> bool {
        self.0.starts_with("http://")
    }
}

impl FromStr for ProviderUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let url: Url = text.parse().map_err(|_| InvalidUrl)?;
        let host = url.host_str().unwrap_or_default();
        let loopback = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let secure = text.starts_with("https://") || (text.starts_with("http://") && loopback);
        let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        if secure && bare && url.fragment().is_none() { Ok(Self(text.to_owned())) } else { Err(InvalidUrl) }
    }
}

impl fmt::Display for ProviderUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
