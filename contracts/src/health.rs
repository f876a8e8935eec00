//! Health, model `v1`: what the report says. The formula itself is the server's `tools/calculate_health.rs`.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Line;

/// How likely the customer is to leave. One enum everywhere: list, card and result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Risk {
    /// Score under 50.
    High,
    /// Score of 50 to 74.
    Medium,
    /// Less than half of the data is there; nobody can say.
    Unknown,
    /// Score of 75 and over.
    Low,
}

impl Risk {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Unknown => "unknown",
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

    /// The weight of the part in model `v1`; the weights sum to 100.
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
    /// No open tickets.
    NoTickets,
    /// 1 to 2 open tickets.
    FewTickets,
    /// 3 or more open tickets.
    ManyTickets,
    /// Renewal in under 60 days.
    RenewalNear,
    /// Renewal in over 180 days.
    RenewalFar,
    /// The renewal date has passed.
    RenewalOverdue,
}

impl Signal {
    /// The signal as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UsageUp => "usage_up",
            Self::UsageFlat => "usage_flat",
            Self::UsageDown => "usage_down",
            Self::NoTickets => "no_tickets",
            Self::FewTickets => "few_tickets",
            Self::ManyTickets => "many_tickets",
            Self::RenewalNear => "renewal_near",
            Self::RenewalFar => "renewal_far",
            Self::RenewalOverdue => "renewal_overdue",
        }
    }
}

/// What one part adds to the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Contribution {
    /// Which part.
    pub part: HealthPart,
    /// The input in words, such as `down` or `80 days`.
    pub input: Line,
    /// Points of the input, 0 to 100.
    pub points: u32,
    /// Weight of the part, before gaps are renormalised away.
    pub weight: u32,
    /// What the part adds to the score, in basis points of a point (10 000 is a score of 100).
    pub adds_bp: u32,
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

/// The answer of `calculate_health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthReport {
    /// The formula's name; `v1`.
    pub model: Line,
    /// 0 to 100, rounded half up, over the parts that are present.
    pub score: u32,
    /// Judged on the low end of `range`, so missing data never improves it.
    pub risk: Risk,
    /// The weight that is present, 0 to 100.
    pub coverage: u32,
    /// The score with gaps at 0 and at 100.
    pub range: ScoreRange,
    /// The conditions that hold.
    pub signals: Vec<Signal>,
    /// What each present part adds; the sum is the score before rounding.
    pub contributions: Vec<Contribution>,
    /// The parts that are not there.
    pub missing: Vec<HealthPart>,
    /// The day (UTC) the renewal is counted from.
    pub as_of: NaiveDate,
}
