use std::collections::BTreeMap;

use contracts::{book::BookQuery, facts::Source, health::Risk};

use super::*;
use crate::{
    book::page,
    import::{changes, validate},
    store::{BookEntry, SPARK_POINTS, StoredRenewal},
};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

/// The demo book as the list shows it, by customer: risk, score, days to renewal.
fn listed() -> BTreeMap<String, (Risk, Option<u32>, Option<i64>)> {
    let request = book(today());
    let changes = changes(&request, &BTreeMap::new(), true).expect("every row names a customer");
    let entry = |customer: &CustomerRecord| {
        let usage = changes.usage.get(&customer.id);
        let contract = changes.contracts.get(&customer.id);
        BookEntry {
            id: customer.id.clone(),
            name: customer.name.clone(),
            trend: usage.and_then(|usage| usage.trend),
            spark: Vec::with_capacity(SPARK_POINTS),
            open_tickets: changes.tickets.get(&customer.id).map(|tickets| tickets.open),
            renewal: contract.and_then(|contract| {
                let source = Source { origin: request.origin.clone(), as_of: request.as_of };
                Some(StoredRenewal {
                    date: contract.renewal_date?,
                    automatic: contract.auto_renew == Some(true),
                    source,
                })
            }),
            arr: contract.and_then(|contract| contract.arr.clone()),
        }
    };
    let page = page(request.customers.iter().map(entry).collect(), &BookQuery::default(), today());
    let rows = page.customers.into_iter();
    rows.map(|row| (row.id.to_string(), (row.risk, row.score, row.days_to_renewal))).collect()
}

#[test]
fn the_demo_book_is_a_valid_import() {
    assert_eq!(validate(&book(today())), Ok(()));
    assert_eq!(validate(&book(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))), Ok(()));
}

#[test]
fn the_demo_book_shows_every_band_and_every_gap() {
    let expected = [
        ("acme", Risk::Low, Some(87), Some(80)),
        ("globex", Risk::Medium, Some(65), Some(150)),
        ("hooli", Risk::High, Some(32), Some(112)),
        ("initech", Risk::Low, Some(86), Some(40)),
        ("pied-piper", Risk::Unknown, Some(100), Some(320)),
        ("sakura", Risk::Low, Some(93), Some(210)),
        ("soylent", Risk::High, Some(34), Some(-12)),
        ("stark", Risk::Unknown, Some(76), Some(65)),
        ("tyrell", Risk::Medium, Some(100), Some(190)),
        ("umbrella", Risk::High, Some(13), Some(28)),
        ("vandelay", Risk::Medium, Some(72), None),
        ("wayne", Risk::Low, Some(78), Some(290)),
    ];
    let expected = expected.map(|(id, risk, score, days)| (id.to_owned(), (risk, score, days)));
    assert_eq!(listed(), BTreeMap::from(expected));
}
