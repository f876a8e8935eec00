//! What stands beside a filter: groups, measures, the order and the limit.

use contracts::{
    query::{Filter, Group, Measure, Order, Query, Unit},
    reading::FactId,
};

use super::{
    lexer::{Placed, Term, Written},
    problem::{Problem, What},
};
use crate::facts::{Fact, Kind, named};

pub(super) const BY: &str = "by";
pub(super) const SORT: &str = "sort";
pub(super) const LIMIT: &str = "limit";
pub(super) const COUNT: &str = "count";
pub(super) const SHARE: &str = "share";
pub(super) const SUM: &str = "sum";
pub(super) const MEAN: &str = "mean";
pub(super) const MEDIAN: &str = "median";

/// What customers are counted by, where no fact is meant.
pub(super) const CUSTOMERS: &str = "customers";

/// The most customers that a limit may name.
const MOST: u32 = 1_000_000;

/// Every key that names no fact.
pub(super) const KEYS: [&str; 8] = [BY, COUNT, SHARE, SUM, MEAN, MEDIAN, SORT, LIMIT];

pub(super) fn is_clause(key: &str) -> bool {
    KEYS.contains(&key)
}

/// The query of a filter and what stands beside it.
pub(super) fn query(filter: Filter, clauses: &[Term]) -> Result<Query, Problem> {
    let mut query = Query { filter, ..Query::default() };
    for term in clauses {
        let is_twice = match term.key.is.as_str() {
            BY => query.group.replace(group(term)?).is_some(),
            SORT => query.order.replace(order(term)?).is_some(),
            LIMIT => query.limit.replace(limit(term)?).is_some(),
            _ => query.measure.replace(measure(term)?).is_some(),
        };
        if is_twice {
            return Err(Problem::new(term.key.at.clone(), What::Twice(term.key.is.clone())));
        }
    }
    Ok(query)
}

/// The one value that a clause has.
fn only<'t>(term: &'t Term, fits: &str) -> Result<Placed<&'t str>, Problem> {
    match term.values.as_slice() {
        [Placed { is: Written::Bare(text), at }] if term.op == contracts::query::Op::Is => {
            Ok(Placed { is: text, at: at.clone() })
        }
        _ => Err(unfit(term, term.key.at.clone(), fits)),
    }
}

fn unfit(term: &Term, at: std::ops::Range<usize>, fits: &str) -> Problem {
    Problem::new(at, What::Unfit { short: term.key.is.clone(), fits: fits.to_owned() })
}

fn fact(word: &Placed<&str>) -> Result<&'static Fact, Problem> {
    named(word.is).ok_or_else(|| Problem::unknown_fact(word.at.clone(), word.is, &[]))
}

/// `segment`, `month(renewal)`.
fn group(term: &Term) -> Result<Group, Problem> {
    const FITS: &str = "a fact of words, or a unit of the calendar of a day, such as segment or month(renewal)";
    let value = only(term, FITS)?;
    let inner = value.is.strip_suffix(')').and_then(|text| text.split_once('('));
    let unit = |word: &str| Unit::ALL.into_iter().find(|unit| unit.as_str() == word);
    let (word, unit) = match inner {
        Some((word, inner)) => (inner, Some(unit(word).ok_or_else(|| unfit(term, value.at.clone(), FITS))?)),
        None => (value.is, None),
    };
    let fact = fact(&Placed { is: word, at: value.at.clone() })?;
    let has_days = matches!(fact.kind, Kind::Date | Kind::DaysSince | Kind::DaysUntil);
    let has_words = matches!(fact.kind, Kind::Choice(_) | Kind::Text | Kind::Flag | Kind::Count(_));
    if if unit.is_some() { has_days } else { has_words } {
        Ok(Group { fact: fact.id.clone(), unit })
    } else {
        Err(unfit(term, value.at, FITS))
    }
}

/// `arr`, `-arr`.
fn order(term: &Term) -> Result<Order, Problem> {
    let value = only(term, "a fact, such as renewal, or -arr for the greatest first")?;
    let (word, descending) = value.is.strip_prefix('-').map_or((value.is, false), |word| (word, true));
    let fact = fact(&Placed { is: word, at: value.at.clone() })?;
    Ok(Order { fact: fact.id.clone(), descending })
}

fn limit(term: &Term) -> Result<u32, Problem> {
    const FITS: &str = "a number from 1 on, such as 10";
    let value = only(term, FITS)?;
    let number = value.is.parse().ok().filter(|n| (1..=MOST).contains(n));
    number.ok_or_else(|| unfit(term, value.at, FITS))
}

fn measure(term: &Term) -> Result<Measure, Problem> {
    let value = only(term, "customers, or a fact of numbers, such as arr")?;
    let of = |measure: &'static str, fits: &'static str, is_fit: fn(Kind) -> bool| -> Result<FactId, Problem> {
        let fact = fact(&value)?;
        let what = What::NotMeasured { measure, fits, fact: fact.short };
        if is_fit(fact.kind) { Ok(fact.id.clone()) } else { Err(Problem::new(value.at.clone(), what)) }
    };
    let add_up: fn(Kind) -> bool = |kind| matches!(kind, Kind::Count(_) | Kind::Measurement | Kind::Money);
    let have_a_middle: fn(Kind) -> bool = |kind| kind.is_figure();
    match term.key.is.as_str() {
        COUNT if value.is == CUSTOMERS => Ok(Measure::Count),
        SHARE if value.is == CUSTOMERS => Ok(Measure::Share(None)),
        SHARE => of(SHARE, "customers, or a fact that adds up", add_up).map(|fact| Measure::Share(Some(fact))),
        SUM => of(SUM, "a fact that adds up", add_up).map(Measure::Sum),
        MEAN => of(MEAN, "a fact of numbers", have_a_middle).map(Measure::Mean),
        MEDIAN => of(MEDIAN, "a fact of numbers", have_a_middle).map(Measure::Median),
        _ => Err(unfit(term, value.at, CUSTOMERS)),
    }
}
