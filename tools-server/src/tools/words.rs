//! Figures in plain words, as letters and outlines have them: [`domain::words`] and what only those say.

use chrono::NaiveDate;
use contracts::facts::OpenByPriority;
use domain::words::{self, distance, grouped, list};
pub(super) use domain::words::{count, date, money, number};

/// The change in whole percent, such as `29% less`; `None` from a base of zero.
pub(super) fn change(before: f64, recent: f64) -> Option<String> {
    let percent = ((recent - before) / before * 100.0).round();
    let direction = if percent < 0.0 { "less" } else { "more" };
    (before > 0.0 && percent != 0.0).then(|| format!("{}% {direction}", grouped(&format!("{:.0}", percent.abs()))))
}

/// When a renewal is: `on 11 Feb 2027, in 80 days`.
pub(super) fn renewal(day: NaiveDate, days: i64) -> String {
    format!("on {}, {}", date(day), distance(days))
}

/// `1 urgent and 2 normal`; empty where none is open.
pub(super) fn by_priority(open: OpenByPriority) -> String {
    list(&words::by_priority(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_read_as_people_write_them() {
        assert_eq!(change(41.0, 29.0).as_deref(), Some("29% less"));
        assert_eq!(change(1.0, 30.0).as_deref(), Some("2,900% more"));
        assert_eq!([change(0.0, 5.0), change(40.0, 40.1)], [None, None]);
    }

    #[test]
    fn renewals_and_priorities_read_as_sentences() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap_or_default();
        let cases = [(80, "in 80 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-2, "2 days ago")];
        for (days, words) in cases {
            assert_eq!(renewal(day, days), format!("on 1 Feb 2027, {words}"));
        }
        let open = |urgent, high, low| by_priority(OpenByPriority { urgent, high, normal: 0, low });
        assert_eq!([open(0, 0, 0), open(2, 0, 0), open(2, 0, 1)], ["", "2 urgent", "2 urgent and 1 low"]);
        assert_eq!(open(2, 3, 1), "2 urgent, 3 high and 1 low");
    }
}
