//! Customers in order, and no more than are wanted.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use contracts::{
    Line,
    query::Order,
    reading::{FactId, Value},
};

use super::subject::Subject;
use crate::facts::{Kind, find};

/// What somebody is ordered by.
#[derive(Debug)]
pub(super) struct Key {
    /// Amounts of different currencies do not compare: those of the one that most have come first.
    crowd: Reverse<usize>,
    currency: Option<Line>,
    is: Rank,
}

#[derive(Debug)]
enum Rank {
    Figure(f64),
    Word(String),
}

/// Puts the places of subjects in order and keeps the first `limit`: of each currency where the order is by money. Those
/// without the fact come last, and equal ones as the book has them. Tells in how many currencies the amounts are that it is by.
pub(super) fn arrange<S: Subject>(
    places: &mut Vec<usize>,
    subjects: &[S],
    order: Option<&Order>,
    limit: Option<u32>,
) -> usize {
    let limit = limit.map_or(usize::MAX, |limit| limit as usize);
    let beside = |a: usize, b: usize| subjects[a].beside(&subjects[b]);
    let Some(order) = order else {
        places.sort_by(|&a, &b| beside(a, b));
        places.truncate(limit);
        return 0;
    };
    let keys = keys(places, subjects, &order.fact);
    places.sort_by(|a, b| compare(keys.get(a), keys.get(b), order.descending).then_with(|| beside(*a, *b)));
    if find(order.fact.as_str()).is_none_or(|fact| fact.kind != Kind::Money) {
        places.truncate(limit);
        return 0;
    }
    let mut taken: BTreeMap<&Line, usize> = BTreeMap::new();
    places.retain(|place| {
        let Some(currency) = keys.get(place).and_then(|key| key.currency.as_ref()) else { return limit == usize::MAX };
        let taken = taken.entry(currency).or_default();
        *taken += 1;
        *taken <= limit
    });
    taken.len()
}

fn keys<S: Subject>(places: &[usize], subjects: &[S], fact: &FactId) -> BTreeMap<usize, Key> {
    let kind = find(fact.as_str()).map(|fact| fact.kind);
    let key = |place: usize| {
        let knowledge = subjects[place].knowledge(fact);
        let (currency, is) = rank(knowledge.any()?, kind)?;
        Some((place, Key { crowd: Reverse(0), currency, is }))
    };
    let mut keys: BTreeMap<usize, Key> = places.iter().filter_map(|place| key(*place)).collect();
    let mut crowds: BTreeMap<Option<Line>, usize> = BTreeMap::new();
    for key in keys.values() {
        *crowds.entry(key.currency.clone()).or_default() += 1;
    }
    for key in keys.values_mut() {
        key.crowd = Reverse(crowds[&key.currency]);
    }
    keys
}

fn rank(value: &Value, kind: Option<Kind>) -> Option<(Option<Line>, Rank)> {
    let figure = |figure: f64| Some((None, Rank::Figure(figure)));
    match value {
        Value::Count(n) => figure(*n as f64),
        Value::Measurement { value, .. } => figure(*value),
        Value::Money(amounts) => {
            let most = amounts.iter().max_by_key(|amount| amount.minor)?;
            Some((Some(most.currency.clone()), Rank::Figure(most.minor as f64)))
        }
        Value::Date(day) => figure(f64::from(day.to_epoch_days())),
        Value::Days(days) => figure(*days as f64),
        Value::Share(share) => figure(*share as f64),
        Value::Flag(yes) => figure(f64::from(u8::from(*yes))),
        Value::Choice(word) => {
            let Some(Kind::Choice(words)) = kind else { return None };
            figure(words.iter().position(|known| *known == word.as_str())? as f64)
        }
        Value::Text(text) => Some((None, Rank::Word(text.as_str().to_lowercase()))),
    }
}

fn compare(a: Option<&Key>, b: Option<&Key>, descending: bool) -> Ordering {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none().cmp(&b.is_none()) };
    let value = match (&a.is, &b.is) {
        (Rank::Figure(a), Rank::Figure(b)) => a.total_cmp(b),
        (Rank::Word(a), Rank::Word(b)) => a.cmp(b),
        (Rank::Figure(_), Rank::Word(_)) => Ordering::Less,
        (Rank::Word(_), Rank::Figure(_)) => Ordering::Greater,
    };
    let value = if descending { value.reverse() } else { value };
    a.crowd.cmp(&b.crowd).then_with(|| a.currency.cmp(&b.currency)).then(value)
}
