//! The six tools: their names, what they are asked and what they answer.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    CustomerId, Line, OwnerId, Text,
    facts::{Money, OpenByPriority, Source, Ticket, Trend, UsagePoint},
    health::HealthReport,
    ids::InvalidId,
    reading::Reading,
};

/// A tool's name, as it stands in the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ToolName {
    GetCustomerUsage,
    GetRecentTickets,
    GetContractInfo,
    CalculateHealth,
    GenerateEmail,
    GenerateQbrOutline,
}

impl ToolName {
    /// Every tool.
    pub const ALL: [Self; 6] = [
        Self::GetCustomerUsage,
        Self::GetRecentTickets,
        Self::GetContractInfo,
        Self::CalculateHealth,
        Self::GenerateEmail,
        Self::GenerateQbrOutline,
    ];

    /// The name as it stands in the path.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GetCustomerUsage => "get_customer_usage",
            Self::GetRecentTickets => "get_recent_tickets",
            Self::GetContractInfo => "get_contract_info",
            Self::CalculateHealth => "calculate_health",
            Self::GenerateEmail => "generate_email",
            Self::GenerateQbrOutline => "generate_qbr_outline",
        }
    }
}

impl fmt::Display for ToolName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is no tool's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such tool")]
pub struct UnknownTool;

impl FromStr for ToolName {
    type Err = UnknownTool;

    fn from_str(text: &str) -> Result<Self, UnknownTool> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == text).ok_or(UnknownTool)
    }
}

/// Parameters of every tool that only reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReadParams {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
}

/// Why an email is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmailOccasion {
    /// A regular check-in.
    #[default]
    CheckIn,
    /// The renewal that is coming, or overdue.
    Renewal,
}

/// Parameters of `generate_email`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmailParams {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
    /// Why the email is written.
    #[serde(default)]
    pub occasion: EmailOccasion,
}

/// Parameters that do not fit the tool.
#[derive(Debug, thiserror::Error)]
pub enum InvalidParams {
    /// Something else in the place of the object; serde alone would take a list for one.
    #[error("expected an object")]
    NoObject,
    /// A field does not fit; the sentence names it.
    #[error(transparent)]
    Field(#[from] serde_path_to_error::Error<serde_json::Error>),
}

/// A tool with its validated parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "one variant a tool")]
pub enum ToolCall {
    GetCustomerUsage(ReadParams),
    GetRecentTickets(ReadParams),
    GetContractInfo(ReadParams),
    CalculateHealth(ReadParams),
    GenerateEmail(EmailParams),
    GenerateQbrOutline(ReadParams),
}

impl ToolCall {
    /// Validates `params` for the tool; the error says which field is wrong.
    pub fn parse(tool: ToolName, params: Value) -> Result<Self, InvalidParams> {
        fn read<T: DeserializeOwned + Default>(params: Value) -> Result<T, InvalidParams> {
            match params {
                Value::Null => Ok(T::default()),
                Value::Object(_) => Ok(serde_path_to_error::deserialize(params)?),
                _ => Err(InvalidParams::NoObject),
            }
        }
        Ok(match tool {
            ToolName::GetCustomerUsage => Self::GetCustomerUsage(read(params)?),
            ToolName::GetRecentTickets => Self::GetRecentTickets(read(params)?),
            ToolName::GetContractInfo => Self::GetContractInfo(read(params)?),
            ToolName::CalculateHealth => Self::CalculateHealth(read(params)?),
            ToolName::GenerateEmail => Self::GenerateEmail(read(params)?),
            ToolName::GenerateQbrOutline => Self::GenerateQbrOutline(read(params)?),
        })
    }

    /// Which tool is called.
    pub fn name(&self) -> ToolName {
        match self {
            Self::GetCustomerUsage(_) => ToolName::GetCustomerUsage,
            Self::GetRecentTickets(_) => ToolName::GetRecentTickets,
            Self::GetContractInfo(_) => ToolName::GetContractInfo,
            Self::CalculateHealth(_) => ToolName::CalculateHealth,
            Self::GenerateEmail(_) => ToolName::GenerateEmail,
            Self::GenerateQbrOutline(_) => ToolName::GenerateQbrOutline,
        }
    }

    /// The parameters as JSON.
    pub fn params(&self) -> Result<Value, serde_json::Error> {
        match self {
            Self::GetCustomerUsage(params)
            | Self::GetRecentTickets(params)
            | Self::GetContractInfo(params)
            | Self::CalculateHealth(params)
            | Self::GenerateQbrOutline(params) => serde_json::to_value(params),
            Self::GenerateEmail(params) => serde_json::to_value(params),
        }
    }

    /// The day to count from, where the caller names one.
    pub fn as_of(&self) -> Option<NaiveDate> {
        match self {
            Self::GetCustomerUsage(params)
            | Self::GetRecentTickets(params)
            | Self::GetContractInfo(params)
            | Self::CalculateHealth(params)
            | Self::GenerateQbrOutline(params) => params.as_of,
            Self::GenerateEmail(params) => params.as_of,
        }
    }
}

/// The body of `POST /v1/tools/{tool}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToolRequest {
    /// The customer the tool is about.
    pub customer_id: CustomerId,
    /// The tool's own parameters; see [`ReadParams`] and [`EmailParams`]. Beside them `ownerUserId` may name the owner.
    #[serde(default)]
    pub params: Value,
}

