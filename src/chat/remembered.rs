//! What servers were found not to take, kept so that no run finds it out again. Asking anew (`doctor`) writes it anew.

use std::{collections::BTreeMap, io, path::Path};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::dialect::Dialect;
use crate::{config::LlmConfig, kept::Kept};

/// The most servers and models that are remembered; those that were learnt of first are forgotten first.
const MOST: usize = 32;

/// The file with what is remembered.
#[derive(Debug, Clone)]
pub(super) struct Remembered(Kept);

/// What is remembered, by the server's address and the model's name.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Servers(BTreeMap<String, Learnt>);

#[derive(Debug, Serialize, Deserialize)]
struct Learnt {
    on: NaiveDate,
    without: Dialect,
}

impl Remembered {
    /// What is remembered in `dir`.
    pub(super) fn new(dir: &Path) -> Self {
        Self(Kept::new(dir, "servers"))
    }

    /// How this server is asked for this model: in full, where nothing is known or readable.
    pub(super) fn of(&self, config: &LlmConfig) -> Dialect {
        let servers: Servers = self.0.read().unwrap_or_default();
        servers.0.get(&name(config)).map(|learnt| learnt.without.clone()).unwrap_or_default()
    }

    /// Remembers how this server is asked for this model, in place of what was known.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn keep(&self, config: &LlmConfig, dialect: &Dialect, today: NaiveDate) -> io::Result<()> {
        self.0.change(|Servers(servers)| {
            servers.insert(name(config), Learnt { on: today, without: dialect.clone() });
            while servers.len() > MOST
                && let Some(oldest) = servers.iter().min_by_key(|(_, learnt)| learnt.on).map(|(name, _)| name.clone())
            {
                servers.remove(&oldest);
            }
        })
    }
}

fn name(config: &LlmConfig) -> String {
    format!("{} {}", config.base_url, config.model)
}
