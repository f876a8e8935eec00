//! The services that may call.

use std::collections::BTreeSet;

use contracts::{OwnerId, signing::v1::ServiceSecret};

/// A service that may call.
#[derive(Debug, Clone)]
pub struct ServiceClient {
    /// As it stands in `X-Client`.
    pub name: String,
    /// The secrets it may sign with: two while they rotate.
    pub secrets: Vec<ServiceSecret>,
    /// Whom it may act for.
    pub owners: BTreeSet<OwnerId>,
    /// Whether it was written for the tools that were there first.
    pub legacy: bool,
}
