use std::collections::BTreeMap;

use domain::case::Case;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

fn cases(as_of: NaiveDate) -> BTreeMap<String, Case> {
    let sources = sources(as_of);
    let case = |(id, _): (CustomerId, Line)| (id.to_string(), Case::of(&rows(&id, as_of), &sources, as_of, None));
    names().map(case).collect()
}

#[test]
fn the_demo_book_shows_every_way_usage_moves_and_every_gap() {
    use Trend::{Down, Flat, Silent, Up};
    let cases = cases(today());
    let trends = cases.iter().map(|(id, case)| (id.as_str(), case.usage.known().and_then(|usage| usage.trend)));
    let expected = [
        ("acme", Some(Up)),
        ("cyberdyne", None),
        ("globex", Some(Flat)),
        ("hooli", Some(Down)),
        ("initech", Some(Up)),
        ("massive-dynamic", Some(Silent)),
        ("oscorp", Some(Flat)),
        ("pied-piper", None),
        ("sakura", Some(Up)),
        ("soylent", Some(Down)),
        ("stark", None),
        ("tyrell", Some(Up)),
        ("umbrella", Some(Down)),
        ("vandelay", Some(Flat)),
        ("wayne", Some(Flat)),
    ];
    assert_eq!(trends.collect::<Vec<_>>(), expected);
    let stale = |id: &str| {
        let case = &cases[id];
        (case.usage.is_stale(), case.tickets.is_stale(), case.contract.is_stale())
    };
    assert_eq!((stale("cyberdyne"), stale("acme")), ((true, true, true), (false, false, false)));
    let fell = cases["oscorp"].contract.known().expect("a contract");
    let (_, before) = fell.before.as_ref().expect("another revenue before");
    assert!(fell.arr[0].minor < before[0].minor && before[0].currency == fell.arr[0].currency);
    assert!(cases["vandelay"].contract.any().is_none() && cases["stark"].usage.any().is_none());
}

#[test]
fn the_demo_book_looks_the_same_on_any_day() {
    let shown = |as_of: NaiveDate| -> Vec<_> {
        let age = |day: NaiveDate| as_of.signed_duration_since(day).num_days();
        let of = |case: &Case| {
            let usage = case.usage.any().map(|usage| (usage.trend, usage.recent.to_bits(), age(usage.newest)));
            let renewal = case.contract.any().and_then(|contract| Some(age(contract.main.renewal_date?)));
            (usage, case.tickets.any().map(|tickets| tickets.by_priority), renewal)
        };
        cases(as_of).values().map(of).collect()
    };
    assert_eq!(shown(today()), shown(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day")));
}

#[test]
fn of_a_customer_it_does_not_have_nothing_is_known() {
    let id: CustomerId = "nobody".parse().expect("an id");
    assert_eq!(rows(&id, today()), CustomerRows::none(id));
}
