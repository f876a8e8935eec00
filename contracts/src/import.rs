//! The canonical rows of an import, and what became of them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line,
    facts::{Money, Ticket, Trend, UsagePoint},
};

/// The most points of usage kept for one customer; the newest count.
pub const MAX_POINTS: usize = 400;

/// The longest name, subject or other line, in characters.
pub const MAX_LINE: usize = 200;

/// A customer, as `customers.csv` and `POST /customers` name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerRecord {
    /// The customer's id.
    pub id: CustomerId,
    /// Its name; not empty.
    pub name: Line,
    /// Its industry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<Line>,
    /// The CSM's own grouping, such as `Enterprise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Line>,
    /// Whom emails address, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Line>,
}

/// Usage of one customer: dated points, or a summary that somebody else made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsageRecord {
    /// The customer.
    pub customer_id: CustomerId,
    /// What is measured, such as `logins a day`.
    pub metric: Line,
    /// The measurements.
    pub series: UsageSeries,
}

/// The two forms of usage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum UsageSeries {
    /// Dated points, at most [`MAX_POINTS`], each date once; the trend is computed from them.
    Points(Vec<UsagePoint>),
    /// A trend that the source computed itself.
    Summary {
        /// Which way usage moves.
        trend: Trend,
        /// The newest value.
        recent: f64,
        /// The value before.
        before: f64,
    },
}

/// Tickets of one customer. A customer in `tickets` with none has none; a customer not in it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketsRecord {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its tickets, open and closed.
    pub tickets: Vec<Ticket>,
}

/// The contract of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractRecord {
    /// The customer.
    pub customer_id: CustomerId,
    /// When the contract renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_date: Option<NaiveDate>,
    /// Annual recurring revenue.
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
}

/// The body of `POST /import`: one transaction, all or nothing. A part that is not sent is left as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportRequest {
    /// Where the rows come from; shown beside every figure.
    pub origin: Line,
    /// The day (UTC) the rows speak of; decides which tickets are open.
    pub as_of: NaiveDate,
    /// Count what would change, and change nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// The customers; every other row names one of these or one that is already there.
    pub customers: Vec<CustomerRecord>,
    /// Their usage.
    #[serde(default)]
    pub usage: Vec<UsageRecord>,
    /// Their tickets.
    #[serde(default)]
    pub tickets: Vec<TicketsRecord>,
    /// Their contracts.
    #[serde(default)]
    pub contracts: Vec<ContractRecord>,
}

/// The answer of `POST /import`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Customers that were not there before.
    pub created: u32,
    /// Customers of whom something changed.
    pub updated: u32,
    /// Customers of whom nothing changed.
    pub unchanged: u32,
    /// Imported customers that have no usage now.
    pub without_usage: Vec<CustomerId>,
    /// Imported customers of whose tickets nothing is known now.
    pub without_tickets: Vec<CustomerId>,
    /// Imported customers that have no contract now.
    pub without_contract: Vec<CustomerId>,
    /// Customers of the demo book that are still there.
    pub demo_customers: u32,
}
