//! Deliveries: what a source brings at once. An import sends its rows in pieces under one [`ImportId`](crate::ImportId)
//! (`POST /v1/imports/{id}/pieces`) and ends with a [`Delivery`] (`POST /v1/imports/{id}`), which is carried out whole or not
//! at all.
//!
//! The rows travel both ways: requests are read strictly by the server whatever the type says, and an export may hold more
//! than its reader knows.

pub mod columns;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line, MAX_LINE, SourceName,
    activity::Activity,
    facts::{Measure, Money, Part, Status, Survey, Ticket, Trend, UsagePoint},
};

pub use report::{CustomerChange, DeliveryReport, Loss, Named, PartReport};

/// The most points of usage of one series in one delivery; the newest count.
pub const MAX_POINTS: usize = 1_500;

/// The most rows of one part that are kept of one customer, from all sources together: whoever reads a customer reads all
/// of them.
pub const MAX_ROWS_KEPT: u32 = 20_000;

/// The same of activities, which are longer than other rows.
pub const MAX_ACTIVITY_KEPT: u32 = 5_000;

/// The most points of usage that are kept of one customer, in all of its series.
pub const MAX_POINTS_KEPT: u32 = 400_000;

/// The longest piece as JSON, in bytes.
pub const MAX_PIECE: usize = 4 * 1024 * 1024;

/// The most pieces of one delivery.
pub const MAX_PIECES: u32 = 10_000;

/// The most sources that an order names.
pub const MAX_SOURCES: usize = 100;

/// How many names a list of the report holds; it says how many more there are.
pub const MAX_NAMED: usize = 20;

/// Whether what is not in a delivery is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The whole of each part: customers, contracts, usage series and open tickets that are not in it are gone. Points,
    /// closed tickets and responses accumulate.
    #[default]
    Snapshot,
    /// Only what changed: absence says nothing.
    Changes,
}

impl Mode {
    /// The word for the command line and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Changes => "changes",
        }
    }
}

/// What becomes of customers that are gone from their source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Gone {
    /// They are marked and counted apart.
    #[default]
    Keep,
    /// They are removed with everything of them, where no other source knows them.
    Remove,
}

/// A customer's own fields, as one source says them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct CustomerFields {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub name: Option<Line>,
    /// Its industry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub industry: Option<Line>,
    /// The CSM's own grouping, such as `Enterprise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub segment: Option<Line>,
    /// Who looks after the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub owner: Option<Line>,
    /// Whether it is a customer still; absent counts as active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Since when it is a customer, or since when it has left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// Whom emails address, by name, where no contacts are delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub contact: Option<Line>,
}

/// A row of `customers.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct CustomerRow {
    /// The customer.
    pub id: CustomerId,
    /// What the row says of it.
    pub fields: CustomerFields,
}

/// Usage of one customer by one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct UsageRows {
    /// The customer.
    pub customer_id: CustomerId,
    /// What is measured, such as `logins a day`.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub metric: Line,
    /// Whether it is a count or a level, where the source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The measurements.
    pub says: UsageSays,
}

/// The two forms of usage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub enum UsageSays {
    /// Dated points, at most [`MAX_POINTS`], oldest first, each date once.
    Points(#[schemars(length(min = 1, max = MAX_POINTS))] Vec<UsagePoint>),
    /// What the source computed itself.
    Summary(UsageSummary),
}

/// A trend that a source computed itself, as of the delivery's day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct UsageSummary {
    /// Which way usage moves.
    pub trend: Trend,
    /// The newest value.
    #[schemars(range(min = 0.0))]
    pub recent: f64,
    /// The value before.
    #[schemars(range(min = 0.0))]
    pub before: f64,
}

/// Tickets of one customer, open and closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct TicketRows {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its tickets.
    pub tickets: Vec<Ticket>,
}

/// The terms of a contract, as one source says them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ContractTerms {
    /// When the contract renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal_date: Option<NaiveDate>,
    /// Annual recurring revenue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("properties" = { "minor": { "minimum": 0 } }))]
    pub arr: Option<Money>,
    /// The plan's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub plan: Option<Line>,
    /// Seats bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Whether it renews by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_renew: Option<bool>,
    /// How many days before the renewal it can be ended at the latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_days: Option<u32>,
}

/// A row of `contracts.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ContractRow {
    /// The customer.
    pub customer_id: CustomerId,
    /// The source's own id of the contract; the customer's id where it has none.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub contract_id: Line,
    /// What the row says of it.
    pub terms: ContractTerms,
}

