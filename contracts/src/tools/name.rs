//! A tool's name as text.

use std::{fmt, str::FromStr};

use super::ToolName;
use crate::facts::Part;

impl ToolName {
    /// The tool that tells the facts of a part.
    pub fn telling(part: Part) -> Self {
        Self::ALL.into_iter().find(|tool| tool.about().facts.contains(&part)).unwrap_or(Self::CalculateHealth)
    }
}

impl fmt::Display for ToolName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is no tool's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such tool")]
pub struct UnknownTool;

/// An answer of another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("another tool answered")]
pub struct OtherTool;

impl FromStr for ToolName {
    type Err = UnknownTool;

    fn from_str(text: &str) -> Result<Self, UnknownTool> {
        Self::ALL.into_iter().find(|tool| tool.as_str() == text).ok_or(UnknownTool)
    }
}
