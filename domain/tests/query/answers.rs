//! Orders, groups and what is made of many.

use contracts::reading::Value;
use domain::{
    query::{Answer, answer},
    words::cell_of,
};

use crate::given::{customer, fitting, money, parse, today};

fn book() -> Vec<contracts::book::CustomerRow> {
    let with = |id: &str, risk: &str, arr: &[(i64, &str)], renewal: i64, tickets: u64| {
        customer(
            id,
            &[
                ("risk", Value::Choice(risk.into())),
                ("arr", money(arr)),
                ("renewal", Value::Days(renewal)),
                ("tickets", Value::Count(tickets)),
                ("segment", Value::Text(if tickets > 1 { "SMB" } else { "Enterprise" }.into())),
            ],
        )
    };
    vec![
        with("a", "low", &[(300, "USD")], 30, 0),
        with("b", "high", &[(100, "USD")], 45, 1),
        with("c", "high", &[(200, "EUR")], 10, 2),
        with("d", "medium", &[(400, "USD")], 100, 4),
        customer("e", &[]),
    ]
}

fn asked(text: &str) -> Answer {
    answer(&parse(text), &book(), today())
}

/// `key: figure (customers), …` of each part.
fn parts(text: &str) -> Vec<String> {
    let part = |part: &contracts::outcome::Part| {
        let figures = part.figures.iter().map(|figure| {
            let share = figure.share.map(|share| format!(" {share}")).unwrap_or_default();
            format!("{}{share} of {}", cell_of(&figure.value), figure.customers)
        });
        format!("{}: {}", part.of.as_ref().map_or("-", |of| of.as_str()), figures.collect::<Vec<_>>().join(", "))
    };
    asked(text).outcome.parts.iter().map(part).collect()
}

#[test]
fn customers_are_in_the_order_of_a_fact_and_those_without_it_last() {
    let cases: [(&str, &[&str]); 6] = [
        ("", &["a", "b", "c", "d", "e"]),
        ("sort:renewal", &["c", "a", "b", "d", "e"]),
        ("sort:-renewal", &["d", "b", "a", "c", "e"]),
        ("sort:risk", &["b", "c", "d", "a", "e"]),
        ("sort:segment", &["a", "b", "c", "d", "e"]),
        ("sort:-tickets limit:2", &["d", "c"]),
    ];
    for (text, expected) in cases {
        assert_eq!(fitting(text, &book()), expected, "{text}");
    }
}

#[test]
fn amounts_are_ranked_and_cut_within_their_currency() {
    assert_eq!(fitting("sort:-arr", &book()), ["d", "a", "b", "c", "e"]);
    assert_eq!(fitting("sort:-arr limit:1", &book()), ["d", "c"]);
    assert_eq!(parts("sort:-arr limit:2 sum:arr"), ["-: EUR 200 of 1, USD 700 of 2"]);
}

#[test]
fn amounts_that_stand_apart_are_counted_by_their_currencies() {
    let currencies = |text: &str| asked(text).outcome.currencies;
    assert_eq!(currencies("sort:-arr"), 2);
    assert_eq!(currencies("sort:-arr limit:1"), 2);
    assert_eq!(currencies("sort:-arr arr:>USD1"), 1);
    assert_eq!(currencies("sort:renewal"), 0);
}

#[test]
fn what_is_made_of_many_is_told_by_currency() {
    assert_eq!(parts("count:customers"), ["-: 5 of 5"]);
    assert_eq!(parts("sum:arr"), ["-: EUR 200 of 1, USD 800 of 3"]);
    assert_eq!(parts("mean:arr"), ["-: EUR 200 of 1, USD 267 of 3"]);
    assert_eq!(parts("median:arr"), ["-: EUR 200 of 1, USD 300 of 3"]);
    assert_eq!(parts("mean:tickets"), ["-: 1.75 of 4"].map(|said| said.replace("1.75", "1.8")));
    assert_eq!(parts("median:renewal"), ["-: 38 of 4"]);
    assert_eq!(parts("risk:high share:customers"), ["-: 2 4000 of 2"]);
    assert_eq!(parts("risk:high share:arr"), ["-: EUR 200 10000 of 1, USD 100 1250 of 1"]);
    assert_eq!(asked("sum:arr").outcome.parts[0].without, 1);
}

#[test]
fn groups_come_in_the_order_of_what_they_have_in_common() {
    assert_eq!(parts("by:risk"), ["high: 2 of 2", "medium: 1 of 1", "low: 1 of 1", "-: 1 of 1"]);
    assert_eq!(parts("by:segment sum:tickets"), ["Enterprise: 1 of 2", "SMB: 6 of 2", "-: "]);
    let months =
        ["2026-11: EUR 200 of 1", "2026-12: USD 300 of 1", "2027-01: USD 100 of 1", "2027-02: USD 400 of 1", "-: "];
    assert_eq!(parts("by:month(renewal) sum:arr"), months);
    assert_eq!(parts("by:quarter(renewal)"), ["2026-Q4: 2 of 2", "2027-Q1: 2 of 2", "-: 1 of 1"]);
}
