//! The settings of the list of the day.

use std::{collections::BTreeMap, fmt, str::FromStr};

use contracts::attention::Kind;
use domain::attention::{Minutes, Weights};
use serde::Deserialize;

/// The `[attention]` part of a configuration file.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttentionFile {
    /// See [`AttentionConfig::time`].
    pub time: Option<Time>,
    /// See [`AttentionConfig::weights`]; those not named are the usual ones.
    pub weights: Option<BTreeMap<Kind, Percent>>,
    /// See [`AttentionConfig::minutes`]; those not named are the usual ones.
    pub minutes: Option<BTreeMap<Kind, u32>>,
}

/// What is listed of what deserves attention, and in which order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct AttentionConfig {
    /// How much time there is a day; everything is listed where it is absent.
    pub time: Option<Time>,
    /// How likely a kind of item costs the customer.
    pub weights: Weights,
    /// How long an item of a kind takes.
    pub minutes: Minutes,
}

impl AttentionConfig {
    /// The file over the defaults.
    pub(super) fn merge(file: AttentionFile) -> Self {
        let weights = file.weights.unwrap_or_default().into_iter().map(|(kind, percent)| (kind, percent.0)).collect();
        Self {
            time: file.time,
            weights: Weights::with(&weights),
            minutes: Minutes::with(&file.minutes.unwrap_or_default()),
        }
    }
}

/// A whole share, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct Percent(u32);

impl TryFrom<u32> for Percent {
    type Error = &'static str;

    fn try_from(percent: u32) -> Result<Self, Self::Error> {
        if percent <= 100 { Ok(Self(percent)) } else { Err("write a share of 0 to 100") }
    }
}

/// A text that is no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write hours and minutes, such as 2h, 90m or 1h30m")]
pub struct NoTime;

/// How much time there is, at most a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Time {
    minutes: u32,
}

impl Time {
    const WEEK: u32 = 7 * 24 * 60;

    /// The same in minutes.
    pub fn minutes(self) -> u32 {
        self.minutes
    }
}

impl FromStr for Time {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let (hours, rest) = text.split_once('h').map_or((None, text), |(hours, rest)| (Some(hours), rest));
        let minutes = (!rest.is_empty()).then(|| rest.strip_suffix('m').ok_or(NoTime)).transpose()?;
        let number = |digits: Option<&str>| digits.map_or(Ok(0), |digits| digits.parse::<u32>().map_err(|_| NoTime));
        let (hours, minutes) = (number(hours)?, number(minutes)?);
        let minutes = hours.checked_mul(60).and_then(|of_hours| of_hours.checked_add(minutes));
        minutes.filter(|all| (1..=Self::WEEK).contains(all)).map(|minutes| Self { minutes }).ok_or(NoTime)
    }
}

impl TryFrom<String> for Time {
    type Error = NoTime;

    fn try_from(text: String) -> Result<Self, NoTime> {
        text.parse()
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.minutes / 60, self.minutes % 60) {
            (0, minutes) => write!(f, "{minutes} min"),
            (hours, 0) => write!(f, "{hours} h"),
            (hours, minutes) => write!(f, "{hours} h {minutes} min"),
        }
    }
}
