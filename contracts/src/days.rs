//! Days: how they are written, and which can be kept and asked for.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, de};

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

/// The day that is written as `2026-12-24`; none where the text is anything else. There may be millions of them, and a reader of
/// every date there is takes its time.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + u32::from(digit - b'0')))
    };
    NaiveDate::from_ymd_opt(number(&[y1, y2, y3, y4])?.try_into().ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Reads what [`NaiveDate`] reads itself.
pub(crate) fn written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    struct Day;
    impl de::Visitor<'_> for Day {
        type Value = NaiveDate;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a day such as 2026-12-24")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<NaiveDate, E> {
            parse(text).map_or_else(|| text.parse().map_err(E::custom), Ok)
        }
    }
    deserializer.deserialize_str(Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_read_and_nothing_that_is_none() {
        let first = NaiveDate::from_ymd_opt(1896, 1, 1).expect("a day");
        for day in first.iter_days().take(366 * 210) {
            assert_eq!(parse(&day.to_string()), Some(day));
        }
        for text in
            ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-1 ", "+026-01-01", "2026/01/01", ""]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
