//! What is known of a customer: the parts that tools read and reports carry. Every part says where it comes from.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Line, MAX_LINE, days};

/// Where a part of the data comes from, and as of when. No figure is shown without it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The file or system, such as `usage.csv`, `preset ravenstack` or `demo`.
    pub origin: Line,
    /// The day the data speaks of (UTC).
    pub as_of: NaiveDate,
}

/// Which way usage moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// It grows.
    Up,
    /// It stays about the same.
    Flat,
    /// It falls.
    Down,
    /// There is no use any more, up to the day the source reaches.
    Silent,
}

impl Trend {
    /// Every trend.
    pub const ALL: [Self; 4] = [Self::Up, Self::Flat, Self::Down, Self::Silent];

    /// The word for people and for the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Flat => "flat",
            Self::Down => "down",
            Self::Silent => "silent",
        }
    }
}

/// What a metric counts, which decides how its values add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Events, such as logins: values of two days add up to those of both.
    Count,
    /// A level, such as active users: values of several days have a mean.
    Level,
}

impl Measure {
    /// The word for files and for the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Level => "level",
        }
    }
}

/// What one source delivers of a customer, or what the program itself keeps of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Customers,
    Usage,
    Tickets,
    Contracts,
    Contacts,
    Satisfaction,
    Activity,
    Health,
}

impl Part {
    /// The parts that sources deliver, customers first: the others name them.
    pub const DELIVERED: [Self; 7] = [
        Self::Customers,
        Self::Usage,
        Self::Tickets,
        Self::Contracts,
        Self::Contacts,
        Self::Satisfaction,
        Self::Activity,
    ];

    /// The word for the wire, the database, files and presets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Usage => "usage",
            Self::Tickets => "tickets",
            Self::Contracts => "contracts",
            Self::Contacts => "contacts",
            Self::Satisfaction => "satisfaction",
            Self::Activity => "activity",
            Self::Health => "health",
        }
    }
}

/// Whether a customer is one still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Active,
    Churned,
}

impl Status {
    /// The word for people, files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Churned => "churned",
        }
    }
}

/// How satisfaction was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Survey {
    /// Customer satisfaction, 1 to 5.
    Csat,
    /// Likelihood to recommend, 0 to 10.
    Nps,
}

impl Survey {
    /// The word for files and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csat => "csat",
            Self::Nps => "nps",
        }
    }
}

/// One dated measurement of usage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsagePoint {
    /// The day (UTC) the value is for, or on which its period ended.
    #[serde(deserialize_with = "days::written")]
    pub date: NaiveDate,
    /// The value, finite and not negative, in the metric's own unit.
    #[schemars(range(min = 0.0))]
    pub value: f64,
}

/// How serious a ticket is, most serious first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    Urgent,
    High,
    Normal,
    Low,
}

impl Priority {
    /// Every priority, most serious first.
    pub const ALL: [Self; 4] = [Self::Urgent, Self::High, Self::Normal, Self::Low];

    /// The word for people and for the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
}

/// One support ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// The help desk's own id.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub id: Line,
    /// What it is about, where the export says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub subject: Option<Line>,
    /// How serious it is.
    pub priority: Priority,
    /// The day it was opened (UTC).
    pub opened_on: NaiveDate,
    /// The day it was closed (UTC); absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
}

/// Open tickets by priority.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct OpenByPriority {
    pub urgent: u32,
    pub high: u32,
    pub normal: u32,
    pub low: u32,
}

impl OpenByPriority {
    /// How many are open with this priority.
    pub fn of(self, priority: Priority) -> u32 {
        match priority {
            Priority::Urgent => self.urgent,
            Priority::High => self.high,
            Priority::Normal => self.normal,
            Priority::Low => self.low,
        }
    }

    /// How many are open in all.
    pub fn total(self) -> u32 {
        self.urgent + self.high + self.normal + self.low
    }
}

/// An amount of money in the currency's minor unit (cents), so that sums are exact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Money {
    /// Hundredths of the currency.
    pub minor: i64,
    /// ISO 4217 code, such as `USD`.
    #[schemars(regex(pattern = r"^[A-Z]{3}$"))]
    pub currency: Line,
}
