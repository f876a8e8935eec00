//! Questions about the whole book, answered from what is known of its customers: one query, and what it comes to. Pure.

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    block::By,
    book::CustomerRow,
    outcome::{Outcome, Part},
    planner::ModelUsage,
    query::Query,
    reading::{FactId, Value},
};
use domain::{
    facts::{Fact, find},
    query::{self, Answer},
};
use serde::{Serialize, Serializer};

use crate::words;

/// What is shown of each customer besides what was asked about.
const USUAL: [&str; 5] = ["health.risk", "health.score", "contract.days_to_renewal", "contract.arr", "usage.trend"];

/// The answer to a question about the book. Every customer is accounted for: it fits, does not fit, is unknown or does
/// not count.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BookAnswer {
    /// What was asked in words; none where the query was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Line>,
    /// The query as text, such as `renewal:>90d`.
    pub query: Line,
    /// Who made the query of the question.
    pub by: By,
    /// The same in words.
    pub words: Line,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// The answer in a few sentences.
    pub summary: Text,
    /// What is shown of each customer, what was asked about first; on the wire the facts' ids.
    #[serde(serialize_with = "ids")]
    pub columns: Vec<&'static Fact>,
    /// The customers, in order; none where they were put into groups.
    pub rows: Vec<CustomerRow>,
    /// The groups, each with its words for them; none where there is none.
    pub groups: Vec<Group>,
    /// How many customers count.
    pub total: u32,
    /// How many fit.
    pub fit: u32,
    /// Of how many nobody can tell; `notes` say why.
    pub unknown: u32,
    /// What is missing, stale or apart, and why.
    pub notes: Vec<Line>,
}

/// Customers that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What they have in common; `not known` where that is missing.
    pub name: Line,
    /// How many they are.
    pub customers: u32,
    /// What they come to.
    pub comes_to: Line,
}

impl BookAnswer {
    /// How the answer begins: `Understood as renewal:>90d`, or that it was the model who understood it so.
    pub fn understood(&self) -> String {
        let query = if self.query.is_empty() { "everybody" } else { self.query.as_str() };
        match self.by {
            By::Model => format!("Understood by the model as `{query}`"),
            By::Program | By::User => format!("Understood as {query}"),
        }
    }

    /// The same, of a query that a language model made, with what that took.
    pub fn by_the_model(mut self, usage: Option<&ModelUsage>) -> Self {
        self.notes
            .push("A language model made this query of the question, and may have misread it: compare the two.".into());
        self.notes.extend(usage.map(|usage| Line::new(&words::model_usage(usage))));
        Self { by: By::Model, ..self }
    }

    /// The query in words, as a sentence.
    pub fn in_words(&self) -> String {
        let mut letters = self.words.as_str().chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
    }
}

fn ids<S: Serializer>(columns: &[&'static Fact], to: S) -> Result<S::Ok, S::Error> {
    columns.iter().map(|fact| &fact.id).collect::<Vec<_>>().serialize(to)
}

/// What a query shows of each customer, and therefore reads: what it asks about, then the usual.
pub fn columns(query: &Query) -> Vec<&'static Fact> {
    let mut columns = query::facts(query);
    let usual = USUAL.iter().filter_map(|id| find(id));
    columns.extend(usual.filter(|fact| !query::facts(query).iter().any(|read| read.id == fact.id)));
    // The name is in front already.
    columns.retain(|fact| fact.id.as_str() != "customer.name");
    columns
}

/// The ids of the facts that a query reads, with commas between them.
pub fn wanted(query: &Query) -> String {
    let name = query::facts(query).into_iter().filter(|fact| fact.id.as_str() == "customer.name");
    let facts = columns(query).into_iter().chain(name);
    facts.map(|fact| fact.id.as_str()).collect::<Vec<_>>().join(",")
}

/// Answers from the customers of the whole book, of whom what the query reads is known.
pub fn answer(query: &Query, question: Option<&Line>, book: &[CustomerRow], as_of: NaiveDate) -> BookAnswer {
    let Answer { shown, outcome } = query::answer(query, book, as_of);
    let rows = shown.iter().filter(|_| query.group.is_none()).map(|&place| book[place].clone()).collect();
    told(query, question, &outcome, rows, as_of)
}

