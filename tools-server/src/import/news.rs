//! What changed of a book that matters to whoever looks after it: a comparison of two glimpses.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use contracts::{
    CustomerId, Line,
    delivery::{CustomerChange, columns::Columns},
    facts::{Money, Part},
    health::Risk,
};
use domain::case::Case;

/// What is compared of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Glimpse {
    pub name: Line,
    pub risk: Risk,
    pub arr: Vec<Money>,
    pub urgent: u32,
    /// None where they are not to be told.
    pub fields: Fields,
}

/// What rows say, by part and column, in words.
pub type Fields = BTreeMap<(Part, &'static str), String>;

/// What a customer's own row says, and the one of its contracts that most hangs on.
pub fn fields(case: &Case) -> Fields {
    let own = case.fields.any().into_iter().flat_map(|fields| said(Part::Customers, fields));
    let contract = case.contract.any().into_iter().flat_map(|figures| said(Part::Contracts, &figures.main));
    own.chain(contract).collect()
}

fn said<T: Columns>(part: Part, row: &T) -> impl Iterator<Item = ((Part, &'static str), String)> {
    T::COLUMNS.iter().filter_map(move |column| Some(((part, column.name), (column.say)(row)?)))
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
        fields: if gone { Vec::new() } else { changed(&before.fields, &now.fields) },
    };
    let matters = gone || change.arr_before.is_some() || change.risk_before.is_some() || change.new_urgent > 0;
    (matters || !change.fields.is_empty()).then_some(change)
}

/// The fields that differ, as `part.column: before -> now`.
fn changed(before: &Fields, now: &Fields) -> Vec<Line> {
    let columns: BTreeSet<_> = before.keys().chain(now.keys()).collect();
    let lines = columns.into_iter().filter_map(|column| {
        let (part, name) = column;
        let [before, now] = [before, now].map(|fields| fields.get(column));
        let said = |value: Option<&String>| value.map_or("nothing", String::as_str).to_owned();
        let line = || format!("{}.{name}: {} -> {}", part.as_str(), said(before), said(now)).as_str().into();
        (before != now).then(line)
    });
    lines.collect()
}

/// The largest amount; amounts of different currencies are set side by side by their figures alone.
fn most(arr: &[Money]) -> i64 {
    arr.iter().map(|money| money.minor).max().unwrap_or_default()
}
