//! A fact on another day and on the day of the answer.

use chrono::NaiveDate;
use contracts::{
    Line,
    changes::{Changed, CustomerChanges},
    facts::Source,
    reading::{Knowledge, Reading, Value},
};

use super::{State, Statement};
use crate::{
    facts::{Audience, Fact, find},
    words::{Person, date, is_internal},
};

/// Which facts changed after `since`, as far as both days know them.
pub fn changed(changes: &CustomerChanges, since: NaiveDate) -> impl Iterator<Item = Statement> {
    changes.facts.iter().filter_map(move |Changed { from, to, .. }| became(from, since, to))
}

/// What became of a fact between `on` and the day of the answer; `None` where either day does not know it.
pub(super) fn of(then: &Reading, on: NaiveDate, today: &[&Reading]) -> Option<Statement> {
    became(then, on, today.iter().find(|now| now.fact == then.fact)?)
}

fn became(then: &Reading, on: NaiveDate, now: &Reading) -> Option<Statement> {
    let fact = find(then.fact.as_str()).filter(|fact| can_be_compared(fact))?;
    let (before, _) = then.knowledge.fresh()?;
    let (after, source) = now.knowledge.fresh()?;
    Some(statement(fact, on, before, after, source.clone()))
}

/// On two days a period is not the same, and a run of weeks is another one.
fn can_be_compared(fact: &Fact) -> bool {
    !fact.is_of_period() && fact.id.as_str() != "usage.streak"
}

/// That a fact was `before` on a day and is `after` now.
pub(super) fn statement(fact: &Fact, on: NaiveDate, before: &Value, after: &Value, source: Source) -> Statement {
    let say = |person| clause(fact, before, after, on, person);
    let to = (fact.audience == Audience::Customer).then(|| say(Person::To)).filter(|clause| !is_internal(clause));
    let usual = Statement::of(fact);
    Statement {
        id: format!("{}@{on}", usual.id),
        label: Line::new(&format!("{} since {}", fact.heading, date(on))),
        about: Line::new(&say(Person::About)),
        to: to.map(|clause| Line::new(&clause)),
        state: State::Known,
        day: super::day(&Knowledge::Known { value: after.clone(), source: source.clone() }),
        source: Some(source),
        ..usual
    }
}

/// `the number of open tickets was 1 ticket on 1 Oct 2026 and is 3 tickets now`.
fn clause(fact: &Fact, before: &Value, after: &Value, on: NaiveDate, person: Person) -> String {
    // `The number of open tickets was no tickets` is nothing that anybody says.
    let figure = |value: &Value| if *value == Value::Count(0) { "0".to_owned() } else { fact.figure(value) };
    let (the, noun, then, now) = (person.the(), fact.noun, figure(before), figure(after));
    let day = date(on);
    if then == now {
        format!("{the} {noun} was {then} on {day} and is the same now")
    } else {
        format!("{the} {noun} was {then} on {day} and is {now} now")
    }
}
