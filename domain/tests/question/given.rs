//! A book with names and words of many kinds.

use contracts::{
    book::{CustomerRow, Standing},
    facts::Source,
    health::Risk,
    reading::{Knowledge, Reading, Value},
};
use domain::{facts::named, question::Names};

fn row(name: &str, words: &[(&str, &str)]) -> CustomerRow {
    let reading = |(short, text): &(&str, &str)| Reading {
        fact: named(short).expect(short).id.clone(),
        knowledge: Knowledge::Known {
            value: Value::Text((*text).into()),
            source: Source { origin: "files".into(), as_of: "2024-12-20".parse().expect("a day") },
        },
        says: None,
    };
    let id: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    CustomerRow {
        id: format!("c{id}").parse().expect("an id"),
        name: name.into(),
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
        facts: words.iter().map(reading).collect(),
    }
}

pub fn names() -> Names {
    let plain = [
        "Acme Corp",
        "Globex",
        "Initech",
        "Umbrella Care Group",
        "Hooli",
        "Wayne Enterprises",
        "Soylent Foods",
        "Stark Industries",
        "Tyrell",
        "Pied Piper",
        "株式会社さくら商事",
        "Company_439",
        "Company_53",
        "Company_166",
        "Company_445",
        "Lucerne Publishing",
        "Contoso",
        "Northwind Traders",
        "Target",
        "Apple",
        "May Industries",
        "Next",
    ];
    let words = [
        ("industry", "FinTech"),
        ("industry", "EdTech"),
        ("segment", "SMB"),
        ("plan", "Enterprise"),
        ("owner", "Dana Field"),
        ("currency", "USD"),
        ("currency", "EUR"),
    ];
    let mut book: Vec<_> = plain.iter().map(|name| row(name, &[])).collect();
    book.extend(words.iter().enumerate().map(|(i, word)| row(&format!("Zeta{i}"), &[*word])));
    Names::of(&book)
}
