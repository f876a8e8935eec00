//! The words of the book itself: whom it has, and what its facts of words say.

use std::collections::BTreeMap;

use contracts::{
    Line,
    book::CustomerRow,
    reading::{FactId, Value},
};

use super::words::words;

/// The facts whose values are words of the book.
pub static VOCABULARY: [FactId; 5] = [
    FactId::of("customer.industry"),
    FactId::of("customer.segment"),
    FactId::of("customer.owner"),
    FactId::of("contract.plan"),
    FactId::of("contract.currency"),
];

const NAME: FactId = FactId::of("customer.name");

/// Words at the end of a company's name that people leave out.
const FORMS: [&str; 16] = [
    "inc",
    "corp",
    "corporation",
    "ltd",
    "llc",
    "gmbh",
    "ag",
    "co",
    "group",
    "plc",
    "sa",
    "kg",
    "limited",
    "company",
    "industries",
    "enterprises",
];

/// What some words of the book stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    pub fact: FactId,
    pub value: Line,
}

/// The words of a book, by the words they are typed in.
#[derive(Debug, Clone, Default)]
pub struct Names {
    known: BTreeMap<Vec<String>, Vec<Meant>>,
}

impl Names {
    /// The words of these customers, of whom the facts of the [`VOCABULARY`] were read.
    pub fn of(book: &[CustomerRow]) -> Self {
        let mut names = Self::default();
        for row in book {
            let typed = words(row.name.as_str());
            let core = typed.len() - typed.iter().rev().take_while(|word| FORMS.contains(&word.as_str())).count();
            names.add(words(row.id.as_str()), NAME, &row.name);
            if core > 0 {
                names.add(typed[..core].to_vec(), NAME, &row.name);
            }
            // The first word of a name of several is often all that is said.
            if core > 1 && typed[0].len() > 3 {
                names.add(typed[..1].to_vec(), NAME, &row.name);
            }
            names.add(typed, NAME, &row.name);
            for reading in row.facts.iter().filter(|reading| VOCABULARY.contains(&reading.fact)) {
                if let Some(Value::Text(text)) = reading.knowledge.any() {
                    names.add(words(text.as_str()), reading.fact.clone(), text);
                }
            }
        }
        names
    }

    fn add(&mut self, typed: Vec<String>, fact: FactId, value: &Line) {
        // A number is a number, whatever somebody's id is.
        if typed.iter().all(|word| word.chars().all(|c| c.is_ascii_digit())) {
            return;
        }
        let meant = Meant { fact, value: value.clone() };
        let known = self.known.entry(typed).or_default();
        if !known.contains(&meant) {
            known.push(meant);
        }
    }

    /// What these words stand for, where they are all of a name.
    pub(super) fn find(&self, typed: &[String]) -> &[Meant] {
        self.known.get(typed).map_or(&[], Vec::as_slice)
    }

    /// Whether this is a word of any name.
    pub(super) fn has(&self, word: &str) -> bool {
        self.known.keys().flatten().any(|known| known == word)
    }

    /// Whether the words name a customer.
    pub(super) fn is_customer(meant: &Meant) -> bool {
        meant.fact == NAME
    }
}
