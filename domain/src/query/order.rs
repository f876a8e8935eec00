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
struct Key {
    /// Amounts of different currencies do not compare: the place of this one, that of most customers first.
    currency: usize,
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
    let (mut keyed, currencies) = keyed(places, subjects, &order.fact);
    keyed.sort_by(|(a, one), (b, other)| {
        compare(a.as_ref(), b.as_ref(), order.descending).then_with(|| beside(*one, *other))
    });
    let is_money = find(order.fact.as_str()).is_some_and(|fact| fact.kind == Kind::Money);
    if !is_money {
        *places = keyed.into_iter().map(|(_, place)| place).take(limit).collect();
        return 0;
    }
    let mut taken = vec![0; currencies];
    keyed.retain(|(key, _)| {
        let Some(key) = key else { return limit == usize::MAX };
        taken[key.currency] += 1;
        taken[key.currency] <= limit
    });
    *places = keyed.into_iter().map(|(_, place)| place).collect();
    currencies
}

/// The places with what they are ordered by, none where it is not known; and in how many currencies that is.
fn keyed<S: Subject>(places: &[usize], subjects: &[S], fact: &FactId) -> (Vec<(Option<Key>, usize)>, usize) {
    let kind = find(fact.as_str()).map(|fact| fact.kind);
    let ranked = |&place: &usize| (subjects[place].knowledge(fact).any().and_then(|value| rank(value, kind)), place);
    let ranked: Vec<_> = places.iter().map(ranked).collect();
    let mut crowds: BTreeMap<&Option<Line>, usize> = BTreeMap::new();
    for (currency, _) in ranked.iter().filter_map(|(rank, _)| rank.as_ref()) {
        *crowds.entry(currency).or_default() += 1;
    }
    let mut currencies: Vec<_> = crowds.into_iter().collect();
    currencies.sort_by_key(|(_, crowd)| Reverse(*crowd));
    let currencies: BTreeMap<_, _> =
        currencies.into_iter().zip(0..).map(|((currency, _), place)| (currency.clone(), place)).collect();
    let key = |(currency, is)| Key { currency: currencies[&currency], is };
    (ranked.into_iter().map(|(rank, place)| (rank.map(key), place)).collect(), currencies.len())
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
    a.currency.cmp(&b.currency).then(value)
}
