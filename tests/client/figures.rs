//! Figures in words.

use contracts::{
    facts::{Money, OpenByPriority, Source, Trend},
    tools::UsageReport,
};
use cs_copilot::words;
use proptest::prelude::*;

use crate::support::given::day;

#[test]
fn figures_read_as_people_write_them() {
    let counted = [0, 1, 2, 1_234_567].map(|n| words::count(n, "day"));
    assert_eq!(counted, ["0 days", "1 day", "2 days", "1,234,567 days"]);
    let numbers = [0.0, 0.25, 41.0, 28.54, 1234.5, 1e6].map(words::number);
    assert_eq!(numbers, ["0", "0.2", "41", "28.5", "1,234", "1,000,000"]);
    let money = [12_000_000, 9_950, -5, 0].map(|minor| words::money(&Money { minor, currency: "EUR".into() }));
    assert_eq!(money, ["EUR 120,000", "EUR 99.50", "EUR -0.05", "EUR 0"]);
    assert_eq!(
        [40, 1, 0, -1, -22].map(words::distance),
        ["in 40 days", "in 1 day", "today", "1 day ago", "22 days ago"]
    );
    assert_eq!(words::renewal(40, day("2027-01-02")), "in 40 days, on 2027-01-02");
    assert_eq!([0.42, 9.96, 18.4, 1234.0].map(words::duration), ["0.4 ms", "10.0 ms", "18 ms", "1.2 s"]);
    assert_eq!([&[][..], &["a"], &["a", "b"], &["a", "b", "c"]].map(words::list), ["", "a", "a and b", "a, b and c"]);
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

proptest! {
    #[test]
    fn grouping_keeps_every_digit(n in any::<u32>()) {
        let text = words::count(n, "day");
        prop_assert_eq!(text.replace(',', ""), format!("{n} day{}", if n == 1 { "" } else { "s" }));
        let groups: Vec<_> = text.trim_end_matches(|c: char| !c.is_ascii_digit()).split(',').collect();
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
    }
}
