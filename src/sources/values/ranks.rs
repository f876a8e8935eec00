//! Priorities that are numbers: of systems, as many begin with the most urgent as with the least.

use serde::{Deserialize, Serialize};

/// What the priority 1 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ranks {
    /// The most urgent, as in ServiceNow: 4 and 5 are low.
    #[serde(rename = "1-high")]
    FirstIsHighest,
    /// The least urgent, as in Freshdesk: 4 and 5 are urgent.
    #[serde(rename = "1-low")]
    FirstIsLowest,
}

impl Ranks {
    /// The canonical word for a number.
    pub(super) fn word(self, text: &str) -> Option<&'static str> {
        let words = match self {
            Self::FirstIsHighest => ["urgent", "urgent", "high", "normal", "low", "low"],
            Self::FirstIsLowest => ["low", "low", "normal", "high", "urgent", "urgent"],
        };
        words.get(text.parse::<usize>().ok()?).copied()
    }
}

/// Whether a priority is a number.
pub(super) fn is_rank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
