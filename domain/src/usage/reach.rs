//! Up to which day a source speaks: only there is the absence of a row no use, and not a row that is still to come.

use chrono::NaiveDate;

/// So many customers with a row show that the source has spoken of a day.
const WITNESSES: u32 = 3;

/// How many customers must have a row on a day for a source to reach it, of `series` customers that have the metric:
/// three, or all where there are fewer; half of them where the metric is periodic, because there all speak at once.
pub fn need(series: u32, periodic: bool) -> u32 {
    let need = if periodic { series.div_ceil(2) } else { series.min(WITNESSES) };
    need.max(1)
}

/// The newest day not after `as_of` on which `need` customers have a row. `days` has how many customers have a row of one
/// metric of one source, by day, oldest first; days without rows may be left out.
pub fn reach(days: &[(NaiveDate, u32)], need: u32, as_of: NaiveDate) -> Option<NaiveDate> {
    let known = days.partition_point(|(day, _)| *day <= as_of);
    days[..known].iter().rev().find(|(_, customers)| *customers >= need).map(|(day, _)| *day)
}
