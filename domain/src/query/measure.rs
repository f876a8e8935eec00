//! What is made of many customers' figures: exact sums of money by currency, and nothing added up that has two units.

use std::collections::BTreeMap;

use contracts::{
    Line,
    facts::Money,
    outcome::Figure,
    query::Measure,
    reading::{FactId, Value},
};

use super::subject::Subject;

/// What a unit's figures add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit<'a> {
    Count,
    Days,
    Share,
    Money(&'a str),
    Measured(&'a str),
}

/// The figures of these customers, by unit, and how many of them have none. `book` is everybody that counts.
pub(super) fn figures<S: Subject>(measure: &Measure, of: &[&S], book: &[&S]) -> (Vec<Figure>, usize) {
    let count = |n: usize| Value::Count(n as u64);
    match measure {
        Measure::Count => (vec![Figure { value: count(of.len()), share: None, customers: number(of.len()) }], 0),
        Measure::Share(None) => {
            let share = share(of.len() as i128, book.len() as i128);
            (vec![Figure { value: count(of.len()), share, customers: number(of.len()) }], 0)
        }
        Measure::Sum(fact) => made(fact, of, |unit, values| unit.value(sum(values))),
        Measure::Mean(fact) => made(fact, of, |unit, values| unit.middle(mean(values))),
        Measure::Median(fact) => made(fact, of, |unit, values| unit.middle(median(values))),
        Measure::Share(Some(fact)) => {
            let (mut figures, without) = figures(&Measure::Sum(fact.clone()), of, book);
            let (whole, _) = made(fact, book, |unit, values| unit.value(sum(values)));
            for figure in &mut figures {
                let whole = whole.iter().find(|whole| is_same_unit(&whole.value, &figure.value));
                figure.share = whole.and_then(|whole| share(total(&figure.value), total(&whole.value)));
            }
            (figures, without)
        }
    }
}

/// No book has as many customers as this does not hold.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn made<S: Subject>(fact: &FactId, of: &[&S], make: fn(Unit<'_>, &mut [f64]) -> Value) -> (Vec<Figure>, usize) {
    let known: Vec<_> = of.iter().map(|subject| subject.knowledge(fact)).collect();
    let without = known.iter().filter(|knowledge| knowledge.any().is_none()).count();
    let mut units: BTreeMap<Unit<'_>, Vec<f64>> = BTreeMap::new();
    for value in known.iter().filter_map(|knowledge| knowledge.any()) {
        for (unit, figure) in parts(value) {
            units.entry(unit).or_default().push(figure);
        }
    }
    let figures = units.into_iter().map(|(unit, mut values)| {
        let customers = number(values.len());
        Figure { value: make(unit, &mut values), share: None, customers }
    });
    (figures.collect(), without)
}

/// The figures of a value, each in its unit. Amounts are hundredths, which are exact far beyond any book's.
fn parts(value: &Value) -> Vec<(Unit<'_>, f64)> {
    match value {
        Value::Count(n) => vec![(Unit::Count, *n as f64)],
        Value::Measurement { value, unit } => vec![(Unit::Measured(unit.as_str()), *value)],
        Value::Money(amounts) => {
            amounts.iter().map(|amount| (Unit::Money(amount.currency.as_str()), amount.minor as f64)).collect()
        }
        Value::Days(days) => vec![(Unit::Days, *days as f64)],
        Value::Share(share) => vec![(Unit::Share, *share as f64)],
        Value::Date(_) | Value::Choice(_) | Value::Flag(_) | Value::Text(_) => Vec::new(),
    }
}

impl Unit<'_> {
    fn value(self, figure: f64) -> Value {
        match self {
            Self::Count => Value::Count(figure as u64),
            Self::Days => Value::Days(figure.round() as i64),
            Self::Share => Value::Share(figure.round() as i64),
            Self::Money(currency) => {
                Value::Money(vec![Money { minor: figure.round() as i64, currency: Line::new(currency) }])
            }
            Self::Measured(unit) => Value::Measurement { value: figure, unit: Line::new(unit) },
        }
    }

    /// The mean of counts need not be whole; cents of an average are of no use to anybody.
    fn middle(self, figure: f64) -> Value {
        match self {
            Self::Count => Value::Measurement { value: figure, unit: Line::default() },
            Self::Money(_) => self.value((figure / 100.0).round() * 100.0),
            _ => self.value(figure),
        }
    }
}

fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

fn mean(values: &[f64]) -> f64 {
    sum(values) / values.len() as f64
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    mean(&values[(values.len() - 1) / 2..=values.len() / 2])
}

fn is_same_unit(a: &Value, b: &Value) -> bool {
    parts(a).first().map(|(unit, _)| *unit) == parts(b).first().map(|(unit, _)| *unit)
}

fn total(value: &Value) -> i128 {
    parts(value).first().map_or(0, |(_, figure)| *figure as i128)
}

/// Basis points, half up; none of nothing.
fn share(part: i128, whole: i128) -> Option<i64> {
    (whole > 0).then(|| i64::try_from((part * 20_000 + whole) / (2 * whole)).ok()).flatten()
}
