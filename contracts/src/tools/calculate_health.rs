//! `calculate_health`: the score, its band and what it is made of.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, ReadParams, Tool};
use crate::{
    Line,
    health::{Contribution, Gap, HealthPart, LastBand, Risk, ScoreRange, Signal, Why},
};

/// The tool.
#[derive(Debug)]
pub enum CalculateHealth {}

impl Tool for CalculateHealth {
    const SUMMARY: &'static str = "The health score, the risk and what each part adds.";
    type Params = ReadParams;
    type Report = HealthReport;

    fn clean(report: &mut HealthReport, by: &dyn Foreign) {
        for gap in &mut report.gaps {
            if let Why::Stale { source } = &mut gap.why {
                by.source(source);
            }
        }
    }
}

/// The answer of `calculate_health`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HealthReport {
    /// The formula's name; `v2`.
    pub model: Line,
    /// 0 to 100, rounded half up, over the parts that are in it; absent where none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// Judged on the low end of `range`, so missing data never improves it.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub risk: Risk,
    /// The weight that is in the score, 0 to 100.
    pub coverage: u32,
    /// The score with gaps at 0 and at 100.
    pub range: ScoreRange,
    /// The conditions that hold.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub signals: Vec<Signal>,
    /// What each part adds; the sum is the score before rounding.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub contributions: Vec<Contribution>,
    /// The parts that are not in the score.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub gaps: Vec<Gap>,
    /// The band while it was known last, where it is unknown because data has gone stale since.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub last_known: Option<LastBand>,
    /// The day (UTC) the renewal is counted from.
    pub as_of: NaiveDate,
}

impl HealthReport {
    /// Why a part is not in the score; none where it is.
    pub fn gap(&self, part: HealthPart) -> Option<&Why> {
        self.gaps.iter().find(|gap| gap.part == part).map(|gap| &gap.why)
    }
}
