//! The points of a series of usage as they are kept: in one text, oldest first, as `2026-11-20 20.5,2026-11-21 18`. A number
//! keeps every digit it has, on every database.

use std::fmt::Write as _;

use contracts::{days, facts::UsagePoint};

use super::values::Unreadable;

/// Points as they are kept.
pub(super) fn written(points: &[UsagePoint]) -> String {
    let mut text = String::with_capacity(points.len() * BYTES_OF_A_POINT);
    for UsagePoint { date, value } in points {
        let comma = if text.is_empty() { "" } else { "," };
        write!(text, "{comma}{date} {value}").expect("a text takes what is written");
    }
    text
}

/// The points that were kept.
///
/// # Errors
/// The program cannot have written them.
pub(super) fn read(text: &str) -> Result<Vec<UsagePoint>, Unreadable> {
    let point = |point: &str| {
        let (day, value) = point.split_once(' ').ok_or("a point is a day and a value")?;
        let date = days::parse(day).ok_or("a day is written as 2026-11-20")?;
        Ok(UsagePoint { date, value: value.parse()? })
    };
    text.split(',').filter(|point| !point.is_empty()).map(point).collect()
}

/// As many bytes as a point is long, or a few more.
pub(super) const BYTES_OF_A_POINT: usize = 16;

/// The points of a series with those that are new, or have another value; both oldest first.
pub(super) fn with(kept: &[UsagePoint], news: &[UsagePoint]) -> Vec<UsagePoint> {
    let mut points = Vec::with_capacity(kept.len() + news.len());
    let mut rest = kept;
    for new in news {
        let older = rest.partition_point(|point| point.date < new.date);
        points.extend_from_slice(&rest[..older]);
        points.push(*new);
        let is_replaced = rest.get(older).is_some_and(|point| point.date == new.date);
        rest = &rest[older + usize::from(is_replaced)..];
    }
    points.extend_from_slice(rest);
    points
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};
    use proptest::{collection::btree_map, prelude::*};

    use super::*;

    fn points() -> impl Strategy<Value = Vec<UsagePoint>> {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let value = prop_oneof![(0..100_u32).prop_map(f64::from), 0.0..1e12_f64];
        btree_map(0..40_u64, value, 0..20).prop_map(move |points| {
            let points = points.into_iter();
            points.map(|(day, value)| UsagePoint { date: first + Days::new(day), value }).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_with_every_digit(points in points()) {
            prop_assert_eq!(read(&written(&points)).expect("it was written"), points);
        }

        #[test]
        fn new_points_join_those_that_are_kept_and_replace_those_of_their_days(kept in points(), news in points()) {
            let mut by_day = kept.iter().map(|point| (point.date, point.value)).collect::<std::collections::BTreeMap<_, _>>();
            by_day.extend(news.iter().map(|point| (point.date, point.value)));
            let all = with(&kept, &news).into_iter().map(|point| (point.date, point.value)).collect::<Vec<_>>();
            prop_assert_eq!(all, by_day.into_iter().collect::<Vec<_>>());
        }
    }
}
