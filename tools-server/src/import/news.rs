//! What changed of a book that matters to whoever looks after it: a comparison of two glimpses.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use contracts::{CustomerId, Line, delivery::CustomerChange, facts::Money, health::Risk};

/// What is compared of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Glimpse {
    pub name: Line,
    pub risk: Risk,
    pub arr: Vec<Money>,
    pub urgent: u32,
}

/// A book at a glance.
pub type Glimpses = BTreeMap<CustomerId, Glimpse>;

/// The customers of whom something changed that matters, most revenue first. Of a customer who was not there before nothing
/// has changed.
pub fn news(before: &Glimpses, after: &Glimpses, gone: &BTreeSet<CustomerId>) -> Vec<CustomerChange> {
    let changes = before.iter().filter_map(|(id, before)| change(id, before, after.get(id), gone.contains(id)));
    let mut changes: Vec<_> = changes.collect();
    changes.sort_by_cached_key(|change| (Reverse(most(&change.arr)), change.name.clone(), change.id.clone()));
    changes
}

fn change(id: &CustomerId, before: &Glimpse, after: Option<&Glimpse>, gone: bool) -> Option<CustomerChange> {
    let now = after.unwrap_or(before);
    let gone = gone || after.is_none();
    let change = CustomerChange {
        id: id.clone(),
        name: now.name.clone(),
        arr: if gone { before.arr.clone() } else { now.arr.clone() },
        arr_before: (!gone && now.arr != before.arr).then(|| before.arr.clone()),
        risk: now.risk,
        risk_before: (now.risk != before.risk).then_some(before.risk),
        new_urgent: now.urgent.saturating_sub(before.urgent),
        gone,
        fields: Vec::new(),
    };
    let matters = gone || change.arr_before.is_some() || change.risk_before.is_some() || change.new_urgent > 0;
    matters.then_some(change)
}

/// The largest amount; amounts of different currencies are set side by side by their figures alone.
fn most(arr: &[Money]) -> i64 {
    arr.iter().map(|money| money.minor).max().unwrap_or_default()
}
