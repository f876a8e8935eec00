//! Figures in words.

use contracts::{
    facts::{OpenByPriority, Source, Trend},
    tools::UsageReport,
};
use cs_copilot::words;

use crate::support::given::day;

#[test]
fn spans_and_counts_read_as_people_write_them() {
    assert_eq!(
        [40, 1, 0, -1, -22].map(words::distance),
        ["in 40 days", "in 1 day", "today", "1 day ago", "22 days ago"]
    );
    assert_eq!(words::renewal(40, day("2027-01-02")), "in 40 days, on 2027-01-02");
    assert_eq!([0.42, 9.96, 18.4, 1234.0].map(words::duration), ["0.4 ms", "10.0 ms", "18 ms", "1.2 s"]);
    let open = OpenByPriority { urgent: 1, high: 0, normal: 2, low: 0 };
    assert_eq!(words::by_priority(open), "1 urgent, 2 normal");
}

#[test]
fn a_visible_difference_that_is_no_trend_is_explained() {
    let of = |trend, before, recent| {
        let source = Source { origin: "demo".into(), as_of: day("2026-11-20") };
        let before = Some(before);
        words::usage(&UsageReport {
            metric: "logins".into(),
            trend: Some(trend),
            recent,
            before,
            points: Vec::new(),
            source,
        })
    };
    assert_eq!(of(Trend::Flat, 27.0, 15.0), "27 -> 15 logins, within its usual ups and downs");
    assert_eq!(of(Trend::Flat, 27.0, 28.0), "27 -> 28 logins");
    assert_eq!(of(Trend::Down, 27.0, 15.0), "27 -> 15 logins");
}
