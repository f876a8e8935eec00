//! All contracts of a customer together.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;
use contracts::{
    Line,
    delivery::ContractTerms,
    facts::{Money, Part},
    reading::Knowledge,
};

use super::{
    ContractFigures,
    freshness::aged,
    merged::{Merged, merged},
};
use crate::rows::{Sources, Version};

pub(super) fn figures(
    versions: &[Version<ContractTerms>],
    sources: &Sources,
    as_of: NaiveDate,
) -> Knowledge<ContractFigures> {
    let current = merged(versions, sources, as_of);
    let arr = arr(&current);
    let Some(main) = main(&current, as_of) else { return Knowledge::Missing };
    let figures = ContractFigures {
        main: main.says.clone(),
        contracts: current.len() as u32,
        before: before(versions, sources, as_of, &arr),
        arr,
        seats: current.iter().filter_map(|contract| contract.says.seats).reduce(u32::saturating_add),
    };
    aged(Part::Contracts, figures, main.source.clone(), as_of)
}

/// The contract with most revenue, in whatever currency; where none says its revenue, the one that renews next, and
/// where none will, the one that renewed last.
fn main(current: &[Merged<ContractTerms>], as_of: NaiveDate) -> Option<&Merged<ContractTerms>> {
    current.iter().min_by_key(|contract| {
        let arr = contract.says.arr.as_ref().map(|arr| arr.minor);
        let renewal = contract.says.renewal_date;
        let days = renewal.map(|date| date.signed_duration_since(as_of).num_days());
        (Reverse(arr), days.is_none(), days.is_some_and(|days| days < 0), days.map(i64::abs), &contract.key)
    })
}

/// The revenue of all, by currency.
fn arr(contracts: &[Merged<ContractTerms>]) -> Vec<Money> {
    let mut sums: BTreeMap<&Line, i64> = BTreeMap::new();
    for arr in contracts.iter().filter_map(|contract| contract.says.arr.as_ref()) {
        let sum = sums.entry(&arr.currency).or_default();
        *sum = sum.saturating_add(arr.minor);
    }
    sums.into_iter().map(|(currency, minor)| Money { minor, currency: currency.clone() }).collect()
}

/// The revenue before it last changed, and the last day of that. Revenue that was not known before has not changed.
fn before(
    versions: &[Version<ContractTerms>],
    sources: &Sources,
    as_of: NaiveDate,
    now: &[Money],
) -> Option<(NaiveDate, Vec<Money>)> {
    let mut days: Vec<_> = versions.iter().map(|version| version.from).filter(|from| *from <= as_of).collect();
    days.sort_unstable_by_key(|day| Reverse(*day));
    days.dedup();
    let earlier = days.into_iter().filter_map(|day| day.pred_opt());
    let mut amounts = earlier.map(|day| (day, arr(&merged(versions, sources, day))));
    amounts.find(|(_, before)| before != now).filter(|(_, before)| !now.is_empty() && !before.is_empty())
}
