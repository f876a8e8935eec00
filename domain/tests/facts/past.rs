//! A customer on any day of the past.

use contracts::{
    changes::{Became, Happened},
    facts::{Part, UsagePoint},
};
use domain::{
    case::Case,
    health,
    past::{self, Past},
    rows::{Delivered, Series, Sources},
};
use proptest::prelude::*;

use crate::given::{day, full, nobody, source, version};

/// Deliveries of everything by the source that `full` has its contracts from, on these days.
fn delivered_on(days: &[&str]) -> Sources {
    let parts = [Part::Customers, Part::Contracts, Part::Contacts];
    let of = |on: &&str| parts.map(|part| Delivered { source: source("crm"), part, day: day(on) });
    Sources { delivered: days.iter().flat_map(of).collect(), ..Sources::default() }
}

fn series(reach: Option<&str>) -> Series {
    let point = |date: &str, value| UsagePoint { date: day(date), value };
    Series {
        source: source("product"),
        metric: "logins a day".into(),
        measure: None,
        points: vec![point("2026-11-01", 3.0), point("2026-11-15", 4.0)],
        told: Vec::new(),
        reach: reach.map(day),
        gone_on: None,
    }
}

proptest! {
    #[test]
    fn a_day_of_the_past_is_as_it_was_read_on_it(ago in 0_u64..400) {
        let on = day("2026-11-20") - chrono::Days::new(ago);
        let all = delivered_on(&["2026-01-05", "2026-09-01", "2026-11-18"]);
        let reach = ["2026-11-01", "2026-11-15"].map(day);
        let mut rows = full();
        rows.usage.push(series(None));
        let mut past = Past::new(rows.clone(), vec![reach.into()]);
        // Days before were asked for in between.
        past.case(&all.as_of(day("2026-02-01")), day("2026-02-01"));
        rows.usage[0].reach = reach.into_iter().filter(|reached| *reached <= on).max();
        prop_assert_eq!(past.case(&all.as_of(on), on), Case::of(&rows, &all.as_of(on), on, None));
    }
}

#[test]
fn sources_are_as_they_were_on_a_day() {
    let all = delivered_on(&["2026-01-05", "2026-09-01"]);
    let contracts = |on: &str| all.as_of(day(on)).delivered(&source("crm"), Part::Contracts);
    assert_eq!(contracts("2026-01-04"), None);
    assert_eq!(contracts("2026-08-31"), Some(day("2026-01-05")));
    assert_eq!(contracts("2026-12-31"), Some(day("2026-09-01")));
}

#[test]
fn a_line_of_the_score_has_every_week_of_a_year_and_ends_today() {
    let (today, all) = (day("2026-11-20"), delivered_on(&["2026-01-05", "2026-11-18"]));
    let mut past = Past::new(full(), Vec::new());
    let line = past::scores(&mut past, today, |on| all.as_of(on));
    assert_eq!((line.len(), line[0].on, line[52].on), (53, day("2025-11-21"), today));
    assert!(line.windows(2).all(|two| (two[1].on - two[0].on).num_days() == 7));
    for point in &line {
        let report = health::of(&past.case(&all.as_of(point.on), point.on));
        assert_eq!((point.score, point.risk), (report.score, report.risk), "{}", point.on);
    }
}

#[test]
fn deliveries_tell_what_they_changed_newest_first_and_those_that_changed_nothing_are_left_out() {
    let all = delivered_on(&["2026-01-05", "2026-03-01", "2026-09-01"]);
    let entries = past::deliveries(&mut Past::new(full(), Vec::new()), day("2026-11-20"), &all);
    let told: Vec<_> = entries
        .iter()
        .map(|entry| match &entry.what {
            Happened::Delivery { is_first, facts, .. } => {
                let facts: Vec<_> = facts.iter().map(|changed| changed.fact.as_str()).collect();
                (entry.on, *is_first, facts.contains(&"contract.arr"))
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [(day("2026-09-01"), false, true), (day("2026-01-05"), true, false)]);
}

#[test]
fn customers_come_go_and_come_back() {
    let mut rows = nobody();
    let named = contracts::delivery::CustomerFields { name: Some("Acme".into()), ..Default::default() };
    rows.fields = vec![
        version("crm", "acme", "2026-02-01", Some(named.clone())),
        version("crm", "acme", "2026-03-01", None),
        version("crm", "acme", "2026-04-01", Some(named)),
    ];
    let all = delivered_on(&["2026-02-01", "2026-03-01", "2026-04-01"]);
    let mut past = Past::new(rows, Vec::new());
    assert_eq!(past.known_since(), Some(day("2026-02-01")));
    let [there, gone, back] =
        ["2026-02-15", "2026-03-15", "2026-04-15"].map(|on| past.case(&all.as_of(day(on)), day(on)));
    let became = |before, after| past::changes(before, after, false).map(|changes| changes.became);
    assert_eq!(became(None, &there), Some(Became::New));
    assert_eq!(became(Some(&there), &gone), Some(Became::Gone));
    assert_eq!(became(Some(&gone), &back), Some(Became::Back));
    assert_eq!(became(Some(&there), &there), None);
}

#[test]
fn figures_that_move_with_every_delivery_are_counted_and_not_told_unless_all_are_asked_for() {
    let all = delivered_on(&["2026-01-05", "2026-11-18"]);
    let mut past = Past::new(full(), Vec::new());
    let [before, after] = ["2026-08-31", "2026-09-01"].map(|on| past.case(&all.as_of(day(on)), day(on)));
    let told = past::changes(Some(&before), &after, false).expect("the revenue fell");
    let whole = past::changes(Some(&before), &after, true).expect("the revenue fell");
    assert!(told.facts.iter().any(|changed| changed.fact.as_str() == "contract.arr"));
    assert_eq!((whole.more, whole.facts.len()), (0, told.facts.len() + told.more as usize));
    assert!(told.more > 0);
}
