//! Whether a filter holds for somebody. A comparison with what is missing is neither true nor false, also under `not`.

use std::{cmp::Ordering, ops::RangeInclusive};

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::Money,
    query::{Filter, Op, Operand},
    reading::{FactId, Knowledge, Value},
};

use super::{facts::of_filter, span::span, subject::Subject};
use crate::facts::{Kind, find};

/// What is so of a filter and somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// Nobody can tell: something is missing.
    Unknown,
    /// It holds.
    True,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// Whether a filter holds for somebody on the day `as_of`.
pub fn holds(filter: &Filter, subject: &impl Subject, as_of: NaiveDate) -> Truth {
    match filter {
        Filter::All(filters) => filters.iter().map(|filter| holds(filter, subject, as_of)).min().unwrap_or(Truth::True),
        Filter::Any(filters) => {
            filters.iter().map(|filter| holds(filter, subject, as_of)).max().unwrap_or(Truth::False)
        }
        Filter::Not(filter) => !holds(filter, subject, as_of),
        Filter::Missing(fact) => (*subject.knowledge(fact) == Knowledge::Missing).into(),
        Filter::Stale(fact) => match &*subject.knowledge(fact) {
            Knowledge::Missing => Truth::Unknown,
            knowledge => knowledge.is_stale().into(),
        },
        Filter::Compare { fact, op, value } => {
            let knowledge = subject.knowledge(fact);
            knowledge
                .any()
                .and_then(|known| compares(fact, known, *op, value, as_of))
                .map_or(Truth::Unknown, Truth::from)
        }
    }
}

/// The facts of the filter that are missing of somebody, or cannot be compared: each once.
pub fn missing<'q>(filter: &'q Filter, subject: &impl Subject) -> Vec<&'q FactId> {
    let mut ids = Vec::new();
    of_filter(filter, &mut ids);
    ids.retain(|fact| *subject.knowledge(fact) == Knowledge::Missing);
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Whether a value compares so; none where it does not compare at all, such as amounts of two currencies.
fn compares(fact: &FactId, known: &Value, op: Op, value: &Operand, as_of: NaiveDate) -> Option<bool> {
    let ordered = |ordering: Option<Ordering>| ordering.map(|ordering| is_so(op, ordering));
    match (known, value) {
        (Value::Count(n), Operand::Number(bound)) => ordered((*n as f64).partial_cmp(bound)),
        (Value::Measurement { value, .. }, Operand::Number(bound)) => ordered(value.partial_cmp(bound)),
        (Value::Share(share), Operand::Share(bound)) => Some(is_so(op, share.cmp(bound))),
        (Value::Money(amounts), Operand::Money { minor, currency }) => {
            ordered(greatest(amounts, currency.as_ref()).map(|amount| amount.cmp(minor)))
        }
        (Value::Days(days), Operand::Days(bound)) => {
            Some(is_so(op, days.cmp(bound)) && !(*bound > 0 && is_overdue(fact, op, *days)))
        }
        (Value::Date(day), Operand::Time(time)) => Some(is_in(*day, op, &span(*time, as_of)?)),
        (known @ Value::Days(days), Operand::Time(time)) => {
            let (day, span) = (find(fact.as_str())?.kind.anchor(known, as_of)?, span(*time, as_of)?);
            let bound = if op == Op::Under { span.start() } else { span.end() };
            Some(is_in(day, op, &span) && !(*bound > as_of && is_overdue(fact, op, *days)))
        }
        (Value::Choice(word) | Value::Text(word), Operand::Words(words)) => {
            let folded = word.as_str().to_lowercase();
            Some(words.iter().any(|word| word.as_str().to_lowercase() == folded))
        }
        (Value::Flag(is), Operand::Flag(wanted)) => Some(is == wanted),
        _ => None,
    }
}

fn is_so(op: Op, ordering: Ordering) -> bool {
    match op {
        Op::Is => ordering.is_eq(),
        Op::Under => ordering.is_lt(),
        Op::AtMost => ordering.is_le(),
        Op::Over => ordering.is_gt(),
        Op::AtLeast => ordering.is_ge(),
    }
}

/// The amount that compares: that of the currency, or the greatest of the customer's own.
fn greatest(amounts: &[Money], currency: Option<&Line>) -> Option<i64> {
    let compare = |amount: &&Money| currency.is_none_or(|currency| *currency == amount.currency);
    amounts.iter().filter(compare).map(|amount| amount.minor).max()
}

/// What is to come within a time is ahead: what has passed is overdue, and asked for by itself.
fn is_overdue(fact: &FactId, op: Op, days: i64) -> bool {
    let is_until = || find(fact.as_str()).is_some_and(|fact| fact.kind == Kind::DaysUntil);
    days < 0 && matches!(op, Op::Under | Op::AtMost) && is_until()
}

fn is_in(day: NaiveDate, op: Op, days: &RangeInclusive<NaiveDate>) -> bool {
    match op {
        Op::Is => days.contains(&day),
        Op::Under => day < *days.start(),
        Op::AtMost => day <= *days.end(),
        Op::Over => day > *days.end(),
        Op::AtLeast => day >= *days.start(),
    }
}
