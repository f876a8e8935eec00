//! `get_customer_usage`: usage as of a day, with the points behind it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, ReadParams, Tool};
use crate::{
    Line,
    facts::{Part, Source, Trend, UsagePoint},
    reading::Reading,
};

/// The tool.
#[derive(Debug)]
pub enum GetCustomerUsage {}

impl Tool for GetCustomerUsage {
    const SUMMARY: &'static str = "How much the customer uses the product, and which way it moves.";
    const FACTS: &'static [Part] = &[Part::Usage];
    type Params = ReadParams;
    type Report = UsageReport;

    fn facts(report: &UsageReport) -> &[Reading] {
        &report.facts
    }

    fn clean(report: &mut UsageReport, by: &dyn Foreign) {
        by.line(&mut report.metric);
        by.source(&mut report.source);
        by.readings(&mut report.facts);
    }
}

/// The answer of `get_customer_usage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsageReport {
    /// What is measured, such as `logins a day`.
    pub metric: Line,
    /// Which way it moves; absent where there are too few points to say.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
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
    #[serde(default, deserialize_with = "crate::newer::known_items")]
    pub facts: Vec<Reading>,
}
