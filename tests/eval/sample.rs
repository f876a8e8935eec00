//! Which customers are picked.

use std::collections::BTreeSet;

use contracts::{book::{CustomerRow, Standing}, health::Risk};
use cs_copilot::eval::sample::sample;
use proptest::prelude::*;

fn book(ids: impl IntoIterator<Item = u32>) -> Vec<CustomerRow> {
    let row = |id: u32| CustomerRow {
        id: format!("c-{id}").parse().unwrap(),
        name: format!("Customer {id}").as_str().into(),
        risk: Risk::Low,
        score: None,
        coverage: 0,
        trend: None,
        spark: Vec::new(),
        arr: None,
        days_to_renewal: None,
        open_tickets: None,
        standing: Standing::Active,
        stale: Vec::new(),
        facts: Vec::new(),
    };
    ids.into_iter().map(row).collect()
}

fn ids(customers: Vec<CustomerRow>) -> BTreeSet<String> {
    customers.into_iter().map(|customer| customer.id.to_string()).collect()
}

proptest! {
    #[test]
    fn the_order_of_the_book_does_not_matter_and_one_more_changes_one_at_the_most(seed: u64, count in 0..30_usize) {
        let picked = ids(sample(book(0..50), count, seed));
        prop_assert_eq!(picked.len(), count);
        prop_assert_eq!(&picked, &ids(sample(book((0..50).rev()), count, seed)));
        let with_another = ids(sample(book(0..51), count, seed));
        prop_assert!(picked.difference(&with_another).count() <= 1);
    }
}

#[test]
fn another_seed_picks_others_and_no_more_than_there_are() {
    assert_ne!(ids(sample(book(0..50), 5, 0)), ids(sample(book(0..50), 5, 1)));
    assert_eq!(ids(sample(book(0..3), 5, 0)).len(), 3);
}
