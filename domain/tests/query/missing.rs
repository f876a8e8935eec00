//! What is missing is neither so nor not so; what is stale fits and is counted.

use contracts::{book::Standing, query::Gap, reading::Value};
use domain::query::{Truth, answer, holds};

use crate::given::{customer, fact, fitting, money, parse, stale, today};

#[test]
fn a_comparison_with_what_is_missing_is_neither_true_nor_false_also_under_not() {
    let nobody = customer("nobody", &[]);
    let known = customer("known", &[("risk", Value::Choice("high".into()))]);
    let truth = |text: &str, row| holds(&parse(text).filter, row, today());
    let cases = [
        ("tickets:>2", Truth::Unknown),
        ("not tickets:>2", Truth::Unknown),
        ("not not tickets:>2", Truth::Unknown),
        ("tickets:>2 or risk:high", Truth::True),
        ("tickets:>2 or risk:low", Truth::Unknown),
        ("tickets:>2 risk:high", Truth::Unknown),
        ("tickets:>2 risk:low", Truth::False),
        ("not (tickets:>2 risk:low)", Truth::True),
        ("tickets:missing", Truth::True),
        ("not tickets:missing", Truth::False),
        ("tickets:stale", Truth::Unknown),
        ("risk:stale", Truth::False),
    ];
    for (text, expected) in cases {
        assert_eq!(truth(text, &known), expected, "{text}");
    }
    assert_eq!(truth("", &nobody), Truth::True);
}

#[test]
fn whoever_cannot_be_told_is_counted_by_what_is_missing() {
    let has = |id: &str, tickets| customer(id, &[("tickets", Value::Count(tickets))]);
    let arr = customer("arr", &[("arr", money(&[(5, "USD")]))]);
    let book = [has("many", 5), has("few", 1), customer("nobody", &[]), arr];
    let found = answer(&parse("tickets:>2 or arr:>10"), &book, today());
    assert_eq!((found.outcome.counted, found.outcome.fit, found.outcome.left_out.customers), (4, 1, 3));
    let gap = |short| Gap { fact: fact(short), customers: 2 };
    assert_eq!(found.outcome.left_out.missing, [gap("arr"), gap("tickets")]);
}

#[test]
fn stale_values_fit_and_are_counted() {
    let book =
        [customer("fresh", &[("tickets", Value::Count(3))]), stale(customer("old", &[("tickets", Value::Count(4))]))];
    let found = answer(&parse("tickets:>2"), &book, today());
    assert_eq!((found.outcome.fit, found.outcome.stale), (2, 1));
    assert_eq!(fitting("tickets:stale", &book), ["old"]);
    assert_eq!(fitting("tickets:>2 not tickets:stale", &book), ["fresh"]);
}

#[test]
fn whoever_left_counts_only_where_it_is_asked_for_and_whoever_is_gone_never() {
    let is = |id: &str, status: &str, standing| {
        let row = customer(id, &[("status", Value::Choice(status.into())), ("arr", money(&[(1, "USD")]))]);
        contracts::book::CustomerRow { standing, ..row }
    };
    let book = [
        is("here", "active", Standing::Active),
        is("left", "churned", Standing::Churned),
        is("gone", "active", Standing::Gone),
    ];
    let all = answer(&parse("sum:arr"), &book, today());
    assert_eq!((all.shown.as_slice(), all.outcome.apart), ([0].as_slice(), 2));
    assert_eq!(fitting("status:churned", &book), ["left"]);
    assert_eq!(fitting("not status:churned", &book), ["here"]);
}

#[test]
fn an_amount_without_a_currency_compares_in_each_customers_own() {
    let pays = |id: &str, amounts: &[(i64, &str)]| customer(id, &[("arr", money(amounts))]);
    let book = [
        pays("dollars", &[(200, "USD")]),
        pays("euros", &[(200, "EUR")]),
        pays("little", &[(50, "EUR")]),
        pays("both", &[(50, "USD"), (150, "EUR")]),
    ];
    assert_eq!(fitting("arr:>100", &book), ["dollars", "euros", "both"]);
    assert_eq!(fitting("arr:<=100", &book), ["little"]);
    let dollars = answer(&parse("arr:>$100"), &book, today()).outcome;
    assert_eq!((dollars.fit, dollars.left_out.incomparable), (1, 2), "euros are neither more nor less than dollars");
}