/// Tells what a query came to, with the customers that it shows.
pub fn told(
    query: &Query,
    question: Option<&Line>,
    found: &Outcome,
    rows: Vec<CustomerRow>,
    as_of: NaiveDate,
) -> BookAnswer {
    BookAnswer {
        question: question.cloned(),
        query: Line::new(&query::text(query)),
        by: By::Program,
        words: Line::new(&query::words(query)),
        as_of,
        summary: summary(query, found),
        columns: columns(query),
        rows,
        groups: query.group.iter().flat_map(|_| found.parts.iter().map(group)).collect(),
        total: found.counted,
        fit: found.fit,
        unknown: found.left_out.customers,
        notes: notes(query, found),
    }
}

fn group(part: &Part) -> Group {
    let name = part.of.clone().unwrap_or_else(|| Line::new("not known"));
    Group { name, customers: part.customers, comes_to: Line::new(&comes_to(part)) }
}

/// `USD 120,000 (32%)`, one after the other by currency or unit; a dash where there is none.
fn comes_to(part: &Part) -> String {
    let figures = part.figures.iter().map(|figure| {
        let share = figure.share.map(|share| format!(" ({})", words::percent(share))).unwrap_or_default();
        format!("{}{share}", said(&figure.value))
    });
    let figures: Vec<_> = figures.collect();
    if figures.is_empty() { "–".to_owned() } else { figures.join(", ") }
}

fn said(value: &Value) -> String {
    match value {
        Value::Days(_) => domain::words::figure(value, None),
        Value::Measurement { value, unit } if !unit.is_empty() => format!("{} {unit}", words::number(*value)),
        _ => domain::words::cell_of(value),
    }
}

fn summary(query: &Query, found: &Outcome) -> Text {
    let customers = |n: u32| words::count(n.into(), "customer");
    let fit = match (found.fit, found.counted) {
        (0, _) => "No customer fits.".to_owned(),
        (fit, counted) if fit == counted => format!("All {} fit.", customers(counted)),
        (1, counted) => format!("1 of {} fits.", customers(counted)),
        (fit, counted) => format!("{} of {} fit.", words::grouped(&fit.to_string()), customers(counted)),
    };
    let cut = (found.shown < found.fit)
        .then(|| format!("Shown and counted {}: {}.", if found.shown == 1 { "is" } else { "are" }, found.shown));
    let comes_to = match (&query.group, query.measure.as_ref(), found.parts.as_slice()) {
        (None, Some(measure), [part]) => {
            let what = match measure {
                contracts::query::Measure::Count => "They are",
                contracts::query::Measure::Share(_) => "That is",
                contracts::query::Measure::Sum(_) => "The total is",
                contracts::query::Measure::Mean(_) => "The average is",
                contracts::query::Measure::Median(_) => "The median is",
            };
            Some(format!("{what} {}.", comes_to(part)))
        }
        _ => None,
    };
    Text::new(&[comes_to, Some(fit), cut].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn notes(query: &Query, found: &Outcome) -> Vec<Line> {
    let customers = |n: u32| words::count(n.into(), "customer");
    let noun = |fact: &FactId| find(fact.as_str()).map_or("", |fact| fact.noun);
    let mut notes = query::left_out(&found.left_out);
    if found.currencies > 1 {
        notes.push(format!(
            "The amounts are in {} currencies, which stand one after the other: none is converted, so they do not compare.",
            found.currencies
        ));
    }
    if found.stale > 0 {
        notes.push(format!("{} shown by what is out of date; the figures say of which day.", customers(found.stale)));
    }
    let without: u32 = found.parts.iter().map(|part| part.without).sum();
    if let (Some(fact), true) = (query.measure.as_ref().and_then(|measure| measure.fact()), without > 0) {
        notes.push(format!("The figure is without {} whose {} is not known.", customers(without), noun(fact)));
    }
    if found.apart > 0 {
        notes
            .push(format!("Not counted, because they left or are gone from their source: {}.", customers(found.apart)));
    }
    notes.iter().map(|note| Line::new(note)).collect()
}
