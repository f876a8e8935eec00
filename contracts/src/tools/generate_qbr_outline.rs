//! `generate_qbr_outline`: titled sections of talking points, each with its numbers and their date.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, Params, Tool};
use crate::{
    Line,
    quarter::Quarter,
    reading::FactId,
    review::{Review, Saying},
};

/// The tool.
#[derive(Debug)]
pub enum GenerateQbrOutline {}

impl Tool for GenerateQbrOutline {
    const SUMMARY: &'static str = "The rules' outline of a quarterly business review.";
    const DRAFTS: bool = true;
    type Params = QbrParams;
    type Report = QbrOutline;

    fn clean(outline: &mut QbrOutline, by: &dyn Foreign) {
        by.line(&mut outline.title);
        outline.sections.iter_mut().flat_map(|section| &mut section.talking_points).for_each(|point| by.line(point));
        let sayings = outline.review.iter_mut().flat_map(Review::sayings);
        sayings.flat_map(Saying::foreign).for_each(|text| by.line(text));
    }
}

/// Who reads an outline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// The house alone.
    #[default]
    Internal,
    /// The customer, too: no internal fact is in it.
    Customer,
}

/// Parameters of `generate_qbr_outline`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QbrParams {
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// The quarter that is reviewed, such as `2024-Q4`; the last full one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Quarter>,
    /// Who reads it.
    #[serde(default)]
    pub edition: Edition,
}

impl Params for QbrParams {
    fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    fn on(self, as_of: Option<NaiveDate>) -> Self {
        Self { as_of, ..self }
    }

    fn over(self, quarter: Quarter) -> Self {
        Self { quarter: Some(quarter), ..self }
    }
}

/// One section of an outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QbrSection {
    /// The section's heading.
    pub title: Line,
    /// What to say, with the numbers.
    pub talking_points: Vec<Line>,
    /// The facts that it speaks of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<FactId>,
}

/// The answer of `generate_qbr_outline`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QbrOutline {
    /// The outline's heading, with the customer's name.
    pub title: Line,
    /// The sections, in the order they are presented.
    pub sections: Vec<QbrSection>,
    /// The customer's edition as data, for whoever says the same in another language; absent of the house's.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub review: Option<Review>,
}
