//! The catalogue: everything the product knows about a customer is a row of one table, a file a part. Columns, exports,
//! figures under an answer and what changed between two days all read it.
//!
//! A new fact is one row with its getter in the file of its part. What it reads of rows comes from [`Case`].

mod activity;
mod contact;
mod contract;
pub mod csv;
mod customer;
mod health;
mod satisfaction;
mod tickets;
mod usage;

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    facts::Part,
    reading::{FactId, Knowledge, Reading, Statement, Value},
};

use crate::{
    case::Case,
    words::{self, Person},
};

/// A row of the catalogue.
#[derive(Debug)]
pub struct Fact {
    /// Its id: the part it is of, a full stop and what it is, such as `tickets.open`.
    pub id: FactId,
    /// The one word it is typed by in a query, such as `arr`.
    pub short: &'static str,
    /// Which part it is read of.
    pub part: Part,
    /// What its values are.
    pub kind: Kind,
    /// What a column of it is called.
    pub heading: &'static str,
    /// What it is called in a sentence, in the singular: `number of open tickets`.
    pub noun: &'static str,
    /// Who may read it.
    pub audience: Audience,
    /// What is known of it. It counts from the case's day, over the case's period.
    get: fn(&Case) -> Knowledge<Value>,
    /// How it is said while it is fresh.
    says: Says,
}

/// Each row is the only one of its id.
impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What the values of a fact are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of this, in the singular.
    Count(&'static str),
    /// A measurement in a unit that comes with it.
    Measurement,
    /// Amounts of money, one a currency.
    Money,
    /// A day.
    Date,
    /// A number of whole days.
    Days,
    /// Whole days since a day that stays the same.
    DaysSince,
    /// Whole days to a day that stays the same; negative once it has passed.
    DaysUntil,
    /// A share of a whole, or a change by one.
    Share,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Flag,
    /// A name or another text of the source's own.
    Text,
}

/// Who may read a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The customer, too.
    Customer,
    /// The house alone.
    Internal,
}

/// How a fact is said while it is fresh. What is stale is always said in the same way, with its day.
#[derive(Debug)]
enum Says {
    /// By its noun: `the plan is Enterprise`.
    Plainly,
    /// In words of its own.
    With(fn(&Said<'_>) -> Option<String>),
}

/// What words of its own are made of.
struct Said<'a> {
    case: &'a Case,
    value: &'a Value,
    /// The value as a sentence has it.
    figure: String,
    person: Person,
}

impl Said<'_> {
    /// The verb that fits a count.
    fn be(&self, one: &'static str, many: &'static str) -> &'static str {
        if *self.value == Value::Count(1) { one } else { many }
    }
}

impl Kind {
    /// What a count counts, in the singular.
    fn counted(self) -> Option<&'static str> {
        match self {
            Self::Count(noun) => Some(noun),
            _ => None,
        }
    }

    /// Whether its values are numbers, which a column sets at the right.
    pub fn is_figure(self) -> bool {
        !matches!(self, Self::Date | Self::Choice(_) | Self::Flag | Self::Text)
    }

    /// Whether `value` is of this kind.
    pub fn fits(self, value: &Value) -> bool {
        match value {
            Value::Count(_) => matches!(self, Self::Count(_)),
            Value::Measurement { .. } => self == Self::Measurement,
            Value::Money(_) => self == Self::Money,
            Value::Date(_) => self == Self::Date,
            Value::Days(_) => matches!(self, Self::Days | Self::DaysSince | Self::DaysUntil),
            Value::Share(_) => self == Self::Share,
            Value::Choice(word) => matches!(self, Self::Choice(words) if words.contains(&word.as_str())),
            Value::Flag(_) => self == Self::Flag,
            Value::Text(_) => self == Self::Text,
        }
    }

    /// The day that days are counted to or from, where there is one: unlike the days, it is the same tomorrow.
    pub fn anchor(self, value: &Value, as_of: NaiveDate) -> Option<NaiveDate> {
        let &Value::Days(days) = value else { return None };
        let days = TimeDelta::try_days(days)?;
        match self {
            Self::DaysSince => as_of.checked_sub_signed(days),
            Self::DaysUntil => as_of.checked_add_signed(days),
            _ => None,
        }
    }
}