/// A person at a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct Contact {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub name: Option<Line>,
    /// What they do, such as `CTO`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub role: Option<Line>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub email: Option<Line>,
    /// Whether emails go to them first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// A row of `contacts.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ContactRow {
    /// The customer.
    pub customer_id: CustomerId,
    /// What tells the person from the customer's others: the e-mail address, else the name.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub key: Line,
    /// What the row says of them.
    pub contact: Contact,
}

/// A row of `satisfaction.csv`: one response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(deny_unknown_fields)]
pub struct ResponseRow {
    /// The customer.
    pub customer_id: CustomerId,
    /// The source's own id of the response; else its survey, day and place among those of the day.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub response_id: Line,
    /// The day (UTC) of the response.
    pub date: NaiveDate,
    /// What was asked.
    pub survey: Survey,
    /// The answer: 1 to 5 for CSAT, 0 to 10 for NPS.
    #[schemars(range(max = 10))]
    pub score: u32,
}

/// Rows of an import, at most [`MAX_PIECE`] long. A series, a customer's tickets, contracts or contacts may be spread
/// over pieces; one row is in one piece. Of one customer at most 20000 rows of each part are kept, 5000 of them activities,
/// and 400000 points of usage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Piece {
    pub customers: Vec<CustomerRow>,
    pub usage: Vec<UsageRows>,
    pub tickets: Vec<TicketRows>,
    pub contracts: Vec<ContractRow>,
    pub contacts: Vec<ContactRow>,
    pub satisfaction: Vec<ResponseRow>,
    pub activity: Vec<Activity>,
}

/// The end of an import: what its pieces are and what is to be done with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Delivery {
    /// Who says all this.
    pub source: SourceName,
    /// The day (UTC) that the delivery speaks of.
    pub day: NaiveDate,
    /// Whether absence means gone.
    #[serde(default)]
    pub mode: Mode,
    /// The parts that the delivery has, rows or none, each with the optional [`columns`] that were there: such a column
    /// clears what its source said where a cell is empty, one that was not there leaves it.
    #[schemars(schema_with = "columns::schema")]
    pub parts: BTreeMap<Part, Vec<Line>>,
    /// How many pieces were sent, at most [`MAX_PIECES`].
    #[schemars(range(max = MAX_PIECES))]
    pub pieces: u32,
    /// How many rows were read and left out before they were sent, by part. They count as present: nobody can tell which
    /// things they were, so nothing of such a part is gone.
    #[serde(default)]
    pub rejected: BTreeMap<Part, u32>,
    /// Parts of which a file or system that the source otherwise delivers is not there this time: what is not in the rest
    /// is not gone.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub partly: BTreeSet<Part>,
    /// What becomes of customers that are gone.
    #[serde(default)]
    pub gone: Gone,
    /// Go on where more than a fifth of a part would be lost or cleared.
    #[serde(default)]
    pub accept_losses: bool,
    /// Refuse rows of customers who are not in the book, instead of counting them.
    #[serde(default)]
    pub strict: bool,
    /// Tell what would change, and change nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// The metric that stands for usage where a customer has several; the one with most data where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub primary_metric: Option<Line>,
    /// Which source counts first where two say different things; those not named come after, by name.
    #[serde(default)]
    #[schemars(length(max = MAX_SOURCES))]
    pub source_order: Vec<SourceName>,
}

impl Delivery {
    /// Whether it has the whole of a part, so that absence means gone.
    pub fn is_whole(&self, part: Part) -> bool {
        self.mode == Mode::Snapshot && !self.partly.contains(&part)
    }
}

/// What the book holds of some customers, by source; `GET /v1/export`. What is gone is not in it, nor is the demo book.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportPage {
    /// One of each source that knows some of these customers.
    pub sources: Vec<Exported>,
    /// The last of these customers, behind whom the next page begins; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CustomerId>,
}

/// Rows of one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Who says all this.
    pub source: SourceName,
    /// Every part that it delivers, rows or none, with the day of its newest delivery.
    #[serde(deserialize_with = "crate::newer::known_keys")]
    pub parts: BTreeMap<Part, NaiveDate>,
    /// The rows of these parts.
    pub piece: Piece,
}

/// The parameters of `GET /v1/export`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExportQuery {
    /// Only customers behind this one, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
}
