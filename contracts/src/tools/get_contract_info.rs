//! `get_contract_info`: all contracts together, the customer and its people.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, ReadParams, Tool};
use crate::{
    Line,
    facts::{Money, Part, Source},
    reading::Reading,
};

/// The tool.
#[derive(Debug)]
pub enum GetContractInfo {}

impl Tool for GetContractInfo {
    const SUMMARY: &'static str = "Renewal date, revenue, plan and seats.";
    const FACTS: &'static [Part] =
        &[Part::Contracts, Part::Customers, Part::Contacts, Part::Satisfaction, Part::Activity];
    type Params = ReadParams;
    type Report = ContractReport;

    fn facts(report: &ContractReport) -> &[Reading] {
        &report.facts
    }

    fn clean(report: &mut ContractReport, by: &dyn Foreign) {
        report.plan.iter_mut().for_each(|plan| by.line(plan));
        by.source(&mut report.source);
        by.readings(&mut report.facts);
    }
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
    #[serde(default, deserialize_with = "crate::newer::known_items")]
    pub facts: Vec<Reading>,
}
