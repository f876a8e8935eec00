//! Health, model `v2`: the words of its report. The formula itself is the `domain` crate's.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::{Source, Trend};

/// How likely the customer is to leave, worst first. One enum everywhere: list, card and result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Score under 50.
    High,
    /// Nobody can say: less than half of the data is there, or only what is not there could make it high. Also what a newer
    /// server says that this program does not know.
    #[default]
    Unknown,
    /// Score of 50 to 74.
    Medium,
    /// Score of 75 and over.
    Low,
}

impl Risk {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Unknown => "unknown",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// A part of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum HealthPart {
    UsageTrend,
    OpenTickets,
    DaysToRenewal,
}

impl HealthPart {
    /// Every part, in the order it is shown.
    pub const ALL: [Self; 3] = [Self::UsageTrend, Self::OpenTickets, Self::DaysToRenewal];

    /// The part in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::UsageTrend => "usage trend",
            Self::OpenTickets => "open tickets",
            Self::DaysToRenewal => "days to renewal",
        }
    }

    /// The weight of the part in model `v2`; the weights sum to 100.
    pub fn weight(self) -> u32 {
        match self {
            Self::UsageTrend => 45,
            Self::OpenTickets => 35,
            Self::DaysToRenewal => 20,
        }
    }
}

/// A named condition that holds for the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Usage is up.
    UsageUp,
    /// Usage is flat.
    UsageFlat,
    /// Usage is down.
    UsageDown,
    /// The product is not used any more.
    NoUsage,
    /// What is known of usage is too old.
    UsageStale,
    /// No open tickets.
    NoTickets,
    /// 1 to 2 open tickets.
    FewTickets,
    /// 3 or more open tickets.
    ManyTickets,
    /// What is known of tickets is too old.
    TicketsStale,
    /// Renewal in under 60 days.
    RenewalNear,
    /// Renewal in over 180 days.
    RenewalFar,
    /// The renewal date has passed.
    RenewalOverdue,
    /// What is known of the contract is too old.
    ContractStale,
}

impl Signal {
    /// The signal as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UsageUp => "usage_up",
            Self::UsageFlat => "usage_flat",
            Self::UsageDown => "usage_down",
            Self::NoUsage => "no_usage",
            Self::UsageStale => "usage_stale",
            Self::NoTickets => "no_tickets",
            Self::FewTickets => "few_tickets",
            Self::ManyTickets => "many_tickets",
            Self::TicketsStale => "tickets_stale",
            Self::RenewalNear => "renewal_near",
            Self::RenewalFar => "renewal_far",
            Self::RenewalOverdue => "renewal_overdue",
            Self::ContractStale => "contract_stale",
        }
    }
}

/// What a part of the score looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "part", content = "is")]
pub enum HealthInput {
    /// Which way usage moves.
    #[serde(rename = "usage_trend")]
    Usage(Trend),
    /// How many tickets are open.
    #[serde(rename = "open_tickets")]
    OpenTickets(u32),
    /// When the contract renews.
    #[serde(rename = "days_to_renewal")]
    Renewal {
        /// Whole days (UTC) to the renewal; negative once it has passed.
        days: i64,
        /// Whether it is known to renew by itself.
        automatic: bool,
    },
}

impl HealthInput {
    /// The part that looks at it.
    pub fn part(self) -> HealthPart {
        match self {
            Self::Usage(_) => HealthPart::UsageTrend,
            Self::OpenTickets(_) => HealthPart::OpenTickets,
            Self::Renewal { .. } => HealthPart::DaysToRenewal,
        }
    }
}

/// What one part adds to the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// What the part looks at.
    pub input: HealthInput,
    /// Points of the input, 0 to 100.
    pub points: u32,
    /// Weight of the part, before gaps are renormalised away.
    pub weight: u32,
    /// What the part adds to the score, in basis points of a point (10 000 is a score of 100).
    pub adds_bp: u32,
}

impl Contribution {
    /// Which part adds it.
    pub fn part(&self) -> HealthPart {
        self.input.part()
    }
}

/// A part that is not in the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Which part.
    pub part: HealthPart,
    /// Why it is not in it.
    pub why: Why,
}

/// Why a part is not in the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Why {
    /// Nothing is on record.
    Missing,
    /// There are too few measurements to tell a trend.
    TooFew,
    /// What is known is too old to speak of the present.
    Stale {
        /// Where it comes from, and the day it speaks of.
        source: Source,
    },
    /// The renewal on record has passed and renews by itself, so that the next one is not known.
    RenewsByItself {
        /// The day (UTC) of the renewal on record.
        on: NaiveDate,
    },
}

/// The score with every gap at 0 and at 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreRange {
    /// Gaps count 0.
    pub low: u32,
    /// Gaps count 100.
    pub high: u32,
}

/// A band that was known once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LastBand {
    /// Which.
    pub risk: Risk,
    /// The day it speaks of.
    pub on: NaiveDate,
}
