//! What a query comes to: who fits, in order, what is made of them, and who was left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line,
    book::Standing,
    outcome::{Outcome, Part},
    query::{Group, Measure, Query, Time, Unit},
    reading::Value,
};

use super::{
    facts,
    holds::{Truth, holds},
    left_out::LeavingOut,
    measure::{figures, number},
    order,
    span::first_day,
    subject::Subject,
    time,
};
use crate::{
    facts::{Fact, Kind, find},
    words,
};

/// The fact by whose name those who left are asked for; without it they do not count.
const STATUS: &str = "customer.status";

/// What a query comes to, and who is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Who is shown, by their places in the book, in order.
    pub shown: Vec<usize>,
    /// What it comes to.
    pub outcome: Outcome,
}

/// Evaluates a query over a book, in whose order those are who are equal in the query's.
pub fn answer<S: Subject>(query: &Query, book: &[S], as_of: NaiveDate) -> Answer {
    let read = facts(query);
    let asks_who_left = read.iter().any(|fact| fact.id.as_str() == STATUS);
    let counts = |subject: &S| match subject.standing() {
        Standing::Active => true,
        Standing::Churned => asks_who_left,
        Standing::Gone => false,
    };
    let everybody: Vec<usize> = (0..book.len()).filter(|&place| counts(&book[place])).collect();
    let (mut shown, mut left_out) = (Vec::new(), LeavingOut::default());
    for &place in &everybody {
        match holds(&query.filter, &book[place], as_of) {
            Truth::True => shown.push(place),
            Truth::False => {}
            Truth::Unknown => left_out.add(&query.filter, &book[place]),
        }
    }
    let fit = shown.len();
    let currencies = order::arrange(&mut shown, book, query.order.as_ref(), query.limit);
    let outcome = Outcome {
        shown: number(shown.len()),
        fit: number(fit),
        counted: number(everybody.len()),
        left_out: left_out.finish(),
        stale: number(shown.iter().filter(|&&place| is_stale(&book[place], &read)).count()),
        apart: number(book.len() - everybody.len()),
        currencies: number(currencies),
        parts: parts(query, &shown, &everybody, book, as_of),
    };
    Answer { shown, outcome }
}

fn is_stale(subject: &impl Subject, read: &[&Fact]) -> bool {
    read.iter().any(|fact| subject.knowledge(&fact.id).is_stale())
}

fn parts<S: Subject>(query: &Query, shown: &[usize], everybody: &[usize], book: &[S], as_of: NaiveDate) -> Vec<Part> {
    let measure = match (&query.measure, &query.group) {
        (None, None) => return Vec::new(),
        (measure, _) => measure.as_ref().unwrap_or(&Measure::Count),
    };
    let all = |places: &[usize]| places.iter().map(|&place| &book[place]).collect::<Vec<_>>();
    let everybody = all(everybody);
    let part = |of: Option<String>, members: &[&S]| {
        let (figures, without) = figures(measure, members, &everybody);
        Part { of: of.as_deref().map(Line::new), customers: number(members.len()), figures, without: number(without) }
    };
    let Some(group) = &query.group else { return vec![part(None, &all(shown))] };
    let mut groups: BTreeMap<Common, Vec<&S>> = BTreeMap::new();
    for subject in all(shown) {
        groups.entry(common(group, subject, as_of)).or_default().push(subject);
    }
    groups.into_iter().map(|(common, members)| part(common.text(), &members)).collect()
}

/// What a group has in common, in the order of the groups: those of whom it is not known come last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Common {
    Known(i64, String),
    Missing,
}

impl Common {
    fn text(self) -> Option<String> {
        match self {
            Self::Known(_, text) => Some(text),
            Self::Missing => None,
        }
    }
}

fn common(group: &Group, subject: &impl Subject, as_of: NaiveDate) -> Common {
    let knowledge = subject.knowledge(&group.fact);
    let kind = find(group.fact.as_str()).map(|fact| fact.kind);
    let known = knowledge.any().zip(kind).and_then(|(value, kind)| match group.unit {
        Some(unit) => of_calendar(unit, value, kind, as_of),
        None => Some(of_value(value, kind)),
    });
    known.unwrap_or(Common::Missing)
}

fn of_value(value: &Value, kind: Kind) -> Common {
    let text = words::cell_of(value);
    let place = match (value, kind) {
        (Value::Choice(word), Kind::Choice(words)) => words.iter().position(|known| *known == word.as_str()),
        (Value::Count(n), _) => usize::try_from(*n).ok(),
        (Value::Flag(yes), _) => Some(usize::from(!yes)),
        _ => Some(0),
    };
    Common::Known(place.and_then(|place| i64::try_from(place).ok()).unwrap_or(i64::MAX), text)
}

fn of_calendar(unit: Unit, value: &Value, kind: Kind, as_of: NaiveDate) -> Option<Common> {
    use chrono::Datelike;
    let day = match value {
        Value::Date(day) => *day,
        days => kind.anchor(days, as_of)?,
    };
    let first = first_day(unit, day)?;
    let time = match unit {
        Unit::Day | Unit::Week => Time::Day(first),
        Unit::Month => Time::Month(first.year(), first.month()),
        Unit::Quarter => Time::Quarter(first.year(), first.quarter()),
        Unit::Year => Time::Year(first.year()),
    };
    Some(Common::Known(first.to_epoch_days().into(), time::text(time)))
}
