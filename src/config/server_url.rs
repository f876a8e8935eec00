//! The address of a tools server, refused where it would send data unprotected.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;
use serde::Deserialize;

/// The address of a tools server: `https`, or `http` to this machine alone, without a password in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ServerUrl(String);

/// Why a text is no [`ServerUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidServerUrl {
    /// It does not parse, or has no host.
    #[error("not a server address: write it like https://tools.example.com")]
    NotAUrl,
    /// Neither `http` nor `https`.
    #[error("a server address begins with https:// (or http:// for this machine)")]
    Scheme,
    /// Plain `http` to another machine.
    #[error("plain http would send your customers' data unprotected: use https (http is for this machine only)")]
    Unprotected,
    /// A user name or password in it.
    #[error("a server address has no user name or password in it")]
    Credentials,
    /// A path, query or fragment.
    #[error("a server address ends after the host and port")]
    Extra,
}

impl ServerUrl {
    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is sent there is encrypted on the way; else it stays on this machine.
    pub fn is_protected(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Whether `link`, which the server there has named, protects what is sent to it as well as the server does.
    pub fn vouches_for(&self, link: &Url) -> bool {
        let is_local = link.host_str().is_some_and(is_this_machine);
        link.scheme() == "https" || (link.scheme() == "http" && is_local && !self.is_protected())
    }
}

/// The address of an API: as of a [`ServerUrl`], and there may be a path in it, such as `https://api.example.com/v1`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ApiUrl(String);

impl ApiUrl {
    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is sent there is encrypted on the way; else it stays on this machine.
    pub fn is_protected(&self) -> bool {
        self.0.starts_with("https:")
    }
}

/// An address to which data may be sent.
fn protected(text: &str) -> Result<Url, InvalidServerUrl> {
    let url = Url::parse(text.trim()).map_err(|_| InvalidServerUrl::NotAUrl)?;
    let host = url.host_str().filter(|host| !host.is_empty());
    match url.scheme() {
        "https" | "http" if host.is_none() => return Err(InvalidServerUrl::NotAUrl),
        "https" => {}
        "http" if host.is_some_and(is_this_machine) => {}
        "http" => return Err(InvalidServerUrl::Unprotected),
        _ => return Err(InvalidServerUrl::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidServerUrl::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(InvalidServerUrl::Extra);
    }
    Ok(url)
}

fn text(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

impl FromStr for ApiUrl {
    type Err = InvalidServerUrl;

    fn from_str(address: &str) -> Result<Self, InvalidServerUrl> {
        protected(address).map(|url| Self(text(&url)))
    }
}

impl TryFrom<String> for ApiUrl {
    type Error = InvalidServerUrl;

    fn try_from(address: String) -> Result<Self, InvalidServerUrl> {
        address.parse()
    }
}

impl fmt::Display for ApiUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for ServerUrl {
    type Err = InvalidServerUrl;

    fn from_str(address: &str) -> Result<Self, InvalidServerUrl> {
        let url = protected(address)?;
        if url.path() != "/" {
            return Err(InvalidServerUrl::Extra);
        }
        Ok(Self(text(&url)))
    }
}

impl TryFrom<String> for ServerUrl {
    type Error = InvalidServerUrl;

    fn try_from(text: String) -> Result<Self, InvalidServerUrl> {
        text.parse()
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn is_this_machine(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
