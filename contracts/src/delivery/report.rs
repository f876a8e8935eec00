//! What a delivery did, or would do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line,
    facts::{Money, Part},
    health::Risk,
};

/// Some names, and how many more there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// How many there are in all.
    pub count: u64,
    /// The first [`MAX_NAMED`](super::MAX_NAMED), by name or id.
    pub names: Vec<Line>,
}

/// What became of one part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartReport {
    /// Rows that were sent (points, tickets, contracts, …).
    pub read: u64,
    /// Rows that were taken.
    pub taken: u64,
    /// Rows that were new or said something else than before.
    pub changed: u64,
    /// Of how many customers there were rows.
    pub customers: u64,
    /// The newest day among the rows, where rows have days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<NaiveDate>,
    /// The oldest day among the rows, where rows have days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<NaiveDate>,
    /// What is gone: customers and usage series by customer's name, contracts and open tickets by their own id.
    pub gone: Named,
    /// Rows of customers who are not in the book: how many rows, and the ids they name.
    pub strangers: Named,
    /// Rows that a newer delivery overrules; they were left out.
    pub outdated: u64,
}

impl PartReport {
    /// Whether most of its rows are of customers who are not in the book, so that its ids may not be those of the book;
    /// that asks first, as a loss does.
    pub fn is_mostly_of_strangers(&self) -> bool {
        self.strangers.count * 2 > self.read
    }
}

/// A loss that asks first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// Of which part.
    pub part: Part,
    /// The column that would be cleared; absent where rows would be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Line>,
    /// How many would be lost.
    pub lost: u64,
    /// Of how many.
    pub of: u64,
}

/// What changed of a customer that matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerChange {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// Its revenue now, or before it was gone.
    pub arr: Vec<Money>,
    /// Its revenue before, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr_before: Option<Vec<Money>>,
    /// The band now.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub risk: Risk,
    /// The band before, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub risk_before: Option<Risk>,
    /// Urgent tickets that are open now and were not before.
    pub new_urgent: u32,
    /// Whether the customer is gone from its source.
    pub gone: bool,
    /// The fields that changed, as `part.column: before -> now`; told by a dry run alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Line>,
}

/// What a delivery did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryReport {
    /// Whether it was carried out; not on a dry run, nor where `losses` ask first.
    pub applied: bool,
    /// The source's newest delivery before, where that speaks of a later day: then rows that have days are added, and
    /// everything else is left as the newer one says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<NaiveDate>,
    /// Customers that were not there before.
    pub created: u32,
    /// Customers of whom something changed.
    pub updated: u32,
    /// Customers of whom nothing changed.
    pub unchanged: u32,
    /// What became of each part.
    #[serde(deserialize_with = "crate::newer::known_keys")]
    pub parts: BTreeMap<Part, PartReport>,
    /// What asks first.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub losses: Vec<Loss>,
    /// What changed that matters, most revenue first; ten at most, on a dry run [`MAX_NAMED`](super::MAX_NAMED).
    pub changes: Vec<CustomerChange>,
    /// How many more customers changed in such a way.
    pub more_changes: u32,
    /// Customers of the book that have no usage, or of whose tickets or contracts nothing is known.
    #[serde(deserialize_with = "crate::newer::known_keys")]
    pub without: BTreeMap<Part, Named>,
    /// Customers of the demo book that are still there.
    pub demo_customers: u32,
    /// Customers of the demo book that gave way to those of the delivery with the same ids.
    #[serde(default)]
    pub demo_replaced: Named,
}
