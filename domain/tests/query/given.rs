//! A made-up book.

use chrono::NaiveDate;
use contracts::{
    book::{CustomerRow, Standing},
    facts::{Money, Source},
    health::Risk,
    query::Query,
    reading::{FactId, Knowledge, Reading, Value},
};
use domain::{facts::named, query};

/// A Friday.
pub fn today() -> NaiveDate {
    "2026-11-20".parse().expect("a day")
}

pub fn parse(text: &str) -> Query {
    query::parse(text).unwrap_or_else(|problem| panic!("{}", problem.shown(text)))
}

pub fn problem(text: &str) -> String {
    query::parse(text).expect_err(text).shown(text)
}

/// A customer of whom these facts are known.
pub fn customer(id: &str, facts: &[(&str, Value)]) -> CustomerRow {
    let reading = |(short, value): &(&str, Value)| Reading {
        fact: fact(short),
        knowledge: Knowledge::Known { value: value.clone(), source: source() },
        says: None,
    };
    CustomerRow {
        id: id.parse().expect("an id"),
        name: id.into(),
        risk: Risk::Unknown,
        score: None,
        coverage: 0,
        standing: Standing::Active,
        stale: Vec::new(),
        trend: None,
        spark: Vec::new(),
        arr: None,
        days_to_renewal: None,
        open_tickets: None,
        facts: facts.iter().map(reading).collect(),
    }
}

/// The same customer with all of its facts gone stale.
pub fn stale(row: CustomerRow) -> CustomerRow {
    let stale = |reading: Reading| Reading { knowledge: reading.knowledge.into_stale(), ..reading };
    CustomerRow { facts: row.facts.into_iter().map(stale).collect(), ..row }
}

pub fn fact(short: &str) -> FactId {
    named(short).expect(short).id.clone()
}

pub fn source() -> Source {
    Source { origin: "files".into(), as_of: today() }
}

pub fn money(amounts: &[(i64, &str)]) -> Value {
    let money = |&(whole, currency): &(i64, &str)| Money { minor: whole * 100, currency: currency.into() };
    Value::Money(amounts.iter().map(money).collect())
}

/// The ids of those who fit, in order.
pub fn fitting(text: &str, book: &[CustomerRow]) -> Vec<String> {
    let answer = query::answer(&parse(text), book, today());
    answer.shown.iter().map(|&place| book[place].id.to_string()).collect()
}
