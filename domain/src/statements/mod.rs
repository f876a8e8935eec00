//! All that can be said of a customer, as clauses that the program writes from what tools read. Each has an id, so that
//! whoever makes an answer names what is to be said and does not say it.

mod answer;
mod compared;
mod health;
mod rank;
mod tickets;
mod timeline;

use chrono::NaiveDate;
use contracts::{
    Line,
    facts::{Part, Source},
    reading::{Knowledge, Reading, Value},
    tools::ToolOutput,
};

pub use self::{compared::changed, rank::rank, timeline::timeline};
use crate::{
    facts::{Fact, find},
    question::customer::Wanted,
};

/// What a tool told, and of which day.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The day (UTC) it was asked for; absent where it is the day of the answer.
    pub on: Option<NaiveDate>,
    /// What it told.
    pub output: &'a ToolOutput,
}

/// Something that can be said of a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it is named by: the id of a fact (`usage.change`), a ticket's place (`t1`), that of an entry of the timeline
    /// (`e1`), or the id of a fact and another day (`usage.recent@2026-10-01`).
    pub id: String,
    /// Which part it is of.
    pub part: Part,
    /// What it is called in a list.
    pub label: Line,
    /// The clause of the customer, to the house.
    pub about: Line,
    /// The clause to the customer; absent where it stays in the house.
    pub to: Option<Line>,
    /// How well it is known.
    pub state: State,
    /// Where it comes from; absent where nothing is known.
    pub source: Option<Source>,
    /// The day that it is about, such as that of the renewal, where it is about one.
    pub day: Option<NaiveDate>,
}

/// How well something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Known, and fresh.
    Known,
    /// Known once: the clause says the day.
    Stale,
    /// Not known: the clause says so.
    Missing,
}

impl State {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Stale => "stale",
            Self::Missing => "missing",
        }
    }
}

/// Facts of which it is said that they are not known. Where others are missing, there is nothing to know: no ticket is the
/// oldest one where none is open.
const SAID_TO_BE_MISSING: [&str; 11] = [
    "customer.industry",
    "customer.segment",
    "customer.owner",
    "usage.trend",
    "contract.arr",
    "contract.renewal_date",
    "contract.plan",
    "contract.seats",
    "contract.auto_renew",
    "contract.notice_by",
    "contact.primary",
];

/// What can be said of a customer, in the order of the parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statements(Vec<Statement>);

impl Statements {
    /// All that the tools told, as of the day of the answer and compared with other days.
    pub fn new(told: &[Told<'_>], as_of: NaiveDate) -> Self {
        let mut statements = Self::default();
        let now = || told.iter().filter(|told| told.on.is_none()).map(|told| told.output);
        for output in now() {
            statements.add(output.facts().iter().filter_map(of_reading));
            match output {
                ToolOutput::Health(report) => statements.add(health::of(report)),
                ToolOutput::Tickets(report) => statements.add(tickets::of(report, as_of)),
                _ => {}
            }
        }
        let today: Vec<&Reading> = now().flat_map(|output| output.facts()).collect();
        let score = now().find_map(health::report);
        for told in told {
            let Some(on) = told.on else { continue };
            statements.add(told.output.facts().iter().filter_map(|then| compared::of(then, on, &today)));
            if let (Some(then), Some(now)) = (health::report(told.output), score) {
                statements.add(health::compared(then, on, now));
            }
        }
        statements
    }

    /// The same with these, as far as it has none of their ids.
    pub fn with(mut self, more: impl IntoIterator<Item = Statement>) -> Self {
        self.add(more);
        self
    }

    fn add(&mut self, more: impl IntoIterator<Item = Statement>) {
        for statement in more {
            if self.get(&statement.id).is_none() {
                self.0.push(statement);
            }
        }
    }

    /// The statements that answer a question of facts, in the order of the question, also of what is not known.
    pub fn answering(wanted: &[Wanted], told: &[Told<'_>], as_of: NaiveDate) -> Vec<Statement> {
        answer::of(wanted, &Self::new(told, as_of), told)
    }

    /// The statement of this id.
    pub fn get(&self, id: &str) -> Option<&Statement> {
        self.0.iter().find(|statement| statement.id == id)
    }

    /// Every statement.
    pub fn iter(&self) -> impl Iterator<Item = &Statement> {
        self.0.iter()
    }

    /// The same without those for which this does not hold.
    pub fn retain(mut self, holds: impl FnMut(&Statement) -> bool) -> Self {
        self.0.retain(holds);
        self
    }
}

fn of_reading(reading: &Reading) -> Option<Statement> {
    let id = reading.fact.as_str();
    let fact = find(id)?;
    let (state, source) = match &reading.knowledge {
        Knowledge::Known { source, .. } => (State::Known, Some(source.clone())),
        Knowledge::Stale { source, .. } => (State::Stale, Some(source.clone())),
        Knowledge::Missing => (State::Missing, None),
    };
    let (about, to) = match &reading.says {
        Some(says) => (says.about.clone(), says.to.clone()),
        None if SAID_TO_BE_MISSING.contains(&id) => (Line::new(&format!("the {} is not known", fact.noun)), None),
        None => return None,
    };
    // To the customer nothing is said that is too old.
    let to = to.filter(|_| state == State::Known);
    Some(Statement { day: day(&reading.knowledge), about, to, state, source, ..Statement::of(fact) })
}

/// The day of a fact that is one, where it is fresh.
fn day(knowledge: &Knowledge<Value>) -> Option<NaiveDate> {
    match knowledge.known()? {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}

impl Statement {
    /// A statement of this fact, of which nothing is known yet.
    fn of(fact: &Fact) -> Self {
        Self {
            id: fact.id.as_str().to_owned(),
            part: fact.part,
            label: fact.heading.into(),
            about: Line::default(),
            to: None,
            state: State::Missing,
            source: None,
            day: None,
        }
    }
}
