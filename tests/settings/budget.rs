//! The tokens a user may take a day.

use std::{fs, thread};

use chrono::NaiveDate;
use contracts::OwnerId;
use cs_copilot::agent::llm::budget::Budget;
use tempfile::tempdir;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn owner(name: &str) -> OwnerId {
    name.parse().unwrap()
}

#[test]
fn each_user_has_a_budget_of_its_own_every_day() {
    let dir = tempdir().unwrap();
    let budget = Budget::new(&dir.path().join("llm"), 1_000);
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 1_000);
    budget.spend(&owner("alice"), day(23), 300).unwrap();
    budget.spend(&owner("alice"), day(23), 400).unwrap();
    budget.spend(&owner("bob"), day(23), 5_000).unwrap();
    let left = |name: &str, on| budget.left(&owner(name), day(on)).unwrap();
    assert_eq!((left("alice", 23), left("bob", 23)), (300, 0));
    assert_eq!((left("alice", 24), left("bob", 24)), (1_000, 1_000));
    budget.spend(&owner("alice"), day(24), 1).unwrap();
    assert_eq!((left("alice", 24), left("bob", 24)), (999, 1_000));
}

#[test]
fn nothing_is_lost_when_many_count_at_once() {
    let dir = tempdir().unwrap();
    let budget = Budget::new(dir.path(), 1_000_000);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..50).for_each(|_| budget.spend(&owner("alice"), day(23), 7).unwrap()));
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
    budget.spend(&owner("alice"), day(23), 40).unwrap();
    assert_eq!(budget.left(&owner("alice"), day(23)).unwrap(), 60);

    let blocked = Budget::new(&dir.path().join("usage.json/llm"), 100);
    assert!(blocked.spend(&owner("alice"), day(23), 1).is_err());
}
