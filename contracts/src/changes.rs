//! What changed between two days, and when a user looked last.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line, RunId, SourceName, TaskId,
    activity::ActivityRow,
    facts::{Money, Part},
    health::{HealthPart, Risk},
    reading::{FactId, Reading},
};

/// Of how many customers one page of changes tells at the most.
pub const MAX_PAGE: u32 = 200;

/// The answer of `POST /v1/visits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// The server's today (UTC), which is counted.
    pub today: NaiveDate,
    /// The last day before today on which the user looked at the book; absent where today is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<NaiveDate>,
}

/// A fact that changed: its value, or how well it is known. `to` says which day it speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Changed {
    pub fact: FactId,
    pub from: Reading,
    pub to: Reading,
}

/// What became of the score, in basis points of a point (10,000 is a score of 100).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct ScoreChange {
    pub from_bp: u32,
    pub to_bp: u32,
    /// What each part adds on either day; the differences sum to that of the score, to the basis point.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub parts: Vec<PartChange>,
}

/// What a part adds to the score on either day, in basis points of a point; absent where it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartChange {
    pub part: HealthPart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_bp: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_bp: Option<u32>,
}

/// What became of a customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// Every source that knew it has lost it.
    Gone,
    /// It was not in the book before.
    New,
    /// It was gone and is back.
    Back,
    /// It is there on both days.
    #[default]
    Stayed,
}

/// What changed of one customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerChanges {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// What became of it.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub became: Became,
    /// Its yearly revenue, one amount a currency; that of the earlier day where it is gone.
    pub arr: Vec<Money>,
    /// The facts that changed, in the order of the catalogue: all of them, or those that head the news.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub facts: Vec<Changed>,
    /// How many more changed, where only those were asked for that head the news.
    pub more: u32,
    /// What became of the score; absent where one of the days has none, and where it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ScoreChange>,
}

/// The query of `GET /v1/changes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangesQuery {
    /// The earlier day (UTC).
    #[serde(deserialize_with = "crate::days::asked")]
    pub since: NaiveDate,
    /// The later day (UTC); the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// Only this customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// Only customers of whom this holds on the later day, as `--where` takes it.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "where")]
    pub filter: Option<String>,
    /// Only customers behind this one, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
    /// Every fact that changed, instead of those that head the news.
    #[serde(default)]
    pub all: bool,
}

/// The answer of `GET /v1/changes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangesPage {
    /// The earlier day (UTC).
    pub since: NaiveDate,
    /// The later day (UTC).
    pub as_of: NaiveDate,
    /// The first day on which a source delivered; absent where none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_delivery: Option<NaiveDate>,
    /// The customers of whom something changed, by id.
    pub customers: Vec<CustomerChanges>,
    /// Of how many nothing changed.
    pub unchanged: u32,
    /// Of how many it cannot be told whether the condition holds, for lack of data.
    #[serde(default)]
    pub left_out: u32,
    /// The last of these customers, behind whom the next page begins; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CustomerId>,
}

/// The query of `GET /v1/timeline`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineQuery {
    /// Whose timeline.
    pub customer_id: CustomerId,
    /// The day (UTC) it ends on; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
}

/// What happened with a customer, and how its score went: the answer of `GET /v1/timeline`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// The customer's name.
    pub name: Line,
    /// The day (UTC) it ends on.
    pub as_of: NaiveDate,
    /// The score of every week of the last year, oldest first; the last is that of the as-of day.
    pub scores: Vec<ScorePoint>,
    /// What happened, newest first.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub entries: Vec<TimelineEntry>,
}

/// The score on one day, reckoned from the rows of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScorePoint {
    /// The day (UTC).
    pub on: NaiveDate,
    /// The score, 0 to 100; absent where nothing was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// The band.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub risk: Risk,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// The day (UTC).
    pub on: NaiveDate,
    /// What it was.
    #[serde(flatten)]
    pub what: Happened,
}

/// The kinds of things that happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", rename_all_fields = "camelCase", tag = "what")]
pub enum Happened {
    /// Somebody was in touch, or noted something.
    Activity {
        /// What was done.
        row: ActivityRow,
    },
    /// A task was run.
    Run {
        /// The run.
        run_id: RunId,
        /// When it was kept.
        at: DateTime<Utc>,
        /// The task.
        task: TaskId,
        /// What was asked, where it was a question.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<Line>,
        /// The first line of its summary.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        summary: Option<Line>,
    },
    /// Sources delivered, and something changed by it.
    Delivery {
        /// What they delivered.
        #[serde(deserialize_with = "crate::newer::known_items")]
        delivered: Vec<DeliveredPart>,
        /// Whether the customer was new with it.
        is_first: bool,
        /// The facts that changed and head the news.
        #[serde(deserialize_with = "crate::newer::known_items")]
        facts: Vec<Changed>,
        /// What became of the score; absent where it is the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        score: Option<ScoreChange>,
    },
}

/// That a source delivered a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct DeliveredPart {
    pub source: SourceName,
    pub part: Part,
}
