//! What is known of a book as of a day, fact by fact, so that a query reads only the facts it names. It is made of the rows
//! and may be deleted at any time. Pure.
//!
//! The customers are in [`BUCKETS`] buckets by their ids: whoever changes one customer makes one bucket wrong.

use std::{
    borrow::Cow,
    cell::OnceCell,
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use contracts::{
    CustomerId, Line,
    book::{Essentials, Place, Standing},
    facts::Source,
    health::Risk,
    reading::{FactId, Knowledge, Value},
};
use domain::{
    case::Case,
    facts::{Fact, catalogue},
    health::essentials,
    query::Subject,
};
use serde::{Deserialize, Serialize};

/// How many buckets a book has.
pub const BUCKETS: u32 = 64;

/// Which program made them: another version may know other facts, or know them otherwise.
pub const MADE_BY: &str = env!("CARGO_PKG_VERSION");

/// The bucket of a customer; it never changes.
pub fn bucket_of(id: &CustomerId) -> u32 {
    id.as_str().bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into())) % BUCKETS
}

/// A bucket of customers, with some facts of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Bucket {
    /// Which one.
    pub number: u32,
    /// Its customers, by id.
    pub members: Vec<Member>,
    /// The facts.
    pub columns: Vec<(FactId, Column)>,
}

/// A customer, with what the book is ordered by: its id, name, standing, risk, score and days to its renewal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member(CustomerId, Line, Standing, Risk, Option<u32>, Option<i64>);

/// What is known of one fact of the customers of a bucket: all that is known of any of them, each once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Column {
    /// What is missing stands in front.
    known: Vec<Knowledge<Value>>,
    /// Of each customer its place in `known`.
    of: Vec<usize>,
}

/// A column as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    sources: Vec<Source>,
    /// Values, each with the place of its source and whether it is stale.
    said: Vec<(Value, usize, bool)>,
    of: Vec<usize>,
}

impl From<Kept> for Column {
    fn from(Kept { sources, said, of }: Kept) -> Self {
        let known = said.into_iter().map(|(value, source, is_stale)| {
            let Some(source) = sources.get(source).cloned() else { return Knowledge::Missing };
            let known = Knowledge::Known { value, source };
            if is_stale { known.into_stale() } else { known }
        });
        Self { known: [Knowledge::Missing].into_iter().chain(known).collect(), of }
    }
}

impl From<Column> for Kept {
    fn from(Column { known, of }: Column) -> Self {
        let (mut sources, mut said) = (Vec::new(), Vec::new());
        for knowledge in known {
            let is_stale = knowledge.is_stale();
            let (Knowledge::Known { value, source } | Knowledge::Stale { value, source }) = knowledge else { continue };
            let place = sources.iter().position(|known| *known == source).unwrap_or_else(|| {
                sources.push(source);
                sources.len() - 1
            });
            said.push((value, place, is_stale));
        }
        Self { sources, said, of }
    }
}

impl Column {
    /// The column of what is known of each customer.
    fn of(knowledge: impl IntoIterator<Item = Knowledge<Value>>) -> Self {
        let mut places = HashMap::from([(Knowledge::Missing, 0)]);
        let place = |knowledge| {
            let next = places.len();
            *places.entry(knowledge).or_insert(next)
        };
        let of = knowledge.into_iter().map(place).collect();
        let mut known: Vec<_> = places.into_iter().collect();
        known.sort_unstable_by_key(|(_, place)| *place);
        Self { known: known.into_iter().map(|(knowledge, _)| knowledge).collect(), of }
    }

    fn get(&self, place: usize) -> &Knowledge<Value> {
        self.of.get(place).and_then(|place| self.known.get(*place)).unwrap_or(&Knowledge::Missing)
    }
}

impl Bucket {
    /// These facts of these customers, each bucket with its own.
    pub fn of(numbers: &[u32], cases: &[Case], kept: &[&'static Fact]) -> Vec<Self> {
        let mut members: BTreeMap<_, Vec<_>> = numbers.iter().map(|&number| (number, Vec::new())).collect();
        for case in cases {
            if let Some(of) = members.get_mut(&bucket_of(&case.id)) {
                of.push(case);
            }
        }
        let bucket = |(number, mut of): (u32, Vec<&Case>)| {
            of.sort_by(|a, b| a.id.cmp(&b.id));
            let column = |fact: &&'static Fact| (fact.id.clone(), Column::of(of.iter().map(|case| fact.get(case))));
            let columns = if of.is_empty() { Vec::new() } else { kept.iter().map(column).collect() };
            Self { number, members: of.iter().map(|case| Member::of(case)).collect(), columns }
        };
        members.into_iter().map(bucket).collect()
    }

    /// Whether it has all of these facts; without customers there is nothing to have.
    pub fn has(&self, facts: &[&'static Fact]) -> bool {
        self.members.is_empty() || facts.iter().all(|fact| self.columns.iter().any(|(id, _)| *id == fact.id))
    }

    /// The same with these facts alone.
    #[must_use]
    pub fn only(mut self, facts: &[&'static Fact]) -> Self {
        self.columns.retain(|(id, _)| facts.iter().any(|fact| fact.id == *id));
        self
    }

    /// Its customers, to be asked about.
    pub fn subjects(&self) -> impl Iterator<Item = Customer<'_>> {
        (0..self.members.len()).map(|place| Customer { bucket: self, place, in_book: OnceCell::new() })
    }
}

/// The facts that are kept: those of a period, which are made of all rows, only where they were asked about.
pub fn kept_facts(with_periods: bool) -> Vec<&'static Fact> {
    catalogue().filter(|fact| with_periods || !fact.is_of_period()).collect()
}

impl Member {
    fn of(case: &Case) -> Self {
        let Essentials { id, name, standing, risk, score, days_to_renewal } = essentials(case);
        Self(id, name, standing, risk, score, days_to_renewal)
    }

    fn place(&self) -> Place {
        let Self(id, name, standing, risk, score, days_to_renewal) = self.clone();
        Essentials { id, name, standing, risk, score, days_to_renewal }.place()
    }
}

/// A customer of a bucket.
#[derive(Debug)]
pub struct Customer<'a> {
    bucket: &'a Bucket,
    place: usize,
    /// Where it stands in the book, once that was asked.
    in_book: OnceCell<Place>,
}

impl Customer<'_> {
    /// Its id.
    pub fn id(&self) -> &CustomerId {
        &self.member().0
    }

    fn member(&self) -> &Member {
        &self.bucket.members[self.place]
    }
}

impl Subject for Customer<'_> {
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>> {
        let column = self.bucket.columns.iter().find(|(id, _)| id == fact);
        column.map_or(Cow::Owned(Knowledge::Missing), |(_, column)| Cow::Borrowed(column.get(self.place)))
    }

    fn standing(&self) -> Standing {
        self.member().2
    }

    fn beside(&self, other: &Self) -> Ordering {
        let [one, another] = [self, other].map(|of| of.in_book.get_or_init(|| of.member().place()));
        one.cmp(another)
    }
}
