//! What an answer about the book says of its query, of its customers and of what is missing.

use contracts::{
    book::CustomerRow,
    facts::{Money, Source},
    reading::{Knowledge, Reading, Value},
};
use cs_copilot::{
    agent::book::{BookAnswer, answer, columns, wanted},
    render,
};
use domain::{facts::named, query::parse};
use unicode_width::UnicodeWidthStr;

use crate::support::{row, today};

/// A customer of whom these facts are known.
fn known(id: &str, name: &str, facts: &[(&str, Value)]) -> CustomerRow {
    let source = Source { origin: "files".into(), as_of: today() };
    let reading = |(short, value): &(&str, Value)| Reading {
        fact: named(short).unwrap().id.clone(),
        knowledge: Knowledge::Known { value: value.clone(), source: source.clone() },
        says: None,
    };
    CustomerRow { facts: facts.iter().map(reading).collect(), ..row(id, name) }
}

fn money(whole: i64, currency: &str) -> Value {
    Value::Money(vec![Money { minor: whole * 100, currency: currency.into() }])
}

fn book() -> Vec<CustomerRow> {
    let of = |risk: &str, arr, renewal| {
        [("risk", Value::Choice(risk.into())), ("arr", arr), ("renewal", Value::Days(renewal))]
    };
    vec![
        known("umbrella", "Umbrella Care Group", &of("high", money(90_000, "USD"), 20)),
        known("hooli", "Hooli", &of("high", money(310_000, "USD"), 117)),
        known("sakura", "株式会社さくら商事", &of("low", money(50_000, "EUR"), 200)),
        known("nobody", "Nobody", &[]),
    ]
}

fn asked(text: &str) -> BookAnswer {
    answer(&parse(text).unwrap(), None, &book(), today())
}

#[test]
fn an_answer_begins_with_the_query_and_says_it_in_words() {
    let question = "high risk customers".into();
    let found = answer(&parse("risk:high sort:-arr").unwrap(), Some(&question), &book(), today());
    let text = render::book::text(&found, None);
    let beginning = "Understood as risk:high sort:-arr · as of 2026-11-23\nAsked: high risk customers\nCustomers where the \
                     risk is high, by yearly contract value, highest first.\n\n2 of 4 customers fit.\n\n CUSTOMER";
    assert!(text.starts_with(beginning), "{text}");
    assert!(text.contains("\nNOTES\n- Left out: 1 customer without a known risk.\n"), "{text}");
    let names: Vec<_> = found.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(names, ["hooli", "umbrella"]);
    let markdown = render::book::markdown(&found);
    assert!(
        markdown.starts_with("# Understood as risk:high sort:-arr · as of 2026-11-23\n\n*Asked: high risk"),
        "{markdown}"
    );
    assert!(markdown.contains("\n| Hooli | hooli | high | USD 310,000 |"), "{markdown}");
}

#[test]
fn a_total_is_told_by_currency_with_who_is_left_out_of_it() {
    let found = asked("sum:arr");
    assert_eq!(found.summary.as_str(), "The total is EUR 50,000, USD 400,000. All 4 customers fit.");
    let note = "The figure is without 1 customer whose yearly contract value is not known.";
    assert!(found.notes.iter().any(|line| line.as_str() == note), "{:?}", found.notes);
    assert_eq!(asked("risk:high share:arr").summary.as_str(), "That is USD 400,000 (100%). 2 of 4 customers fit.");
    assert_eq!(asked("risk:high count:customers").summary.as_str(), "They are 2. 2 of 4 customers fit.");
    assert_eq!(asked("mean:renewal").summary.as_str(), "The average is 112 days. All 4 customers fit.");
}

#[test]
fn groups_are_a_table_of_their_own() {
    let found = asked("by:risk sum:arr");
    let text = render::book::text(&found, None);
    assert!(found.rows.is_empty() && text.contains("\n GROUP      CUSTOMERS     COMES TO\n"), "{text}");
    assert!(text.contains("\n high               2  USD 400,000\n"), "{text}");
    assert!(text.contains("\n not known          1            –\n"), "{text}");
    assert!(render::book::markdown(&found).contains("\n| high | 2 | USD 400,000 |\n"));
    let json: serde_json::Value = serde_json::from_str(&render::json(&found)).unwrap();
    assert_eq!(json["groups"][0]["comesTo"], "USD 400,000");
    assert_eq!((&json["query"], &json["columns"][1]), (&"by:risk sum:arr".into(), &"contract.arr".into()));
}

#[test]
fn amounts_in_another_currency_and_customers_who_left_are_told_apart() {
    let found = asked("arr:>USD100k");
    let other = "Left out: 1 customer whose amounts are in another currency; none is converted.";
    assert_eq!((found.fit, found.unknown), (1, 2));
    assert!(found.notes.iter().any(|note| note.as_str() == other), "{:?}", found.notes);
    let left = CustomerRow { standing: contracts::book::Standing::Churned, ..book().remove(0) };
    let found = answer(&parse("").unwrap(), None, &[left], today());
    assert_eq!(found.notes[0].as_str(), "Not counted, because they left or are gone from their source: 1 customer.");
    assert_eq!((found.understood().as_str(), found.summary.as_str()), ("Understood as everybody", "No customer fits."));
}

#[test]
fn what_is_asked_about_comes_first_and_everything_that_is_shown_is_read() {
    let query = parse("name:Hooli tickets:>2 sort:-seats").unwrap();
    let ids: Vec<_> = columns(&query).iter().map(|fact| fact.short).collect();
    assert_eq!(ids, ["tickets", "seats", "risk", "score", "renewal", "arr", "trend"]);
    assert!(wanted(&query).ends_with(",usage.trend,customer.name"));
}

#[test]
fn a_screen_of_few_cells_shows_what_was_asked_first() {
    let found = asked("sort:-renewal");
    let of_width = |width| render::book::text(&found, Some(width));
    assert!(of_width(60).contains("\n CUSTOMER             DAYS TO RENEWAL"), "{}", of_width(60));
    for width in [60, 80, 120] {
        assert!(of_width(width).lines().all(|line| line.width() <= width), "{}", of_width(width));
    }
    for text in [of_width(10), render::book::text(&found, None)] {
        assert!(text.contains("  ID        DAYS TO RENEWAL"), "{text}");
    }
}
