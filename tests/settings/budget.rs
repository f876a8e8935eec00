//! The tokens a user may take a day.

use std::{fs, thread};

use chrono::NaiveDate;
use contracts::OwnerId;
use cs_copilot::chat::budget::Budget;
use tempfile::tempdir;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn owner(name: &str) -> OwnerId {
    name.parse().unwrap()
}

fn spend(budget: &Budget, name: &str, on: u32, tokens: u64) {
    budget.set_aside(&owner(name), day(on), 0, 10).unwrap().unwrap().settle(tokens).unwrap();
}

#[test]
fn each_user_has_a_budget_of_its_own_every_day() {
    let dir = tempdir().unwrap();
    let budget = Budget::new(&dir.path().join("llm"), 1_000);
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 1_000);
    spend(&budget, "alice", 23, 300);
    spend(&budget, "alice", 23, 400);
    spend(&budget, "bob", 23, 5_000);
    let left = |name: &str, on| budget.left(&owner(name), day(on)).unwrap();
    assert_eq!((left("alice", 23), left("bob", 23)), (300, 0));
    assert_eq!((left("alice", 24), left("bob", 24)), (1_000, 1_000));
    spend(&budget, "alice", 24, 1);
    assert_eq!((left("alice", 24), left("bob", 24)), (999, 1_000));
}

#[test]
fn a_share_is_what_is_left_and_nothing_where_that_is_too_little() {
    let dir = tempdir().unwrap();
    let (budget, alice) = (Budget::new(dir.path(), 1_000), owner("alice"));
    let left = || budget.left(&alice, day(23)).unwrap();
    let whole = budget.set_aside(&alice, day(23), 300, 500).unwrap().unwrap();
    assert_eq!((whole.tokens(), left()), (800, 200));
    let rest = budget.set_aside(&alice, day(23), 150, 500).unwrap().unwrap();
    assert_eq!((rest.tokens(), left()), (200, 0));
    whole.settle(700).unwrap();
    assert_eq!(left(), 100);
    assert!(budget.set_aside(&alice, day(23), 100, 500).unwrap().is_none(), "nothing left to write");
    assert!(budget.set_aside(&alice, day(23), u64::MAX, u64::MAX).unwrap().is_none());
    rest.settle(u64::MAX).unwrap();
    assert_eq!(left(), 0);
}

#[test]
fn nothing_is_lost_when_many_count_at_once() {
    let dir = tempdir().unwrap();
    let budget = Budget::new(dir.path(), 1_000_000);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..50).for_each(|_| spend(&budget, "alice", 23, 7)));
        }
    });
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 1_000_000 - 8 * 50 * 7);
}

#[test]
fn a_broken_count_is_begun_again_and_one_that_cannot_be_kept_is_an_error() {
    let dir = tempdir().unwrap();
    let budget = Budget::new(dir.path(), 100);
    fs::write(dir.path().join("usage.json"), "{\"date\":").unwrap();
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 100);
    spend(&budget, "alice", 23, 40);
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 60);

    let blocked = Budget::new(&dir.path().join("usage.json/llm"), 100);
    assert!(blocked.set_aside(&owner("alice"), day(23), 0, 1).is_err());
}
