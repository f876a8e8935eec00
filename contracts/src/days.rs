//! The days that can be kept and asked for.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer};

/// Whether both databases know `day`: it is in the years 1 to 9999.
pub fn is_kept(day: NaiveDate) -> bool {
    (1..=9999).contains(&day.year())
}

/// A day that a request names.
#[derive(Deserialize)]
#[serde(try_from = "NaiveDate")]
struct Asked(NaiveDate);

/// A day that no database knows.
#[derive(Debug, thiserror::Error)]
#[error("a day must be in the years 1 to 9999")]
struct OutOfRange;

impl TryFrom<NaiveDate> for Asked {
    type Error = OutOfRange;

    fn try_from(day: NaiveDate) -> Result<Self, OutOfRange> {
        if is_kept(day) { Ok(Self(day)) } else { Err(OutOfRange) }
    }
}

/// Reads the day that a request names.
pub(crate) fn asked<'de, D: Deserializer<'de>>(day: D) -> Result<NaiveDate, D::Error> {
    Asked::deserialize(day).map(|Asked(day)| day)
}

/// Reads the day that a request may name.
pub(crate) fn asked_if_any<'de, D: Deserializer<'de>>(day: D) -> Result<Option<NaiveDate>, D::Error> {
    Ok(Option::deserialize(day)?.map(|Asked(day)| day))
}
