//! A tool call that has ended.

use contracts::{ErrorCode, Line, failure::Failure, run::CallTiming, tools::ToolOutput};

/// Why a tool has no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum CallError {
    /// The store has nothing for it; what is missing, in words.
    Missing(Line),
    /// The call failed.
    Failed(Failure),
}

impl From<Failure> for CallError {
    fn from(failure: Failure) -> Self {
        match failure.code {
            Some(ErrorCode::MissingData) => Self::Missing(failure.message),
            _ => Self::Failed(failure),
        }
    }
}

/// A tool call that has ended.
#[derive(Debug, Clone, PartialEq)]
pub struct CallReport {
    /// The answer, or why there is none.
    pub outcome: Result<ToolOutput, CallError>,
    /// The revision of the book that the answer was made of; none where there is none, or the server tells none.
    pub revision: Option<u64>,
    /// Where the time went.
    pub timing: CallTiming,
}
