//! What a customer is worth, and in what order the rows come.

use std::collections::BTreeMap;

use contracts::{
    attention::{Item, Kind, State},
    facts::Trend,
};
use domain::attention::{
    Minutes, Weights,
    order::{Row, arr, rows, within},
    words,
};

use crate::given::{Customer, items, money, terms, today, urgent, usage, well};

fn silent(id: &str, arr: i64, currency: &str) -> Customer {
    let terms = Some(terms(arr, currency, "2027-10-01"));
    Customer { usage: Some(usage(Trend::Silent)), terms, ..well(id) }
}

fn names(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| row.about().name().to_owned()).collect()
}

fn worth(items: &[Item], name: &str) -> u64 {
    items.iter().find(|item| item.about.name() == name).unwrap().factors.value.thousandths
}

#[test]
fn value_is_revenue_over_the_median_of_its_currency() {
    let book = [
        silent("a", 50_000, "USD"),
        silent("b", 100_000, "USD"),
        silent("c", 250_000, "USD"),
        silent("d", 900, "EUR"),
        silent("e", 1_100, "EUR"),
    ];
    let found = items(&book);
    let worths = ["a Ltd", "b Ltd", "c Ltd", "d Ltd", "e Ltd"].map(|name| worth(&found, name));
    assert_eq!(worths, [500, 1_000, 2_500, 900, 1_100]);
}

#[test]
fn a_customer_without_revenue_is_worth_as_much_as_the_median() {
    let none = Customer { terms: None, ..silent("n", 1, "USD") };
    for book in [vec![none.clone()], vec![none.clone(), silent("a", 50_000, "USD"), silent("b", 70_000, "USD")]] {
        assert_eq!(worth(&items(&book), "n Ltd"), 1_000);
    }
    let nothing = silent("z", 0, "USD");
    assert_eq!(worth(&items(&[nothing, silent("a", 50_000, "USD")]), "z Ltd"), 1_000);
    let tiny = [silent("t", 1, "USD"), silent("a", 5_000_000, "USD"), silent("b", 5_000_000, "USD")];
    assert_eq!(worth(&items(&tiny), "t Ltd"), 10, "however small, never nothing");
}

#[test]
fn one_row_a_customer_its_strongest_item_first() {
    let mut both = silent("a", 100_000, "USD");
    both.tickets = vec![urgent("T-1", "2026-11-08")];
    let rows = rows(&items(&[both, silent("b", 90_000, "USD")]), &Weights::default());
    assert_eq!(names(&rows), ["a Ltd", "b Ltd"]);
    let priorities: Vec<_> = rows[0].items().map(|ranked| ranked.priority).collect();
    assert!(priorities.len() > 1 && priorities.is_sorted_by(|one, other| one >= other), "{priorities:?}");
}

#[test]
fn done_and_snoozed_items_are_out_of_sight_and_the_others_stay() {
    let mut both = silent("a", 100_000, "USD");
    both.tickets = vec![urgent("T-1", "2026-11-08")];
    let mut found = items(&[both]);
    let all = rows(&found, &Weights::default())[0].items().count();
    let first = rows(&found, &Weights::default())[0].first.item.id.clone();
    found.iter_mut().find(|item| item.id == first).unwrap().state = State::Done(today());
    let left = rows(&found, &Weights::default());
    assert_eq!(left[0].items().count(), all - 1);
    assert_ne!(left[0].first.item.id, first);
    found.iter_mut().for_each(|item| item.state = State::Done(today()));
    assert_eq!(rows(&found, &Weights::default()), []);
}

#[test]
fn weights_are_the_users_own() {
    let ticket = Customer { tickets: vec![urgent("T-1", "2026-11-08")], ..well("t") };
    let found = items(&[ticket, silent("s", 100_000, "USD")]);
    let with = |kind, weight| Weights::with(&BTreeMap::from([(kind, weight)]));
    assert_eq!(names(&rows(&found, &with(Kind::UrgentTicket, 100)))[0], "t Ltd");
    assert_eq!(names(&rows(&found, &with(Kind::UrgentTicket, 1)))[0], "s Ltd");
    assert_eq!(names(&rows(&found, &with(Kind::UrgentTicket, 0))), ["s Ltd"]);
}

#[test]
fn the_time_cuts_the_list_and_what_is_left_is_counted() {
    let book: Vec<_> = (1..=5).map(|n| silent(&format!("c{n}"), n * 10_000, "USD")).collect();
    let rows = rows(&items(&book), &Weights::default());
    let fits = |time| within(&rows, &Minutes::default(), time);
    assert_eq!([fits(0), fits(14), fits(15), fits(44), fits(45), fits(1_000)], [0, 0, 1, 2, 3, 5]);
    assert_eq!(names(&rows[3..]), ["c2 Ltd", "c1 Ltd"]);
    assert_eq!(arr(&rows[3..]), [money(30_000, "USD")]);
    let quick = Minutes::with(&BTreeMap::from([(Kind::Silent, 5)]));
    assert_eq!(within(&rows, &quick, 15), 3);
}

#[test]
fn a_priority_is_explained_by_its_factors_and_their_figures() {
    let mut customer = silent("a", 250_000, "USD");
    customer.terms = Some(terms(250_000, "USD", "2026-12-21"));
    let book = [customer, silent("b", 100_000, "USD"), silent("c", 50_000, "USD")];
    let rows = rows(&items(&book), &Weights::default());
    assert_eq!(
        words::priority(&rows[0].first, &Weights::default()),
        [
            "priority 0.81: value 2.5 × likelihood 0.47 × urgency 0.69",
            "value 2.5: USD 250,000 a year over the median of USD 100,000",
            "likelihood 0.47: 0.8 for silence × 0.59 at a score of 41 at the worst",
            "urgency 0.69: 31 days to the renewal",
        ]
    );
}
