//! Items about a source.

use contracts::{
    attention::{About, Kind},
    facts::{Part, Trend},
};

use crate::given::{Customer, day, items, kinds, of_kind, terms, usage, well};

fn book(falling: usize, of: usize) -> Vec<Customer> {
    let trend = |n| if n < falling { Trend::Down } else { Trend::Flat };
    (0..of).map(|n| Customer { usage: Some(usage(trend(n))), ..well(&format!("c{n:02}")) }).collect()
}

#[test]
fn customers_who_fall_together_are_one_item_about_their_source() {
    assert_eq!(kinds(&items(&book(10, 20))), [Kind::UsageFell; 10], "half of them is not over half");
    assert_eq!(kinds(&items(&book(19, 19))), [Kind::UsageFell; 19], "too few to tell");
    let found = items(&book(11, 20));
    assert_eq!(kinds(&found), [Kind::SourceFell]);
    assert_eq!(found[0].about, About::Source { name: "product".parse().unwrap(), part: Part::Usage });
    let says = "usage falls or has stopped at 11 of 20 customers that product tells of: look at the source before you call them";
    assert_eq!(found[0].reasons[0].as_str(), says);
}

#[test]
fn who_falls_with_its_source_still_has_its_other_reasons() {
    let mut book = book(20, 20);
    book[3].terms = Some(terms(100_000, "USD", "2026-12-01"));
    let found = items(&book);
    assert_eq!(kinds(&found), [Kind::RenewalWindow, Kind::SourceFell]);
    assert_eq!(of_kind(&found, Kind::RenewalWindow).about.name(), "c03 Ltd");
}

#[test]
fn a_stale_source_is_one_item_however_many_it_tells_of() {
    let old = |id: &str| Customer { contracts_delivered: day("2026-06-01"), ..well(id) };
    let book = [old("a"), old("b"), old("c")];
    let item = of_kind(&items(&book), Kind::SourceStale);
    assert_eq!(item.about, About::Source { name: "crm".parse().unwrap(), part: Part::Contracts });
    let says = "what crm says of contracts is of 1 Jun 2026 at the newest, for 3 customers: bring in newer data";
    assert_eq!((item.reasons[0].as_str(), item.day), (says, Some(day("2026-06-01"))));
    assert_eq!(kinds(&items(&book)), [Kind::SourceStale]);
}
