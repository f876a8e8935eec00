//! The server's configuration: defaults, then the file, then the environment, then flags. Pure; `main` reads them.

mod database;
mod limits;
mod services;
mod sign_in;

use std::{fmt, net::SocketAddr, path::Path};

use contracts::signing::{MasterKey, MasterKeys};
use secrecy::SecretString;
use serde::Deserialize;

pub use self::{
    database::{Database, DatabaseLayer},
    limits::LimitsLayer,
    services::ServiceLayer,
    sign_in::AuthLayer,
};
use crate::{
    Limits,
    auth::{Authority, ServiceClient, TokenRules},
};

/// Where the server listens unless told otherwise.
const DEFAULT_BIND: &str = "127.0.0.1:8787";
const METRICS_EXAMPLE: &str = "127.0.0.1:9187";
const DEFAULT_LOG: &str = "info";

/// Settings from one source; what a source does not name is left to the one below it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Where the rows are.
    #[serde(default)]
    pub database: DatabaseLayer,
    /// Base64 of 32 bytes or more.
    pub master_key: Option<SecretString>,
    /// The master key before this one.
    pub master_key_previous: Option<SecretString>,
    /// `IP:PORT` to listen on.
    pub bind: Option<String>,
    /// Host under which clients reach the server.
    pub authority: Option<String>,
    /// `IP:PORT` for Prometheus.
    pub metrics_bind: Option<String>,
    /// What is logged, as `tracing-subscriber` filters it.
    pub log: Option<String>,
    /// How users sign in.
    #[serde(default)]
    pub auth: AuthLayer,
    /// How many requests are accepted.
    #[serde(default)]
    pub limits: LimitsLayer,
    /// The services that may act for others.
    #[serde(default)]
    pub service_clients: Vec<ServiceLayer>,
}

impl Layer {
    /// Reads a configuration file. The error names file, line and column, and never quotes a value.
    pub fn from_toml(path: &Path, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = &text[..error.span().map_or(0, |span| span.start.min(text.len()))];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            ConfigError(format!("{}:{line}:{column}: {}", path.display(), error.message()))
        })
    }

    /// Reads the environment through `get`. An empty variable counts as not set.
    pub fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            database: DatabaseLayer::from_env(get),
            master_key: get("TOOLS_MASTER_KEY").map(Into::into),
            master_key_previous: get("TOOLS_MASTER_KEY_PREVIOUS").map(Into::into),
            bind: get("TOOLS_BIND"),
            authority: get("TOOLS_AUTHORITY"),
            metrics_bind: get("TOOLS_METRICS_BIND"),
            log: get("TOOLS_LOG"),
            auth: AuthLayer::from_env(get),
            limits: LimitsLayer::from_env(get),
            service_clients: Vec::new(),
        }
    }

    /// These settings, and those of `below` where these name none.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            database: self.database.over(below.database),
            master_key: self.master_key.or(below.master_key),
            master_key_previous: self.master_key_previous.or(below.master_key_previous),
            bind: self.bind.or(below.bind),
            authority: self.authority.or(below.authority),
            metrics_bind: self.metrics_bind.or(below.metrics_bind),
            log: self.log.or(below.log),
            auth: self.auth.over(below.auth),
            limits: self.limits.over(below.limits),
            service_clients: if self.service_clients.is_empty() { below.service_clients } else { self.service_clients },
        }
    }

    /// The log filter.
    pub fn log(&self) -> &str {
        self.log.as_deref().unwrap_or(DEFAULT_LOG)
    }

    /// Where the rows are.
    pub fn database(&self) -> Result<Database, ConfigError> {
        self.database.database()
    }

    /// How many rows are kept of each owner.
    pub fn rows(&self) -> Result<u64, ConfigError> {
        self.limits.rows()
    }

    /// Everything that serving needs.
    pub fn serving(&self) -> Result<Serving, ConfigError> {
        let bind = address("TOOLS_BIND", self.bind.as_deref().unwrap_or(DEFAULT_BIND), DEFAULT_BIND)?;
        let metrics = self.metrics_bind.as_deref();
        let metrics_bind = metrics.map(|bind| address("TOOLS_METRICS_BIND", bind, METRICS_EXAMPLE)).transpose()?;
        Ok(Serving {
            bind,
            metrics_bind,
            authority: self.authority(bind)?,
            masters: self.masters()?,
            token_rules: self.auth.rules()?,
            limits: self.limits.limits()?,
            service_clients: services::services(&self.service_clients)?,
        })
    }

    fn authority(&self, bind: SocketAddr) -> Result<Authority, ConfigError> {
        match &self.authority {
            Some(text) => {
                text.parse().map_err(|error| ConfigError(format!("TOOLS_AUTHORITY is {text:?}; that is {error}")))
            }
            None if bind.ip().is_loopback() && bind.port() != 0 => Ok(bind.into()),
            None => Err(ConfigError(format!(
                "TOOLS_BIND is {bind}, so set TOOLS_AUTHORITY to the host clients use, such as tools.example.com"
            ))),
        }
    }

    fn masters(&self) -> Result<MasterKeys, ConfigError> {
        let read = |name: &str, text: &SecretString| {
            MasterKey::from_base64(text).map_err(|error| ConfigError(format!("{name} cannot be used: {error}")))
        };
        let current = self.master_key.as_ref().ok_or_else(|| {
            ConfigError::new("no master key is configured: set TOOLS_MASTER_KEY to what `tools-server keygen` prints")
        })?;
        let previous = self.master_key_previous.as_ref();
        Ok(MasterKeys {
            current: read("TOOLS_MASTER_KEY", current)?,
            previous: previous.map(|text| read("TOOLS_MASTER_KEY_PREVIOUS", text)).transpose()?,
        })
    }
}

fn address(name: &str, text: &str, example: &str) -> Result<SocketAddr, ConfigError> {
    let message = || ConfigError(format!("{name} is {text:?}; it must be an address and a port, such as {example}"));
    text.parse().map_err(|_| message())
}

/// What `tools-server serve` runs on, besides the database.
#[derive(Debug)]
pub struct Serving {
    /// Where it listens.
    pub bind: SocketAddr,
    /// Where Prometheus finds its metrics, if anywhere.
    pub metrics_bind: Option<SocketAddr>,
    /// What signatures must name.
    pub authority: Authority,
    /// What signing keys are derived from.
    pub masters: MasterKeys,
    /// Which access tokens are accepted; none where nobody signs in.
    pub token_rules: Option<TokenRules>,
    /// How many requests are accepted.
    pub limits: Limits,
    /// The services that may act for others.
    pub service_clients: Vec<ServiceClient>,
}

/// A configuration that cannot be used, in one line: what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError(String);

impl ConfigError {
    /// An error of this one line.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
