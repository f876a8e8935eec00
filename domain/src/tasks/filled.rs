//! A task's template, filled in for a customer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    book::CustomerRow,
    reading::{Knowledge, Reading},
};
use minijinja::{Environment, UndefinedBehavior, value::Serde};
use serde_json::{Map, Value};

use super::{Task, names::Kind};
use crate::{
    facts::{self, Audience},
    words,
};

/// What a template is filled in with. What is not in it is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    values: BTreeMap<String, String>,
    lines: BTreeMap<&'static str, Vec<String>>,
    rows: Vec<Value>,
}

/// What a template was made into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// An answer, line by line; an empty one parts paragraphs.
    Answer(Vec<String>),
    /// A letter to the customer.
    Letter {
        /// Its subject.
        subject: Line,
        /// The rest.
        body: Text,
    },
}

/// A template could not be filled in: it would have taken more work than one may.
#[derive(Debug, thiserror::Error)]
#[error("the file of the task cannot be filled in: {0}")]
pub struct NotFilled(#[from] minijinja::Error);

/// What a letter's first line begins with.
pub(super) const SUBJECT: &str = "Subject:";
/// Stands before each line of a template, so that one of which nothing is left can be told from one that is empty. It
/// stands in no alphabet.
const MARK: char = '\u{E000}';
/// How many steps filling in may take: many times what the longest file does.
const FUEL: u64 = 1_000_000;

impl Given {
    /// What is known of a customer on a day, as the task's reader is told.
    pub fn of<'a>(task: &Task, name: &Line, as_of: NaiveDate, readings: impl Iterator<Item = &'a Reading>) -> Self {
        let mut given = Self::default();
        given.say("customer.name", Some(name.to_string()));
        given.say("today", Some(words::date(as_of)));
        for reading in readings {
            let id = reading.fact.as_str();
            let says = reading.says.as_ref().and_then(|says| match task.reader() {
                Audience::Internal => Some(&says.about),
                Audience::Customer => says.to.as_ref(),
            });
            given.say(format!("says.{id}"), says.map(ToString::to_string));
            let may_be_said = |figure: &String| task.reader() == Audience::Internal || !words::is_internal(figure);
            given.say(id, figure(reading, as_of).filter(may_be_said));
        }
        given
    }

    /// What a book comes to on a day, with these of its customers.
    pub fn of_book<'a>(task: &Task, as_of: NaiveDate, rows: impl Iterator<Item = &'a CustomerRow>) -> Self {
        let row = |row: &CustomerRow| {
            let mut said = Map::new();
            for id in task.row_facts() {
                let reading = row.facts.iter().find(|reading| reading.fact == id);
                insert(&mut said, id.as_str(), reading.and_then(|reading| figure(reading, as_of)).into());
            }
            insert(&mut said, "customer.name", row.name.as_str().into());
            Value::Object(said)
        };
        let rows: Vec<_> = rows.map(row).collect();
        let mut given = Self { rows, ..Self::default() };
        given.say("today", Some(words::date(as_of)));
        given.say("book.customers", Some(words::count(given.rows.len() as u64, "customer")));
        given
    }

    /// A line that begins with a statement, which is a clause, begins with a capital; a name stays as it is written.
    fn begun(&self, line: &str) -> String {
        let (before, rest) = line.strip_prefix("- ").map_or(("", line), |rest| ("- ", rest));
        let is_clause = |(name, said): (&String, &String)| name.starts_with("says.") && rest.starts_with(said.as_str());
        if self.values.iter().any(is_clause) { format!("{before}{}", words::capital(rest)) } else { line.to_owned() }
    }

    /// Adds what a name stands for.
    pub fn say(&mut self, name: impl Into<String>, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.values.insert(name.into(), text);
        }
    }

    /// Adds lines.
    pub fn list(&mut self, name: &'static str, lines: Vec<String>) {
        self.lines.insert(name, lines);
    }
}

/// The value of a fact, with its day where it is stale.
fn figure(reading: &Reading, as_of: NaiveDate) -> Option<String> {
    let fact = facts::find(reading.fact.as_str())?;
    match &reading.knowledge {
        Knowledge::Known { value, .. } => Some(fact.figure(value)),
        Knowledge::Stale { value, source } => {
            Some(format!("{}, last known {}", fact.dated(value, as_of), words::date(source.as_of)))
        }
        Knowledge::Missing => None,
    }
}

impl Task {
    /// Fills the template in.
    ///
    /// # Errors
    /// It would take more work than it may.
    pub fn write(&self, given: &Given) -> Result<Written, NotFilled> {
        let mut root = Map::new();
        for (name, kind) in self.names.iter() {
            let value = match kind {
                Kind::List => given.lines.get(name).cloned().unwrap_or_default().into(),
                Kind::Rows => given.rows.clone().into(),
                Kind::Always | Kind::Perhaps => given.values.get(name).cloned().into(),
            };
            insert(&mut root, name, value);
        }
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        let mark = |line: &str| if line.is_empty() { String::new() } else { format!("{MARK}{line}") };
        let marked: Vec<_> = self.template.lines().map(mark).collect();
        let filled = environment.render_str(&marked.join("\n"), Serde(&root))?;
        let line = |line: &str| {
            let text = given.begun(line.replace(MARK, "").trim_end());
            (!text.is_empty() || !line.contains(MARK)).then_some(text)
        };
        let mut lines: Vec<_> = filled.lines().filter_map(line).collect();
        lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
        Ok(self.written(lines))
    }

    fn written(&self, lines: Vec<String>) -> Written {
        match self.reader() {
            Audience::Internal => Written::Answer(lines),
            Audience::Customer => {
                let (subject, body) =
                    lines.split_first().map_or(("", &[][..]), |(subject, body)| (subject.as_str(), body));
                let subject = Line::new(subject.strip_prefix(SUBJECT).unwrap_or(subject));
                Written::Letter { subject, body: Text::new(&body.join("\n")) }
            }
        }
    }
}

fn insert(within: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => {
            within.insert(name.to_owned(), value);
        }
        Some((group, name)) => {
            let group = within.entry(group).or_insert_with(|| Map::new().into());
            insert(group.as_object_mut().expect("a group is never a name of its own"), name, value);
        }
    }
}
