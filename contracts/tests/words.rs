//! Figures in words.

use contracts::{
    facts::{Money, OpenByPriority},
    words,
};
use proptest::prelude::*;

#[test]
fn figures_read_as_people_write_them() {
    let counts = [0, 1, 2, 1000, 1_234_567].map(|n| words::count(n, "day"));
    assert_eq!(counts, ["0 days", "1 day", "2 days", "1,000 days", "1,234,567 days"]);
    let numbers = [0.0, 0.25, 28.54, 41.0, 99.5, 100.0, 1234.5, 1e6].map(words::number);
    assert_eq!(numbers, ["0", "0.25", "28.5", "41", "99.5", "100", "1,234", "1,000,000"]);
    let money = [12_000_000, 99_950, -5, 0].map(|minor| words::money(&Money { minor, currency: "EUR".into() }));
    assert_eq!(money, ["EUR 120,000", "EUR 999.50", "EUR -0.05", "EUR 0"]);
}

#[test]
fn lists_read_as_sentences() {
    let lists = [&[][..], &["a"], &["a", "b"], &["a", "b", "c"]].map(words::list);
    assert_eq!(lists, ["", "a", "a and b", "a, b and c"]);
    let open = |urgent, high, low| words::by_priority(OpenByPriority { urgent, high, normal: 0, low });
    assert_eq!(open(0, 0, 0), [""; 0]);
    assert_eq!(open(2, 3, 1), ["2 urgent", "3 high", "1 low"]);
}

proptest! {
    #[test]
    fn grouping_keeps_every_digit(n in any::<u64>()) {
        let text = words::count(n, "day");
        prop_assert_eq!(text.replace(',', ""), format!("{n} day{}", if n == 1 { "" } else { "s" }));
        let groups: Vec<_> = text.trim_end_matches(|c: char| !c.is_ascii_digit()).split(',').collect();
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
    }
}
