//! Days as they are written, `2026-12-24`. There may be millions of them, and a reader of every date there is takes its time.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserializer, de};

/// The day that is written as `2026-12-24`; none where the text is anything else.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| 10 * number + u32::from(digit - b'0')))
    };
    NaiveDate::from_ymd_opt(number(&[y1, y2, y3, y4])?.try_into().ok()?, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Reads what [`NaiveDate`] reads itself.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
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