impl Fact {
    /// Whether it is made over the days of a period, which only the rows tell of.
    pub fn is_of_period(&self) -> bool {
        tickets::OF_PERIOD.iter().chain(&usage::OF_PERIOD).any(|id| *id == self.id.as_str())
    }

    /// What is known of the fact, without words.
    pub fn get(&self, case: &Case) -> Knowledge<Value> {
        (self.get)(case)
    }

    /// What is known of the fact, and what can be said of it.
    pub fn read(&self, case: &Case) -> Reading {
        let knowledge = self.get(case);
        Reading { fact: self.id.clone(), says: self.statement(case, &knowledge), knowledge }
    }

    /// A value of the fact as a sentence has it: `2 urgent tickets`, `USD 120,000`.
    pub fn figure(&self, value: &Value) -> String {
        words::figure(value, self.kind.counted())
    }

    fn statement(&self, case: &Case, knowledge: &Knowledge<Value>) -> Option<Statement> {
        let about = self.clause(case, knowledge, Person::About)?;
        let to = match self.audience {
            Audience::Customer => self.clause(case, knowledge, Person::To),
            Audience::Internal => None,
        };
        let to = to.filter(|clause| !words::is_internal(clause));
        Some(Statement { about: about.as_str().into(), to: to.map(|clause| clause.as_str().into()) })
    }

    fn clause(&self, case: &Case, knowledge: &Knowledge<Value>, person: Person) -> Option<String> {
        let noun = self.noun;
        match (knowledge, &self.says) {
            (Knowledge::Known { value, .. }, Says::Plainly) => {
                Some(format!("{} {noun} is {}", person.the(), self.figure(value)))
            }
            (Knowledge::Known { value, .. }, Says::With(words)) => {
                words(&Said { case, value, figure: self.figure(value), person })
            }
            (Knowledge::Stale { value, source }, _) => {
                let figure = self.dated(value, case.as_of);
                Some(format!("the {noun} was last known on {}: {figure}", words::date(source.as_of)))
            }
            (Knowledge::Missing, _) => None,
        }
    }

    /// A stale value as a sentence has it: days that go on being counted are said by the day they are counted from, such
    /// as `since 12 Mar 2026`.
    pub fn dated(&self, value: &Value, as_of: NaiveDate) -> String {
        let day = self.kind.anchor(value, as_of).map(words::date);
        match (self.kind, day) {
            (Kind::DaysSince, Some(day)) => format!("since {day}"),
            (Kind::DaysUntil, Some(day)) => format!("until {day}"),
            _ => self.figure(value),
        }
    }
}

/// What is known of the case's period, as far as the source has told of it: what it told of a whole period stays known.
fn of_period(case: &Case, known: Knowledge<Value>) -> Knowledge<Value> {
    match known {
        Knowledge::Known { source, .. } | Knowledge::Stale { source, .. } if source.as_of < case.period.from => {
            Knowledge::Missing
        }
        Knowledge::Stale { value, source } if source.as_of >= case.period.to => Knowledge::Known { value, source },
        known => known,
    }
}

/// Every fact, part by part.
pub fn catalogue() -> impl Iterator<Item = &'static Fact> {
    let parts: [&'static [Fact]; 8] = [
        customer::FACTS,
        usage::FACTS,
        tickets::FACTS,
        contract::FACTS,
        contact::FACTS,
        satisfaction::FACTS,
        activity::FACTS,
        health::FACTS,
    ];
    parts.into_iter().flatten()
}

/// The fact of this id.
pub fn find(id: &str) -> Option<&'static Fact> {
    catalogue().find(|fact| fact.id.as_str() == id)
}

/// The fact that a query means by this word: a short name or an id.
pub fn named(word: &str) -> Option<&'static Fact> {
    catalogue().find(|fact| fact.short == word || fact.id.as_str() == word)
}

/// Every fact of one part, read for a customer.
pub fn read_part(case: &Case, part: Part) -> Vec<Reading> {
    catalogue().filter(|fact| fact.part == part).map(|fact| fact.read(case)).collect()
}
