//! How large a customer is, so that what is done for it is in proportion.

use contracts::reading::Value;
use domain::thresholds::{LARGE_SEATS, LARGE_WORTH, SMALL_SEATS, SMALL_WORTH};

use super::Case;

/// Words of segments, as houses name them.
const SMALL: [&str; 9] = ["smb", "small", "micro", "startup", "self", "tech", "digital", "kmu", "klein"];
const LARGE: [&str; 7] = ["enterprise", "strategic", "large", "global", "major", "konzern", "key"];

/// How large a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Small,
    Usual,
    Large,
}

impl Size {
    /// By what it pays beside the median of the book, where that is far from it; else by its segment, or where none is on
    /// record by its seats. One of a large segment is never small, and of one whose revenue nobody knows the others tell.
    pub fn of(case: &Case<'_>) -> Self {
        match (case.worth, Self::of_segment(case)) {
            (Some(LARGE_WORTH..), _) => Self::Large,
            (Some(..=SMALL_WORTH), Self::Large) => Self::Usual,
            (Some(..=SMALL_WORTH), _) => Self::Small,
            (_, of_segment) => of_segment,
        }
    }

    fn of_segment(case: &Case<'_>) -> Self {
        let segment = match case.known("customer.segment") {
            Some(Value::Text(segment)) => segment.as_str().to_lowercase(),
            _ => String::new(),
        };
        let is_one = |of: &[&str]| segment.split(|c: char| !c.is_alphanumeric()).any(|word| of.contains(&word));
        match case.known("contract.seats") {
            _ if is_one(&SMALL) => Self::Small,
            _ if is_one(&LARGE) => Self::Large,
            Some(Value::Count(..SMALL_SEATS)) if segment.is_empty() => Self::Small,
            Some(Value::Count(LARGE_SEATS..)) if segment.is_empty() => Self::Large,
            _ => Self::Usual,
        }
    }

    /// How long something takes that takes `usual` minutes for a customer of the usual size.
    pub fn minutes(self, usual: u32) -> u32 {
        match self {
            Self::Small => usual.div_ceil(2).next_multiple_of(5),
            Self::Usual => usual,
            Self::Large => usual * 2,
        }
    }
}
