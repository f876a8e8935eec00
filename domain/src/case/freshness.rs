//! How long a part may be spoken of as present.

use chrono::NaiveDate;
use contracts::{
    facts::{Part, Source},
    reading::Knowledge,
};

use crate::usage::{self as series, UsageFigures};

/// From how many days of age on a part is stale, counted from the day its source speaks of; `None` where age does not
/// matter by itself.
pub fn shelf_life(part: Part) -> Option<i64> {
    match part {
        // From its last delivery.
        Part::Tickets => Some(35),
        Part::Contracts => Some(120),
        // From the day of the answer.
        Part::Satisfaction => Some(180),
        // Ages by its own steps; see `usage`.
        Part::Usage => None,
        // Names and people stay until their source says otherwise.
        Part::Customers | Part::Contacts => None,
        // Kept or worked out by the program itself, on the day.
        Part::Activity | Part::Health => None,
    }
}

/// `value` with its age judged by the shelf life of its part.
pub(super) fn aged<T>(part: Part, value: T, source: Source, as_of: NaiveDate) -> Knowledge<T> {
    let age = as_of.signed_duration_since(source.as_of).num_days();
    match shelf_life(part) {
        Some(days) if age >= days => Knowledge::Stale { value, source },
        _ => Knowledge::Known { value, source },
    }
}

/// What is known of usage on the day `as_of`, by figures that may have been made earlier.
pub fn usage(figures: Option<UsageFigures>, as_of: NaiveDate) -> Knowledge<UsageFigures> {
    let Some(value) = figures else { return Knowledge::Missing };
    let is_stale = series::is_stale(&value, as_of);
    let source = Source { origin: value.source.as_str().into(), as_of: value.newest };
    if is_stale { Knowledge::Stale { value, source } } else { Knowledge::Known { value, source } }
}
