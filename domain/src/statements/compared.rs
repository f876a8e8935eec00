//! A fact on another day and on the day of the answer.

use chrono::NaiveDate;
use contracts::{
    Line,
    reading::{Knowledge, Reading, Value},
};

use super::{State, Statement};
use crate::{
    facts::{Audience, Fact, find},
    words::{Person, date, is_internal},
};

/// What became of a fact between `on` and the day of the answer; `None` where either day does not know it.
pub(super) fn of(then: &Reading, on: NaiveDate, today: &[&Reading]) -> Option<Statement> {
    let fact = find(then.fact.as_str())?;
    let now = today.iter().find(|now| now.fact == then.fact)?;
    let (before, _) = then.knowledge.fresh()?;
    let (after, source) = now.knowledge.fresh()?;
    let say = |person| clause(fact, before, after, on, person);
    let to = (fact.audience == Audience::Customer).then(|| say(Person::To)).filter(|clause| !is_internal(clause));
    let usual = Statement::of(fact);
    Some(Statement {
        id: format!("{}@{on}", usual.id),
        label: Line::new(&format!("{} since {}", fact.heading, date(on))),
        about: Line::new(&say(Person::About)),
        to: to.map(|clause| Line::new(&clause)),
        state: State::Known,
        source: Some(source.clone()),
        day: super::day(&Knowledge::Known { value: after.clone(), source: source.clone() }),
        ..usual
    })
}

/// `the number of open tickets was 1 ticket on 1 Oct 2026 and is 3 tickets now`.
fn clause(fact: &Fact, before: &Value, after: &Value, on: NaiveDate, person: Person) -> String {
    let (the, noun, then, now) = (person.the(), fact.noun, fact.figure(before), fact.figure(after));
    let day = date(on);
    if then == now {
        format!("{the} {noun} was {then} on {day} and is the same now")
    } else {
        format!("{the} {noun} was {then} on {day} and is {now} now")
    }
}
