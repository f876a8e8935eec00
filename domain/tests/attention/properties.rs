//! What holds of any book.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use contracts::{
    attention::{Item, Kind},
    facts::{Status, Trend},
};
use domain::attention::{
    self, Minutes, Weights,
    order::{Priority, rows, within},
};
use proptest::prelude::*;

use crate::given::{Customer, day, items, seen, terms, today, urgent, usage, well};

fn some_customer() -> impl Strategy<Value = Customer> {
    let trend = prop::option::of(prop::sample::select(Trend::ALL.to_vec()));
    let arr = prop::option::of((0..2_000_000_i64, prop::sample::select(vec!["USD", "EUR"])));
    let renewal = -30..400_i64;
    (trend, arr, renewal, 0..4_usize, prop::option::of(Just(Status::Churned)), prop::option::of(1..60_u64)).prop_map(
        |(trend, arr, renewal, tickets, status, gone)| Customer {
            usage: trend.map(usage),
            terms: arr.map(|(arr, currency)| {
                let day = today() + chrono::TimeDelta::days(renewal);
                terms(arr, currency, &day.to_string())
            }),
            tickets: (0..tickets).map(|n| urgent(&format!("T-{n}"), "2026-11-08")).collect(),
            status: status.filter(|_| renewal % 7 == 0),
            gone_on: gone.filter(|days| days % 5 == 0).map(|days| today() - Days::new(days)),
            ..well("x")
        },
    )
}

fn some_book() -> impl Strategy<Value = Vec<Customer>> {
    prop::collection::vec(some_customer(), 0..24).prop_map(|mut book| {
        for (n, customer) in book.iter_mut().enumerate() {
            customer.id = format!("c{n}");
        }
        book
    })
}

fn some_weights() -> impl Strategy<Value = Weights> {
    prop::collection::btree_map(prop::sample::select(Kind::ALL.to_vec()), 0..=100_u32, 0..13)
        .prop_map(|set: BTreeMap<Kind, u32>| Weights::with(&set))
}

fn ids(items: &[Item]) -> BTreeSet<String> {
    items.iter().map(|item| item.id.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn two_runs_on_one_state_are_equal_whatever_the_order_of_the_book(book in some_book(), weights in some_weights()) {
        let one = items(&book);
        prop_assert_eq!(&one, &items(&book));
        let reversed: Vec<_> = book.into_iter().rev().collect();
        prop_assert_eq!(&one, &items(&reversed));
        let back: Vec<_> = one.iter().rev().cloned().collect();
        prop_assert_eq!(rows(&one, &weights), rows(&back, &weights));
    }

    #[test]
    fn every_item_is_in_one_row_and_rows_go_down(book in some_book(), weights in some_weights()) {
        let found = items(&book);
        let rows = rows(&found, &weights);
        let listed: Vec<_> = rows.iter().flat_map(|row| row.items()).map(|ranked| ranked.item.clone()).collect();
        let weighed: Vec<_> = found.into_iter().filter(|item| weights.of(item.kind) > 0).collect();
        prop_assert_eq!(listed.len(), weighed.len());
        prop_assert_eq!(ids(&listed), ids(&weighed));
        prop_assert!(rows.iter().map(|row| row.first.priority).is_sorted_by(|one, next| one >= next));
        let abouts: BTreeSet<_> = rows.iter().map(|row| row.about()).collect();
        prop_assert_eq!(abouts.len(), rows.len(), "one row a customer");
    }

    #[test]
    fn nobody_is_worth_nothing_and_every_item_says_why(book in some_book()) {
        for item in items(&book) {
            prop_assert!(item.factors.value.thousandths > 0);
            prop_assert!((1..=100).contains(&item.factors.likelihood.percent));
            prop_assert!((1..=100).contains(&item.factors.urgency.percent));
            prop_assert!(!item.reasons.is_empty() && item.reasons.iter().all(|reason| !reason.is_empty()));
            prop_assert!(item.situation.as_str().chars().count() <= contracts::attention::MAX_SITUATION);
        }
    }

    #[test]
    fn the_churned_have_no_items_and_the_gone_one(book in some_book()) {
        for item in items(&book) {
            let Some(id) = item.about.customer() else { continue };
            let customer = book.iter().find(|customer| customer.id == id.as_str()).unwrap();
            prop_assert_eq!(customer.gone_on.is_some(), item.kind == Kind::Gone);
            prop_assert!(customer.gone_on.is_some() || customer.status != Some(Status::Churned));
        }
    }

    #[test]
    fn more_revenue_never_puts_a_customer_further_down(book in some_book(), more in 1..1_000_000_i64) {
        let Some(at) = book.iter().position(|customer| customer.terms.as_ref().is_some_and(|terms| terms.arr.is_some())) else {
            return Ok(());
        };
        let mut dearer = book.clone();
        let arr = dearer[at].terms.as_mut().and_then(|terms| terms.arr.as_mut()).unwrap();
        prop_assume!(arr.minor > 0);
        arr.minor += more * 100;
        let highest = |book: &[Customer]| {
            let of_it = |item: &&Item| item.about.customer().is_some_and(|id| id.as_str() == book[at].id);
            items(book).iter().filter(of_it).map(|item| Priority::of(item, &Weights::default())).max()
        };
        // The median moves at most as far as the customer does.
        prop_assert!(highest(&dearer) >= highest(&book));
    }

    #[test]
    fn more_time_never_lists_less(book in some_book(), time in 0..600_u32, more in 0..600_u32) {
        let rows = rows(&items(&book), &Weights::default());
        let fits = within(&rows, &Minutes::default(), time);
        prop_assert!(fits <= within(&rows, &Minutes::default(), time + more));
        let taken: u32 = rows[..fits].iter().map(|row| Minutes::default().of(row.first.item.kind)).sum();
        prop_assert!(taken <= time);
    }

    #[test]
    fn items_are_found_by_the_same_id_until_something_new_happens(book in some_book()) {
        let tomorrow: Vec<_> = book.iter().map(|customer| customer.case_on(day("2026-11-21"))).collect();
        let later = ids(&attention::items(&seen(&tomorrow)));
        // Of those whose day is not today's border: tickets, silence and falls go on.
        let goes_on = |kind| matches!(kind, Kind::Silent | Kind::UsageFell | Kind::UrgentTicket | Kind::Gone);
        for item in items(&book).iter().filter(|item| goes_on(item.kind)) {
            prop_assert!(later.contains(item.id.as_str()), "{item:?}");
        }
    }

    #[test]
    fn only_those_who_look_back_say_anything_of_an_earlier_day(book in some_book(), trends in prop::collection::vec(prop::sample::select(Trend::ALL.to_vec()), 24)) {
        let now: Vec<_> = book.iter().map(Customer::case).collect();
        let then = today() - Days::new(28);
        let earlier = book.iter().zip(trends).map(|(customer, trend)| Customer { usage: Some(usage(trend)), ..customer.clone() });
        let before: Vec<_> = earlier.map(|customer| customer.case_on(then)).collect();
        let looked = |all: bool| {
            let seen = now.iter().zip(&before).map(|(now, before)| {
                attention::Seen { now, before: (all || attention::looks_back(now)).then_some(before) }
            });
            attention::items(&seen.collect::<Vec<_>>())
        };
        prop_assert_eq!(looked(true), looked(false));
    }
}
