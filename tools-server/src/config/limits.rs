//! How many requests are accepted: `[limits]`.

use std::num::NonZeroU32;

use serde::Deserialize;

use super::ConfigError;
use crate::Limits;

/// A run over a whole book makes some thousand calls within a minute.
const REQUESTS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(6000).expect("it is more than 0");
/// An office behind one address starts its day together; each client asks every quarter of an hour.
const SESSIONS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).expect("it is more than 0");

/// The settings of `[limits]` from one source.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsLayer {
    /// Signed requests a minute of each user.
    pub requests_per_minute: Option<u32>,
    /// `POST /v1/session` a minute of each address.
    pub sessions_per_minute: Option<u32>,
    /// How many proxies of one's own stand before the server.
    pub proxies: Option<u32>,
    /// How many rows are kept of each owner.
    pub rows: Option<u32>,
}

impl LimitsLayer {
    pub(super) fn from_env(get: impl Fn(&str) -> Option<String>) -> Self {
        // What is no number is refused like 0, with the name of the setting.
        let number = |name| get(name).map(|text| text.parse().unwrap_or(u32::MAX));
        Self {
            requests_per_minute: number("TOOLS_LIMITS_REQUESTS_PER_MINUTE"),
            sessions_per_minute: number("TOOLS_LIMITS_SESSIONS_PER_MINUTE"),
            proxies: number("TOOLS_LIMITS_PROXIES"),
            rows: number("TOOLS_LIMITS_ROWS"),
        }
    }

    pub(super) fn over(self, below: Self) -> Self {
        Self {
            requests_per_minute: self.requests_per_minute.or(below.requests_per_minute),
            sessions_per_minute: self.sessions_per_minute.or(below.sessions_per_minute),
            proxies: self.proxies.or(below.proxies),
            rows: self.rows.or(below.rows),
        }
    }

    pub(super) fn rows(&self) -> Result<u64, ConfigError> {
        let rows = self.rows.unwrap_or(ROWS);
        if (1..=MAX_ROWS).contains(&rows) {
            return Ok(rows.into());
        }
        Err(ConfigError(format!("TOOLS_LIMITS_ROWS must be a number from 1 to {MAX_ROWS}")))
    }

    pub(super) fn limits(&self) -> Result<Limits, ConfigError> {
        let rate = |name: &str, value: Option<u32>, default: NonZeroU32| {
            let value = value.map_or(Some(default), NonZeroU32::new).filter(|rate| rate.get() <= MAX_RATE);
            value.ok_or_else(|| ConfigError(format!("{name} must be a number from 1 to {MAX_RATE}")))
        };
        let proxies = self.proxies.unwrap_or(0);
        if proxies > MAX_PROXIES {
            return Err(ConfigError(format!("TOOLS_LIMITS_PROXIES must be a number from 0 to {MAX_PROXIES}")));
        }
        Ok(Limits {
            requests_per_minute: rate(
                "TOOLS_LIMITS_REQUESTS_PER_MINUTE",
                self.requests_per_minute,
                REQUESTS_PER_MINUTE,
            )?,
            sessions_per_minute: rate(
                "TOOLS_LIMITS_SESSIONS_PER_MINUTE",
                self.sessions_per_minute,
                SESSIONS_PER_MINUTE,
            )?,
            proxies: proxies as usize,
        })
    }
}

/// As many rows as are kept of each owner.
const ROWS: u32 = 10_000_000;
const MAX_ROWS: u32 = 1_000_000_000;
const MAX_RATE: u32 = 1_000_000;
const MAX_PROXIES: u32 = 10;
