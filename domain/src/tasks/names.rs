//! What a task's file may speak of.

use std::collections::BTreeSet;

use contracts::{facts::Part, tools::ToolName};

use crate::facts::{self, Audience};

/// Known of every customer.
const ALWAYS: [&str; 2] = ["customer.name", "today"];
/// Sentences that the program writes for the house.
const SENTENCES: [&str; 10] =
    ["score", "usage", "adoption", "tickets", "renewal", "drivers", "first", "outline", "email", "gaps"];

/// Known of every book.
const OF_BOOKS: [&str; 2] = ["book.customers", "today"];
/// What a book comes to, where it comes to anything.
const TOTALS: [&str; 4] = ["book.query", "book.left_out", "book.arr", "book.arr_at_risk"];
/// The customers of a book, in the order of its query.
pub(super) const CUSTOMERS: &str = "customers";

/// Whether a name stands for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is always there.
    Always,
    /// It is there where it is known.
    Perhaps,
    /// Lines, perhaps none.
    List,
    /// Customers, perhaps none, each with facts of its own.
    Rows,
}

/// The names of a task: of the facts that its tools read and its reader may read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names(Vec<(String, Kind)>);

impl Names {
    /// The names of a task of these tools; what it writes is read by the customer, or by the house alone.
    pub fn of(tools: impl Iterator<Item = ToolName>, reader: Audience) -> Self {
        let parts: Vec<Part> = tools.flat_map(|tool| tool.about().facts.iter().copied()).collect();
        let facts = facts::catalogue().filter(|fact| parts.contains(&fact.part) && may_read(reader, fact.audience));
        let facts = facts.map(|fact| fact.id.as_str()).filter(|id| !ALWAYS.contains(id));
        let facts = facts.flat_map(|id| [(id.to_owned(), Kind::Perhaps), (format!("says.{id}"), Kind::Perhaps)]);
        let always = ALWAYS.map(|name| (name.to_owned(), Kind::Always));
        let of_the_house = || {
            let sentences = SENTENCES.map(|name| (format!("sentence.{name}"), Kind::Perhaps));
            sentences.into_iter().chain([("actions".to_owned(), Kind::List)])
        };
        let internal = (reader == Audience::Internal).then(of_the_house).into_iter().flatten();
        let tickets = parts.contains(&Part::Tickets).then_some(["lines", "asks"]).into_iter().flatten();
        let tickets = tickets.map(|name| (format!("tickets.{name}"), Kind::List));
        Self(always.into_iter().chain(facts).chain(internal).chain(tickets).collect())
    }

    /// The names of a task over the whole book.
    pub fn of_book() -> Self {
        let always = OF_BOOKS.map(|name| (name.to_owned(), Kind::Always));
        let totals = TOTALS.map(|name| (name.to_owned(), Kind::Perhaps));
        Self(always.into_iter().chain(totals).chain([(CUSTOMERS.to_owned(), Kind::Rows)]).collect())
    }

    /// The names of one customer among those of a book.
    pub fn of_row() -> Self {
        let facts = facts::catalogue().filter(|fact| !fact.is_of_period()).map(|fact| fact.id.as_str());
        let kind = |id: &str| if id == ALWAYS[0] { Kind::Always } else { Kind::Perhaps };
        Self(facts.map(|id| (id.to_owned(), kind(id))).collect())
    }

    /// Those that a template may say: all of their words are in it. It is filled in for every customer of a book, and says
    /// few of many.
    pub fn within(mut self, template: &str) -> Self {
        self.0.retain(|(name, _)| name.split('.').all(|word| template.contains(word)));
        self
    }

    /// What the name stands for; none where there is no such name.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind)
    }

    /// Every name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.0.iter().map(|(name, kind)| (name.as_str(), *kind))
    }

    /// The names that somebody who wrote this may have meant: those of the same group, or else the groups.
    pub fn near(&self, name: &str) -> Vec<String> {
        let group = |name: &str| name.rsplit_once('.').map(|(group, _)| group.to_owned());
        let beside = self.0.iter().filter(|(known, _)| group(known).is_some() && group(known) == group(name));
        let beside: Vec<_> = beside.map(|(known, _)| known.clone()).collect();
        if !beside.is_empty() {
            return beside;
        }
        let first = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
        let groups: BTreeSet<_> = self.0.iter().map(|(known, _)| first(known)).collect();
        groups.into_iter().collect()
    }
}

fn may_read(reader: Audience, fact: Audience) -> bool {
    reader == Audience::Internal || fact == Audience::Customer
}