impl ToolRequest {
    /// Takes `ownerUserId` out of the parameters: whose rows the caller says it wants. It grants nothing; only a service
    /// that acts for several owners needs to say it.
    pub fn take_owner(&mut self) -> Result<Option<OwnerId>, InvalidId> {
        let named = self.params.as_object_mut().and_then(|params| params.remove("ownerUserId"));
        // Anything but a text is refused like a text that is no id.
        named.map(|owner| owner.as_str().unwrap_or_default().parse()).transpose()
    }
}

/// The answer of `get_customer_usage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageReport {
    /// What is measured, such as `logins a day`.
    pub metric: Line,
    /// Which way it moves; absent where there are too few points to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// The last window: the total of a count, the mean of a level, or the newest value of a summary row.
    pub recent: f64,
    /// The window before, brought to the same length, or the earlier value of a summary row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
    /// How long the last window is, in days; 0 of a summary row.
    #[serde(default)]
    pub window_days: u32,
    /// The newest day with use; absent where none is on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_use: Option<NaiveDate>,
    /// Whether it is too old to speak of as present.
    #[serde(default)]
    pub stale: bool,
    /// The points behind it, oldest first; none behind a summary row.
    pub points: Vec<UsagePoint>,
    /// Where it comes from.
    pub source: Source,
    /// Everything that is known of usage, as facts.
    #[serde(default)]
    pub facts: Vec<Reading>,
}

/// The answer of `get_recent_tickets`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketsReport {
    /// How many are open.
    pub open: u32,
    /// The open ones by priority.
    pub by_priority: OpenByPriority,
    /// When the oldest open one was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_open: Option<NaiveDate>,
    /// Ten tickets at most: the open ones, most serious and then oldest first, then the newest closed ones.
    pub recent: Vec<Ticket>,
    /// Whether it is too old to speak of as present.
    #[serde(default)]
    pub stale: bool,
    /// Where it comes from.
    pub source: Source,
    /// Everything that is known of tickets, as facts.
    #[serde(default)]
    pub facts: Vec<Reading>,
}

/// The answer of `get_contract_info`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContractReport {
    /// When the contract that most revenue hangs on renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_date: Option<NaiveDate>,
    /// Whole days (UTC) from the as-of day to the renewal; negative once it has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_renewal: Option<i64>,
    /// Annual recurring revenue of all contracts in the currency of the one that most hangs on; the facts have the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    /// The plan's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Line>,
    /// Seats bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Whether it renews by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_renew: Option<bool>,
    /// Whether it is too old to speak of as present.
    #[serde(default)]
    pub stale: bool,
    /// Where it comes from.
    pub source: Source,
    /// Everything that is known of the contracts, the customer and its people, as facts.
    #[serde(default)]
    pub facts: Vec<Reading>,
}

/// The answer of `generate_email`: text for the customer; it never holds scores or risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmailDraft {
    /// The subject line, with the customer's name and the occasion.
    pub subject: Line,
    /// The body, plain text.
    pub body: Text,
}

/// One section of a QBR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QbrSection {
    /// The section's heading.
    pub title: Line,
    /// What to say, with the numbers.
    pub talking_points: Vec<Line>,
}

/// The answer of `generate_qbr_outline`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QbrOutline {
    /// The outline's heading, with the customer's name.
    pub title: Line,
    /// The sections, in the order they are presented.
    pub sections: Vec<QbrSection>,
}

/// What a tool answered, typed. On the wire it is the bare report: the call says which one it is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(missing_docs, reason = "one variant a tool")]
pub enum ToolOutput {
    Usage(UsageReport),
    Tickets(TicketsReport),
    Contract(ContractReport),
    Health(HealthReport),
    Email(EmailDraft),
    Qbr(QbrOutline),
}

impl ToolOutput {
    /// Reads the `data` of an answer of `tool`.
    pub fn parse(tool: ToolName, data: Value) -> Result<Self, serde_json::Error> {
        Ok(match tool {
            ToolName::GetCustomerUsage => Self::Usage(serde_json::from_value(data)?),
            ToolName::GetRecentTickets => Self::Tickets(serde_json::from_value(data)?),
            ToolName::GetContractInfo => Self::Contract(serde_json::from_value(data)?),
            ToolName::CalculateHealth => Self::Health(serde_json::from_value(data)?),
            ToolName::GenerateEmail => Self::Email(serde_json::from_value(data)?),
            ToolName::GenerateQbrOutline => Self::Qbr(serde_json::from_value(data)?),
        })
    }

    /// The `data` of an answer.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        match self {
            Self::Usage(report) => serde_json::to_value(report),
            Self::Tickets(report) => serde_json::to_value(report),
            Self::Contract(report) => serde_json::to_value(report),
            Self::Health(report) => serde_json::to_value(report),
            Self::Email(draft) => serde_json::to_value(draft),
            Self::Qbr(outline) => serde_json::to_value(outline),
        }
    }
}
