//! `generate_renewal_brief`: what whoever talks about a renewal has to have before them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, GenerateQbrOutline, QbrOutline, ReadParams, Tool};

/// The tool.
#[derive(Debug)]
pub enum GenerateRenewalBrief {}

impl Tool for GenerateRenewalBrief {
    const SUMMARY: &'static str =
        "The rules' brief of a renewal, for the house alone: timeline, who decides, risks, the ask, the fallback.";
    const DRAFTS: bool = true;
    type Params = ReadParams;
    type Report = RenewalBrief;

    fn clean(brief: &mut RenewalBrief, by: &dyn Foreign) {
        GenerateQbrOutline::clean(&mut brief.0, by);
    }
}

/// The answer of `generate_renewal_brief`: an outline of the talk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RenewalBrief(pub QbrOutline);
