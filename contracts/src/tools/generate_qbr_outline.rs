//! `generate_qbr_outline`: titled sections of talking points, each with its numbers and their date.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, ReadParams, Tool};
use crate::Line;

/// The tool.
#[derive(Debug)]
pub enum GenerateQbrOutline {}

impl Tool for GenerateQbrOutline {
    const SUMMARY: &'static str = "The rules' outline of a quarterly business review.";
    const DRAFTS: bool = true;
    type Params = ReadParams;
    type Report = QbrOutline;

    fn clean(outline: &mut QbrOutline, by: &dyn Foreign) {
        by.line(&mut outline.title);
        outline.sections.iter_mut().flat_map(|section| &mut section.talking_points).for_each(|point| by.line(point));
    }
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
