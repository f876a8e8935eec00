//! What a query comes to, and how the server is asked for it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line,
    book::{CustomerRow, MAX_PAGE},
    query::LeftOut,
    reading::Value,
};

/// What a query comes to, besides the customers that it shows. Everybody of the book is accounted for: it fits, does not
/// fit, cannot be told or does not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// How many are shown; fewer than fit where no more were wanted.
    pub shown: u32,
    /// How many fit.
    pub fit: u32,
    /// How many count.
    pub counted: u32,
    /// Of whom nobody can tell.
    pub left_out: LeftOut,
    /// How many of those shown fit by, or are ordered by, what is stale.
    pub stale: u32,
    /// How many do not count: they left, or are gone from their source.
    pub apart: u32,
    /// In how many currencies the amounts are that those shown are ordered by; 0 where the order is not by money.
    #[serde(default)]
    pub currencies: u32,
    /// What is made of those shown: one part, or one a group; none where nothing was wanted.
    pub parts: Vec<Part>,
}

/// What is made of those shown, or of a group of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What the group has in common; absent where it is not known, or all are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Line>,
    /// How many they are.
    pub customers: u32,
    /// What they come to, by currency or unit.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub figures: Vec<Figure>,
    /// How many of them have no such figure.
    pub without: u32,
}

/// What many come to, in one currency or unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The figure.
    pub value: Value,
    /// The share of the book that it is, in basis points, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<i64>,
    /// How many customers it is made of.
    pub customers: u32,
}

/// The query of `GET /v1/query`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QueryRequest {
    /// The query as text, such as `risk:high sort:-arr limit:10`; the whole book when it is empty. Facts of a
    /// period are of the 90 days up to the day.
    #[serde(default)]
    pub query: String,
    /// Which facts the rows are to hold: ids with commas between them, or `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    /// How many rows at the most, 0 to [`MAX_PAGE`]; [`MAX_PAGE`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_PAGE))]
    pub limit: Option<u32>,
    /// The customer after whom the page begins; the first that is shown when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
}

/// The answer of `GET /v1/query`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum QueryReply {
    /// The book is being evaluated for the day: whoever asks again finds more of it done.
    Evaluating(Progress),
    /// What the query comes to.
    Found(Box<QueryPage>),
}

/// How far the evaluation of a book is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// So many customers are done.
    pub done: u32,
    /// Of so many.
    pub of: u32,
}

/// What a query comes to, and a page of the customers that it shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QueryPage {
    /// What it comes to.
    pub outcome: Outcome,
    /// The customers of this page, in order; none where they are put into groups.
    pub customers: Vec<CustomerRow>,
    /// After whom the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CustomerId>,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The revision of the book that was asked.
    pub revision: u64,
}
