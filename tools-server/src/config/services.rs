//! The services that may act for others: `[[service_clients]]`.

use std::collections::BTreeSet;

use contracts::{OwnerId, signing::v1::ServiceSecret};
use secrecy::SecretString;
use serde::Deserialize;

use super::ConfigError;
use crate::auth::ServiceClient;

/// One of `[[service_clients]]`. They stand in the file alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLayer {
    /// As it stands in `X-Client`.
    pub name: String,
    /// One secret, or two while they rotate.
    pub secrets: Vec<SecretString>,
    /// Whom it may act for.
    pub owners: BTreeSet<OwnerId>,
    /// Whether it was written for the tools that were there first; it was not when absent.
    #[serde(default)]
    pub legacy: bool,
}

/// The services, each with a name of its own and secrets that are strong enough.
pub(super) fn services(layers: &[ServiceLayer]) -> Result<Vec<ServiceClient>, ConfigError> {
    let mut names = BTreeSet::new();
    for ServiceLayer { name, .. } in layers {
        if !names.insert(name) {
            return Err(ConfigError(format!("there are two service_clients called {name:?}; give each its own name")));
        }
    }
    layers.iter().map(service).collect()
}

fn service(ServiceLayer { name, secrets, owners, legacy }: &ServiceLayer) -> Result<ServiceClient, ConfigError> {
    // A dot would make two readings of what is signed.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !(1..=64).contains(&name.len()) || !name.bytes().all(plain) {
        return Err(ConfigError(format!("a name of service_clients is {name:?}; use 1 to 64 of A-Z a-z 0-9 - _")));
    }
    if !(1..=2).contains(&secrets.len()) {
        let count = secrets.len();
        return Err(ConfigError(format!(
            "the service {name} has {count} secrets; give it one, or two while they rotate"
        )));
    }
    let secrets = secrets.iter().map(ServiceSecret::new).collect::<Result<_, _>>();
    let secrets = secrets.map_err(|error| ConfigError(format!("the service {name} cannot be used: {error}")))?;
    Ok(ServiceClient { name: name.clone(), secrets, owners: owners.clone(), legacy: *legacy })
}
