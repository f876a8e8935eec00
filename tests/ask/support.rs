//! A book as a test wants it.

use chrono::NaiveDate;
use contracts::{
    CustomerId,
    book::{CustomerRow, Standing},
    facts::{Money, Trend},
    health::Risk,
};
use cs_copilot::agent::intent::{self, Declined, Intent};
use domain::{
    query::text,
    question::customer::{Asked, Wanted},
};

/// The day of every answer here, a Monday.
pub fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

pub fn row(id: &str, name: &str) -> CustomerRow {
    CustomerRow {
        id: id.parse().unwrap(),
        name: name.into(),
        risk: Risk::Low,
        score: Some(80),
        coverage: 100,
        trend: Some(Trend::Flat),
        spark: Vec::new(),
        arr: Some(Money { minor: 10_000_000, currency: "USD".into() }),
        days_to_renewal: Some(100),
        open_tickets: Some(0),
        standing: Standing::Active,
        stale: Vec::new(),
        facts: Vec::new(),
    }
}

/// Customers with names of many kinds; some hold the field's words.
pub fn book() -> Vec<CustomerRow> {
    let names = [
        ("acme", "Acme Corp"),
        ("globex", "Globex"),
        ("initech", "Initech"),
        ("umbrella", "Umbrella Care Group"),
        ("hooli", "Hooli"),
        ("wayne", "Wayne Enterprises"),
        ("sakura", "株式会社さくら商事"),
        ("soylent", "Soylent Foods"),
        ("stark", "Stark Industries"),
        ("piper", "Pied Piper"),
        ("c-17", "Müller & Söhne GmbH & Co. KG"),
        ("c-18", "Renewal Partners Ltd"),
        ("c-19", "Health Net"),
        ("c-20", "Nordwind AG"),
        ("c-21", "Nordwind GmbH"),
        ("A-09316c", "Company_493"),
        ("A-09317d", "Company_494"),
        ("c-22", "O'Reilly Media"),
        ("c-23", "Société Générale SA"),
        ("c-24", "Focus Inc."),
        ("c-25", "Weather Underground Inc"),
        ("c-26", "Big Blue North"),
        ("c-27", "Big Blue South"),
        ("c-28", "Яндекс Маркет"),
        ("c-29", "Next Quarter Inc"),
        ("c-30", "Top Risk Ltd"),
    ];
    names.into_iter().map(|(id, name)| row(id, name)).collect()
}

/// An intent in a few words; a question about the book by its query.
pub fn told(sentence: &str, selected: Option<&str>) -> String {
    let rows = book();
    let selected: Option<CustomerId> = selected.map(|id| id.parse().unwrap());
    match intent::parse(sentence, &rows, selected.as_ref(), today()) {
        Intent::Customer { asked, .. } if !asked.unknown.is_empty() => {
            Declined::of(sentence, &asked).map_or_else(String::new, name)
        }
        Intent::Customer { customer, asked } => format!("{} {}", wanted(&asked), customer.id),
        Intent::Choose { candidates, asked } => {
            let ids: Vec<_> = candidates.iter().map(|row| row.id.as_str()).collect();
            format!("{} {}?", wanted(&asked), ids.join("|"))
        }
        Intent::NoCustomer { wanted: None } => "nobody".to_owned(),
        Intent::NoCustomer { wanted: Some(wanted) } => format!("nobody “{wanted}”"),
        Intent::Book(query) => format!("query {}", text(&query)),
        Intent::Declined(why) => name(why),
    }
}

fn name(why: Declined) -> String {
    match why {
        Declined::NotUnderstood(_) => "not understood".to_owned(),
        why => format!("{why:?}").to_lowercase(),
    }
}

/// The task, or the first of the facts that answer.
fn wanted(asked: &Asked) -> String {
    let first = |wanted: &Wanted| match wanted {
        Wanted::Facts(ids) => ids[0].to_owned(),
        Wanted::OpenTickets => "open tickets".to_owned(),
        Wanted::Ticket(id) => id.to_string(),
    };
    let facts: Vec<_> = asked.wanted.iter().map(first).collect();
    if facts.is_empty() { asked.task.to_string() } else { facts.join(" ") }
}

pub fn check(selected: Option<&str>, table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(sentence, expected)| (sentence, expected, told(sentence, selected)))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(sentence, expected, found)| format!("{sentence}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}
